"""What stands in a paper beside its paragraphs: tables of boards, charts, questions, the review."""

from __future__ import annotations

from collections.abc import Iterator

from core.dates import add_months
from core.models import Unit
from performance.boards import BOARDS
from performance.charts.control import control_chart, describe
from performance.charts.figures import series_of
from performance.charts.series import Quantity, shown
from performance.comparisons.spc import xmr
from performance.indicators import INDICATORS
from performance.measures import Indicator
from performance.models import BlockKind, BoardQuestion, Paper, PaperBlock
from performance.papers.document import Block, Cell, ChartBlock, ListBlock, Table, Text
from performance.selectors.board_columns import ValueCell, VerdictCell, cells_of
from performance.selectors.boards import Board, BoardRow, Verdict, board_for, series_for
from performance.selectors.paper_figures import in_unit
from performance.selectors.thematic import review
from performance.selectors.values import Value

CHARTED = 36  # months


def blocks_of(paper: Paper, block: PaperBlock) -> Iterator[Block]:
    match block.kind:
        case BlockKind.BOARD if block.subject in BOARDS:
            yield board_table(paper, block.subject)
        case BlockKind.CHART if block.subject in INDICATORS:
            yield chart(paper, INDICATORS[block.subject], block.pk)
        case BlockKind.QUESTIONS:
            yield questions(paper)
        case BlockKind.THEMATIC:
            yield from review(paper)


def force() -> Unit:
    return Unit.objects.get(parent=None)


def board_table(paper: Paper, slug: str) -> Table:
    """The table of the board, cell by cell as its page and its file have it."""
    board = board_for(slug=slug, month=paper.month, unit=force())
    rows: list[tuple[Cell, ...]] = []
    for group in board.groups:
        rows.append((Cell(group.title),))
        rows.extend(_row(board, row) for row in group.rows)
    return Table(board.title, _header(paper), tuple(rows), tuple(_notes(board)))


def _header(paper: Paper) -> tuple[str, ...]:
    months = [add_months(paper.month, -12 * back) for back in range(4)]
    return (
        "Indicator",
        *(f"{month:%b %Y}" for month in months),
        "Against 1 year average",
        "Against 3 year average",
        "Rolling 12 months",
        "Baseline",
        "Against benchmark",
    )


def _row(board: Board, row: BoardRow) -> tuple[Cell, ...]:
    name = row.indicator.row
    if row.indicator.unit.value == "minutes":
        name = f"{name} (minutes)"
    return (Cell(name), *(_cell(row, cell) for cell in cells_of(board, row).values()))


def _cell(row: BoardRow, cell: ValueCell | VerdictCell) -> Cell:
    if isinstance(cell, VerdictCell):
        return Cell(cell.shown)
    value = cell.value
    of = value.n if value.denominator is None else value.denominator
    return Cell(_words(row.indicator, value), value.numerator, of)


def _words(indicator: Indicator, value: Value) -> str:
    text = shown(in_unit(indicator, value.value), Quantity(indicator.unit.value))
    return text.removesuffix(" min")


def _notes(board: Board) -> Iterator[str]:
    rules = {verdict.rule for row in board.rows for verdict in _verdicts(row)}
    if rules:
        yield f"Verdicts are given by: {'; '.join(sorted(rules))}."
    for row in board.rows:
        columns = {"1 year": row.v_1yr, "3 year": row.v_3yr}
        doubtful = [
            name
            for name, verdict in columns.items()
            if verdict and verdict.beyond_chance is False and verdict.word != "Comparable"
        ]
        if doubtful:
            n = row.v_1yr.n if row.v_1yr else ""
            yield (
                f"{row.indicator.title}: chance alone would explain the verdict against the"
                f" {' and '.join(doubtful)} average ({n})."
            )


def _verdicts(row: BoardRow) -> Iterator[Verdict]:
    yield from (each for each in (row.v_1yr, row.v_3yr, row.v_benchmark) if each)


def chart(paper: Paper, indicator: Indicator, key: int) -> ChartBlock:
    """The control chart of the indicator's 36 months, and the same as a table."""
    months = series_for(indicator=indicator, unit=force(), until=paper.month, months=CHARTED)
    series = series_of(indicator.title, indicator, months)
    limits = xmr(series.values)
    table = Table(
        f"{indicator.title}, by month",
        ("Month", indicator.title),
        tuple(
            (Cell(f"{month:%B %Y}"), Cell(_words(indicator, value), value.numerator, value.n))
            for month, value in months
        ),
    )
    caption = f"{indicator.title}: {CHARTED} months to {paper.month:%B %Y}"
    svg = str(control_chart(series, limits, key=f"paper-{key}"))
    return ChartBlock(caption, describe(series, limits), svg, table)


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
