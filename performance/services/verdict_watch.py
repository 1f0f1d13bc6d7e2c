"""Subscribers are told when a verdict changes, and only then.

What subscribers know of each verdict is kept (`KnownVerdict`). After figures have moved, the verdicts
of the newest closed month are held against it: what differs becomes one change and one notice for
each subscriber, and is known from then on, all in one transaction under one lock. So it may be run as
often as one likes, by as many processes as one likes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

import structlog
from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from core import audit
from core.models import Change, ImportRun, ImportState, Unit, User
from performance.boards import BOARDS
from performance.indicators import INDICATORS
from performance.models import (
    FigureState,
    KnownVerdict,
    Subscription,
    VerdictChange,
    VerdictNotice,
)
from performance.policies.verdict_watch import can_end_watch, can_watch
from performance.selectors.verdict_watch import (
    Key,
    Pair,
    Seen,
    closed_month,
    newest_verdicts,
    pairs_of,
    told_paper,
    verdicts_in,
    verdicts_told,
    watchers,
)

log = structlog.get_logger(__name__)

LOCK = 0x0A3A6E6  # any number, the same in every process


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])


# Subscriptions


@transaction.atomic
def subscribe(*, by: User, unit: Unit, board: str = "", indicator: str = "") -> Subscription:
    """From now on: the verdicts as they stand are noted, so that only what changes is told.

    Raises ValidationError, NotAllowed.
    """
    can_watch(by).require()
    subscription = Subscription(user=by, unit=unit, board=board, indicator=indicator)
    subscription.full_clean()
    _check_subject(board, indicator)
    _alone()
    already = set(watchers())
    subscription.save(force_insert=True)
    _begin_to_watch(set(pairs_of(subscription)) - already)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=subscription)
    return subscription


def _check_subject(board: str, indicator: str) -> None:
    if board and board not in BOARDS:
        raise ValidationError({"board": f"There is no board “{board}”."})
    if indicator and indicator not in INDICATORS:
        raise ValidationError({"indicator": f"There is no indicator “{indicator}”."})


@transaction.atomic
def unsubscribe(*, by: User, subscription: Subscription) -> None:
    can_end_watch(by, subscription).require()
    audit.record(by=by, action=audit.Action.RECORD_CANCELLED, target=subscription)
    subscription.delete()


@transaction.atomic
def read_notices(*, by: User, up_to: int | None = None) -> int:
    """Those that the person had on the page: what came since stays unread."""
    unread = VerdictNotice.objects.filter(user=by, read_at=None)
    read = unread if up_to is None else unread.filter(pk__lte=up_to)
    return read.update(read_at=timezone.now())


def _begin_to_watch(pairs: set[Pair]) -> None:
    """What was known of a pair that somebody watched long ago is out of date."""
    for slug, code in pairs:
        KnownVerdict.objects.filter(indicator=slug, unit=code).delete()
    _know(newest_verdicts(pairs, closed_month()))


# Telling


def tell_changes() -> int:
    """How many changes were found and told.

    Not while an import runs or changes wait for their fold: half the rows of a month give no verdict.
    """
    if _is_moving():
        return 0
    with transaction.atomic():
        _alone()
        state = FigureState.objects.first()
        month = closed_month()
        if state is None or _is_known(state, month):
            return 0
        who = watchers()
        _forget_all_but(who)
        changes = [*_newest(who, month), *_of_board(who, month)]
        _note(changes, who)
        FigureState.objects.update(watched_at=_moved_at(state), watched_month=month)
    if changes:
        log.info("verdicts_changed", changes=len(changes))
    return len(changes)


def _is_moving() -> bool:
    importing = ImportRun.objects.filter(state=ImportState.RUNNING)
    return importing.exists() or Change.objects.exists()


def _moved_at(state: FigureState) -> datetime | None:
    return max(filter(None, (state.folded_at, state.rebuilt_at)), default=None)


def _is_known(state: FigureState, month: date) -> bool:
    return (state.watched_at, state.watched_month) == (_moved_at(state), month)


def _forget_all_but(pairs: Iterable[Pair]) -> None:
    """What nobody watches any more is not followed, so it is not known."""
    kept = set(pairs)
    known = KnownVerdict.objects.values_list("pk", "indicator", "unit")
    gone = [pk for pk, slug, code in known if (slug, code) not in kept]
    KnownVerdict.objects.filter(pk__in=gone).delete()


def _newest(pairs: Iterable[Pair], month: date) -> list[VerdictChange]:
    """Of the newest closed month: against the month before, or against itself until now."""
    found = newest_verdicts(list(pairs), month)
    known = _known(of_board=False)
    # A month that vanished (its rows were deleted) takes nothing back.
    standing = {
        key: seen for key, seen in found.items() if key not in known or seen.month >= known[key][0]
    }
    _know(standing)
    return [
        _change(key, seen, *known[key])
        for key, seen in standing.items()
        if key in known and known[key][1] != seen.word
    ]


def _of_board(pairs: Iterable[Pair], month: date) -> list[VerdictChange]:
    """A late correction of an older month is told where a board was told otherwise, and only of the
    month that it was told last. Of every other old month the restatements say it to who asks."""
    paper = told_paper()
    told = verdicts_told(paper) if paper else {}
    if paper is None or not told:
        return []
    known = _known(of_board=True)
    found = verdicts_in([pair for pair in pairs if pair in {key[:2] for key in told}], paper.month)
    found = {key: seen for key, seen in found.items() if key in told}
    _know(found, of_board=True)
    if paper.month >= month:  # the newest month speaks for itself
        return []
    before = {key: _told_until_now(known.get(key), paper.month, told[key]) for key in found}
    return [
        _change(key, seen, paper.month, before[key], of_board=True)
        for key, seen in found.items()
        if before[key] != seen.word
    ]


def _told_until_now(known: tuple[date, str] | None, month: date, told: str) -> str:
    """What was known is of another paper where its month is another."""
    return known[1] if known and known[0] == month else told


def _known(*, of_board: bool) -> dict[Key, tuple[date, str]]:
    return {
        (each.indicator, each.unit, each.against): (each.month, each.word)
        for each in KnownVerdict.objects.filter(of_board=of_board)
    }


def _know(found: Mapping[Key, Seen], *, of_board: bool = False) -> None:
    KnownVerdict.objects.bulk_create(
        (
            KnownVerdict(
                indicator=slug, unit=code, against=against, of_board=of_board,
                month=seen.month, word=seen.word,
            )
            for (slug, code, against), seen in found.items()
        ),
        update_conflicts=True,
        unique_fields=["indicator", "unit", "against", "of_board"],
        update_fields=["month", "word"],
    )  # fmt: skip


def _change(
    key: Key, seen: Seen, before_month: date, before: str, *, of_board: bool = False
) -> VerdictChange:
    slug, code, against = key
    return VerdictChange(
        indicator=slug, unit_id=code, against=against, of_board=of_board, month=seen.month,
        word=seen.word, before=before, before_month=before_month, shown=seen.shown,
        beyond_chance=seen.beyond_chance,
    )  # fmt: skip


def _note(changes: list[VerdictChange], who: Mapping[Pair, set[int]]) -> None:
    made = VerdictChange.objects.bulk_create(changes)
    VerdictNotice.objects.bulk_create(
        VerdictNotice(change=change, user_id=user)
        for change in made
        for user in sorted(who[change.indicator, change.unit_id])
    )
