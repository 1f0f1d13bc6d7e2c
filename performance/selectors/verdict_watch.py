"""Subscriptions, the verdicts that they watch, and the notices of a person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.urls import reverse

from core.access.permissions import Permission
from core.dates import add_months, last_day, today
from core.models import Unit, User
from performance.boards import BOARDS
from performance.indicators import INDICATORS
from performance.measures import Indicator
from performance.models import Paper, PaperState, Subscription, VerdictChange, VerdictNotice
from performance.papers.references import FigureRef, Shape
from performance.selectors.boards import rows_for
from performance.selectors.headlines import COLUMNS, shown_of, verdicts_of
from performance.selectors.months import latest_month

SHOWN = 100  # notices on a page
SHAPES = dict(
    zip(COLUMNS, (Shape.VERDICT_1YR, Shape.VERDICT_3YR, Shape.VERDICT_BENCHMARK), strict=True)
)

Pair = tuple[str, str]  # indicator and unit
Key = tuple[str, str, str]  # and what it is held against


@dataclass(frozen=True)
class Seen:
    """A verdict of a month."""

    month: date
    word: str
    shown: str
    beyond_chance: bool | None


def closed_month() -> date:
    """The newest month that is over: a verdict of a running month says nothing yet."""
    month = latest_month()
    return month if last_day(month) < today() else add_months(month, -1)


def subscriptions_of(user: User) -> QuerySet[Subscription]:
    return Subscription.objects.filter(user=user).select_related("unit")


def subscription_to(user: User, unit: Unit, *, board: str = "", indicator: str = "") -> int | None:
    """Its number, where the person is told of it already."""
    found = Subscription.objects.filter(user=user, board=board, indicator=indicator, unit=unit)
    return found.values_list("pk", flat=True).first()


def title_of(subscription: Subscription) -> str:
    """An old subscription may name what is no longer there."""
    if subscription.board in BOARDS:
        return BOARDS[subscription.board].title
    found = INDICATORS.get(subscription.indicator)
    return found.title if found else str(subscription)


def pairs_of(subscription: Subscription) -> Iterator[Pair]:
    board = BOARDS.get(subscription.board)
    slugs = board.indicators if board else (subscription.indicator,)
    yield from ((slug, subscription.unit_id) for slug in slugs if slug in INDICATORS)


def watchers() -> dict[Pair, set[int]]:
    """Who is told of what; once, however many of their subscriptions name it.

    Nobody whose account is closed or who may no longer read a board.
    """
    found: dict[Pair, set[int]] = defaultdict(set)
    for each in Subscription.objects.filter(user__is_active=True).select_related("user"):
        if each.user.has(Permission.BOARD_VIEW):
            for pair in pairs_of(each):
                found[pair].add(each.user_id)
    return found


def newest_verdicts(pairs: Iterable[Pair], month: date) -> dict[Key, Seen]:
    """Of the month; of the month before, where the records of an indicator do not reach it yet."""
    found = verdicts_in(pairs, month)
    missing = {pair for pair in pairs if not any((*pair, each) in found for each in COLUMNS)}
    return found | verdicts_in(missing, add_months(month, -1))


def verdicts_in(pairs: Iterable[Pair], month: date) -> dict[Key, Seen]:
    by_unit: dict[str, list[str]] = defaultdict(list)
    for slug, code in sorted(pairs):
        by_unit[code].append(slug)
    units = Unit.objects.in_bulk(by_unit)
    return {
        (row.indicator.slug, code, against): Seen(
            month, str(verdict.word), shown_of(row, against), verdict.beyond_chance
        )
        for code, slugs in by_unit.items()
        for row in rows_for(slugs=slugs, month=month, unit=units[code])
        for against, verdict in verdicts_of(row)
        if verdict and verdict.word
    }


def told_paper() -> Paper | None:
    """What the board was last told."""
    return Paper.objects.filter(state=PaperState.RELEASED).defer("frozen", "marks").first()


def verdicts_told(paper: Paper) -> dict[Key, str]:
    """By the released paper, of the force."""
    columns = {shape: against for against, shape in SHAPES.items()}
    figures = paper.figures.filter(last=paper.month).exclude(words="-")
    refs = [(FigureRef.parse(each.reference), each) for each in figures]
    return {
        (ref.indicator, ref.unit, columns[ref.shape]): figure.words
        for ref, figure in refs
        if ref and ref.shape in columns
    }


def notices_of(user: User) -> QuerySet[VerdictNotice]:
    return VerdictNotice.objects.filter(user=user).select_related("change", "change__unit")


def unread_notices(user: User) -> list[VerdictNotice]:
    return list(notices_of(user).filter(read_at=None)[:SHOWN])


def indicator_of(change: VerdictChange) -> Indicator | None:
    """None of a change of long ago, whose indicator is gone."""
    return INDICATORS.get(change.indicator)


def sentence(change: VerdictChange) -> str:
    """`Dwelling burglary: recorded crime, Force, January 2021: 77 against the 1 year average is
    Lower; in December 2020 it was Comparable.`"""
    found = indicator_of(change)
    title = found.title if found else change.indicator
    head = f"{title}, {change.unit}, {change.month:%B %Y}: {change.shown} against the"
    told = f"{head} {change.against} is {change.word}; {_before(change)}."
    return f"{told} Chance alone would explain it." if change.beyond_chance is False else told


def _before(change: VerdictChange) -> str:
    if change.of_board:
        return f"the board was told {change.before}"
    if change.month == change.before_month:
        return f"until its records changed it was {change.before}"
    return f"in {change.before_month:%B %Y} it was {change.before}"


def address_of(change: VerdictChange) -> str:
    """Of the indicator in that month."""
    page = reverse("performance:indicator-detail", args=[change.indicator])
    return f"{page}?month={change.month:%Y-%m}&unit={change.unit_id}"
