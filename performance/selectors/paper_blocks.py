"""What stands in a paper beside its paragraphs: tables of boards, charts, questions, the review."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from core.models import Unit
from performance.boards import BOARDS
from performance.indicators import INDICATORS
from performance.measures import Indicator
from performance.models import BlockKind, BoardQuestion, Paper, PaperBlock
from performance.papers.document import Block, ChartBlock, ListBlock, Run, Table, Text
from performance.selectors.board_tables import control_block, table_of
from performance.selectors.boards import board_for, series_for
from performance.selectors.forecasts import forecast_blocks
from performance.selectors.paper_national import ladder_blocks, national_blocks
from performance.selectors.thematic import review

CHARTED = 36  # months


def blocks_of(
    paper: Paper, block: PaperBlock, listed: Callable[[str], Sequence[Run]]
) -> Iterator[Block]:
    """`listed`: the lists of the paper by name, each made once however often it is told."""
    match block.kind:
        case BlockKind.BOARD if block.subject in BOARDS:
            yield board_table(paper, block.subject)
        case BlockKind.CHART if block.subject in INDICATORS:
            yield chart(paper, INDICATORS[block.subject], block.pk)
        case BlockKind.QUESTIONS:
            yield questions(paper)
        case BlockKind.THEMATIC:
            yield from review(paper.month, listed)
        case BlockKind.NATIONAL if block.subject in INDICATORS:
            yield from ladder_blocks(paper, block.subject)
        case BlockKind.NATIONAL:
            yield from national_blocks(paper)
        case BlockKind.FORECAST:
            yield from forecast_blocks(paper.board_on)


def force() -> Unit:
    return Unit.objects.get(parent=None)


def board_table(paper: Paper, slug: str) -> Table:
    return table_of(board_for(slug=slug, month=paper.month, unit=force()))


def chart(paper: Paper, indicator: Indicator, key: int) -> ChartBlock:
    """The control chart of the indicator's 36 months, and the same as a table."""
    unit = force()
    months = series_for(indicator=indicator, unit=unit, until=paper.month, months=CHARTED)
    return control_block(indicator, unit, months, key=f"paper-{key}")


def open_questions(paper: Paper) -> list[BoardQuestion]:
    """Of boards before this one: what still waits for an answer, and what this paper answers."""
    asked = BoardQuestion.objects.filter(paper__board_on__lt=paper.board_on)
    waiting = asked.filter(answered_in__isnull=True) | asked.filter(answered_in=paper)
    return list(waiting.select_related("paper").order_by("paper__board_on", "pk"))


def questions(paper: Paper) -> ListBlock:
    items = tuple((Text(_question(each)),) for each in open_questions(paper))
    nothing = ((Text("None is open."),),)
    return ListBlock("Questions and actions of earlier boards", items or nothing)


def _question(asked: BoardQuestion) -> str:
    who = f" ({asked.asked_by})" if asked.asked_by else ""
    told = f"Answer: {asked.answer}" if asked.answer else "Not answered yet."
    return f"{asked.paper.board_on:%-d %B %Y}{who}: {asked.text} {told}"
