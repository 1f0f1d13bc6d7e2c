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
from performance.selectors.boards import BoardRow, rows_for
from performance.selectors.forecasts import chart, expected
from performance.selectors.freshness import freshness
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
    definitions = [BOARDS[slug] for slug in OF_THE_PAPER]
    # Both boards at once: each would ask for its figures by itself.
    slugs = [slug for definition in definitions for slug in definition.indicators]
    now = rows_for(slugs=slugs, month=month, unit=force)
    before = rows_for(slugs=slugs, month=add_months(month, -1), unit=force)
    fresh = freshness()
    return {
        "month": month,
        "boards": [(definition.title, definition.slug) for definition in definitions],
        "turns": list(_turns(now, before)),
        "outside": list(_outside(now)),
        "as_of": fresh.folded_at,
        "pending": fresh.pending,
    }


def _turns(now: Sequence[BoardRow], before: Sequence[BoardRow]) -> Iterator[Turn]:
    for row, earlier in zip(now, before, strict=True):
        words = _word(row), _word(earlier)
        if all(words) and words[0] != words[1]:
            yield Turn(row.indicator, *words)


def _word(row: BoardRow) -> str:
    return str(row.v_1yr.word or "") if row.v_1yr else ""


def _outside(rows: Sequence[BoardRow]) -> Iterator[Outside]:
    for row in rows:
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
