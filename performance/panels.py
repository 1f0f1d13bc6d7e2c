"""What the boards have to say on the home page."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from core.access.permissions import Permission
from core.dates import add_months
from core.home import Panel, register
from core.models import Unit, User
from operations.packs import outlook
from operations.selectors.packs import Tile
from performance.boards import BOARDS
from performance.comparisons.spc import Cause, xmr
from performance.measures import Indicator
from performance.models import PaperState
from performance.selectors.boards import Board, BoardRow, board_for
from performance.selectors.forecasts import chart, expected
from performance.selectors.months import latest_month
from performance.selectors.papers import latest_paper
from performance.selectors.verdict_watch import address_of, sentence, unread_notices
from performance.views.board_table import shown_with_unit

OF_THE_PAPER = ("combat-acquisitive-crime", "increase-public-satisfaction")


@dataclass(frozen=True)
class Turn:
    """A verdict that is not what it was the month before."""

    indicator: Indicator
    now: str
    before: str


@dataclass(frozen=True)
class Outside:
    """A month that stands outside the limits of its own 36 months."""

    indicator: Indicator
    shown: str
    cause: Cause


def boards(user: User) -> Mapping[str, Any] | None:
    month = latest_month()
    force = Unit.objects.on(month).filter(parent=None).first()
    if force is None:
        return None
    now = [board_for(slug=slug, month=month, unit=force) for slug in OF_THE_PAPER]
    before = [
        board_for(slug=slug, month=add_months(month, -1), unit=force) for slug in OF_THE_PAPER
    ]
    return {
        "month": month,
        "boards": [(BOARDS[board.slug].title, board.slug) for board in now],
        "turns": [turn for pair in zip(now, before, strict=True) for turn in _turns(*pair)],
        "outside": [found for board in now for found in _outside(board)],
        "as_of": now[0].as_of,
        "pending": now[0].pending,
    }


def _turns(now: Board, before: Board) -> Iterator[Turn]:
    for row, earlier in zip(now.rows, before.rows, strict=True):
        words = _word(row), _word(earlier)
        if all(words) and words[0] != words[1]:
            yield Turn(row.indicator, *words)


def _word(row: BoardRow) -> str:
    return str(row.v_1yr.word or "") if row.v_1yr else ""


def _outside(board: Board) -> Iterator[Outside]:
    for row in board.rows:
        chart = xmr([value.value for value in row.spark])
        cause = chart.causes[-1] if chart else None
        if cause and cause.is_outside:
            yield Outside(row.indicator, shown_with_unit(row.indicator, row.current), cause)


def papers(user: User) -> Mapping[str, Any]:
    """The newest paper and its state; who may release it has it waiting for them."""
    paper = latest_paper()
    waits = bool(
        paper
        and paper.state == PaperState.IN_REVIEW
        and user.has(Permission.PAPER_RELEASE)
        and paper.author_id != user.pk
    )
    return {"paper": paper, "waits": waits}


def notices(user: User) -> Mapping[str, Any] | None:
    """Verdicts that changed, to whoever asked to be told; nothing when nothing changed."""
    unread = unread_notices(user)
    if not unread:
        return None
    told = [(sentence(each.change), address_of(each.change)) for each in unread]
    return {"told": told, "up_to": unread[0].pk}


def packs(day: date, tiles: Sequence[Tile]) -> Mapping[str, Any] | None:
    found = expected(tiles)
    return {"part": chart(found, day)} if found else None


outlook.register("performance/panel/packs.html", packs)
register(Panel(8, Permission.BOARD_VIEW, "performance/panel/notices.html", notices))
register(Panel(15, Permission.PAPER_VIEW, "performance/panel/papers.html", papers))
register(Panel(10, Permission.BOARD_VIEW, "performance/panel/boards.html", boards))
