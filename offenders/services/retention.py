"""Reviews of records of people: opened when they are due, and decided."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import audit
from core.access.decision import NotAllowed
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from core.services.approvals import ask
from offenders.models import Nominal, RetentionHold, RetentionReview
from offenders.models.retention import CONSIDERATIONS, REVIEW, ReviewState
from offenders.policies.retention import (
    Refusal,
    can_dispose,
    can_hold,
    can_lift,
    can_open_review,
    can_retain,
)
from offenders.retention.periods import Due
from offenders.selectors.retention import (
    DISPOSAL,
    approval_of,
    outlook,
    periods_on,
    subject_of,
)


@transaction.atomic
def open_due_reviews() -> dict[str, int]:
    """For every record that is due today; and what is open and no longer due is closed.

    Run every night. Whoever was arrested since has a clear period that began anew.
    """
    found = {subject.nominal_id: subject.due for subject in outlook(today()).subjects}
    waiting = RetentionReview.objects.open().select_for_update().select_related("nominal")
    open_ = {review.nominal_id: review for review in waiting}
    closed = [
        review
        for key, review in open_.items()
        if key not in found and not (review.is_asked_for and review.nominal.merged_into_id is None)
    ]
    for review in closed:
        _close(review)
    new = [_review(key, due) for key, due in found.items() if key not in open_]
    RetentionReview.objects.bulk_create(new)
    counts = {"opened": len(new), "closed": len(closed)}
    if any(counts.values()):
        audit.record(by=None, action=audit.Action.RECORD_CREATED, detail={"reviews": counts})
    return counts


@transaction.atomic
def open_review(*, by: User, nominal: Nominal) -> RetentionReview:
    """Asked for by somebody, although it may not be due: the person asked, or a fact is doubted."""
    nominal = Nominal.everybody.select_for_update().get(pk=nominal.pk)
    can_open_review(by, nominal).require()
    if RetentionReview.objects.open().filter(nominal=nominal).exists():
        raise ValidationError(Refusal.NOT_DUE.label)
    review = _review(nominal.pk, subject_of(nominal).due)
    review.is_asked_for = True
    review.save(force_insert=True)
    _log(by, review, audit.Action.RECORD_CREATED)
    return review


@transaction.atomic
def retain(
    *, by: User, review: RetentionReview, version: int | None = None, **said: Any
) -> RetentionReview:
    """Kept, for a reason, until a next review. Raises EditConflict, NotAllowed, ValidationError.

    `said`: the answers to the four considerations, `reason` and `next_on`.
    """
    current = _locked(review, version)
    years = periods_on(today())[current.group].years
    next_on: date = said["next_on"]
    decision = can_retain(by, next_on=next_on, years=years, today=today())
    if decision.reason in (Refusal.NEXT_PAST, Refusal.NEXT_FAR):
        raise ValidationError({"next_on": decision.reason.label})
    decision.require()
    return _proposed(current, by, "retained", said)


@transaction.atomic
def propose_disposal(
    *, by: User, review: RetentionReview, version: int | None = None, **said: Any
) -> RetentionReview:
    """`said`: the answers to the four considerations, and `reason`. Another person approves it."""
    current = _locked(review, version)
    subject = subject_of(current.nominal)
    can_dispose(by, subject.due, is_held=bool(subject.held), today=today()).require()
    proposed = _proposed(current, by, "proposed for disposal", said | {"next_on": None})
    # The reason stays with the review, which is emptied with the record; the log keeps this one.
    why = f"The period of group {current.group} has passed."
    ask(by=by, kind=DISPOSAL, target=proposed, reason=why)
    return proposed


@transaction.atomic
def send_back(*, by: User, review: RetentionReview) -> RetentionReview:
    """The disposal was refused, or whoever proposed it took it back."""
    current = RetentionReview.objects.select_for_update(of=("self",)).get(pk=review.pk)
    if current.state == ReviewState.CLOSED:
        return current
    current.state = REVIEW.after(current.state, "sent back")
    current.save(update_fields=["state"])
    _log(by, current, audit.Action.RECORD_CHANGED, step="sent back")
    return current


def _proposed(
    review: RetentionReview, by: User, step: str, said: dict[str, Any]
) -> RetentionReview:
    review.state = REVIEW.after(review.state, step)
    for name in (*CONSIDERATIONS, "reason", "next_on"):
        setattr(review, name, said.get(name))
    if any(getattr(review, name) is None for name in CONSIDERATIONS):
        raise ValidationError(Refusal.ANSWERS.label)
    if not (review.reason or "").strip():
        raise ValidationError({"reason": "Give the reason."})
    review.proposed_by, review.proposed_at = by, timezone.now()
    review.full_clean()
    review.save()
    _log(by, review, audit.Action.RECORD_CHANGED, step=step)
    return review


@transaction.atomic
def place_hold(
    *, by: User, nominal: Nominal, kind: str, reason: str, case_ref: str = ""
) -> RetentionHold:
    nominal = Nominal.everybody.select_for_update().get(pk=nominal.pk)
    can_hold(by).require()
    hold = RetentionHold(nominal=nominal, kind=kind, reason=reason, case_ref=case_ref, placed_by=by)
    hold.full_clean()
    hold.save(force_insert=True)
    detail = {"hold": hold.pk, "placed": kind}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=nominal, detail=detail)
    return hold


@transaction.atomic
def lift_hold(*, by: User, hold: RetentionHold, reason: str) -> RetentionHold:
    current = RetentionHold.objects.select_for_update(of=("self",)).get(pk=hold.pk)
    can_lift(by, current).require()
    if not reason.strip():
        raise ValidationError({"reason": "Say why the hold is lifted."})
    current.lifted_by, current.lifted_at, current.lifted_why = by, timezone.now(), reason
    current.full_clean()
    current.save()
    detail = {"hold": current.pk, "lifted": current.kind}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current.nominal, detail=detail)
    return current


def _locked(review: RetentionReview, version: int | None) -> RetentionReview:
    """The person first, as whoever places a hold does."""
    nominal = Nominal.everybody.select_for_update().get(pk=review.nominal_id)
    if nominal.merged_into_id is not None:
        raise NotAllowed(Refusal.MERGED)
    return lock_for_edit(RetentionReview, review.pk, version=version)


def _review(nominal_id: int, due: Due) -> RetentionReview:
    return RetentionReview(
        nominal_id=nominal_id,
        group=due.group,
        due_on=due.on,
        why=due.why,
        is_under_ten=due.under_ten,
    )


def _close(review: RetentionReview) -> None:
    """And what was asked for about it waits for nobody."""
    review.state = REVIEW.after(review.state, "closed")
    review.save(update_fields=["state"])
    if asked := approval_of(review):
        asked.withdrawn_at = timezone.now()
        asked.save(update_fields=["withdrawn_at"])


def _log(by: User, review: RetentionReview, action: audit.Action, **detail: Any) -> None:
    """Under the nominal, and without the reason: the log keeps nothing of what is erased."""
    said = {"review": review.pk} | detail
    audit.record(by=by, action=action, target=review.nominal, detail=said)
