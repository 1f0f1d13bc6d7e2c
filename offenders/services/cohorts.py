"""The way into a cohort, through it and out of it."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import transaction

from core import audit
from core.changes import announce
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from offenders.models import (
    Cohort,
    CohortReview,
    Membership,
    MembershipStep,
    Nominal,
)
from offenders.models.cohort import OVER, Exit, MemberState, Rag
from offenders.policies.cohorts import (
    MEMBERSHIP,
    Refusal,
    Said,
    Step,
    can_nominate,
    can_step,
    fault,
)

NOMINATED = "nominated"


@transaction.atomic
def nominate(
    *,
    by: User,
    nominal: Nominal,
    cohort: Cohort,
    reason: str,
    category: str = "",
    on: date | None = None,
) -> Membership:
    """Accepted at once where `category` is given. Raises NotAllowed, ValidationError by field."""
    can_nominate(by, nominal).require()
    cohort = Cohort.objects.select_for_update(no_key=True).get(pk=cohort.pk)  # not while it closes
    said = Said(on=on or today(), reason=reason)
    refuse(fault(NOMINATED, said, last=date.min, today=today()))
    if cohort.closed_on and cohort.closed_on <= said.on:
        refuse(("cohort", Refusal.CLOSED))
    if Membership.objects.running().filter(cohort=cohort, nominal=nominal).exists():
        refuse(("nominal", Refusal.ALREADY))
    member = Membership(cohort=cohort, nominal=nominal, nominated_on=said.on)
    member.full_clean()
    member.save(force_insert=True)
    _minute(by, member, NOMINATED, said)
    if category:
        return accept(by=by, member=member, category=category, reason=reason, on=said.on)
    return member


def accept(
    *,
    by: User,
    member: Membership,
    category: str,
    reason: str,
    on: date | None = None,
    version: int | None = None,
) -> Membership:
    said = Said(on or today(), reason, category=category)
    return take_step(by=by, member=member, step=Step.ACCEPTED, said=said, version=version)


def review(
    *, by: User, member: Membership, rag: str, reason: str, on: date | None = None
) -> Membership:
    """Sets the RAG and the day of the next review; of somebody in custody it stays blue."""
    in_custody = member.state == MemberState.SUSPENDED
    step = Step.CHECKED if in_custody else Step.REVIEWED
    said = Said(on or today(), reason, rag="" if in_custody else rag)
    return take_step(by=by, member=member, step=step, said=said)


def suspend(*, by: User, member: Membership, reason: str, on: date | None = None) -> Membership:
    said = Said(on or today(), reason)
    return take_step(by=by, member=member, step=Step.SUSPENDED, said=said)


def resume(
    *, by: User, member: Membership, rag: str, reason: str, on: date | None = None
) -> Membership:
    said = Said(on or today(), reason, rag=rag)
    return take_step(by=by, member=member, step=Step.RESUMED, said=said)


def deselect(
    *, by: User, member: Membership, why: str, reason: str, on: date | None = None
) -> Membership:
    """Raises as take_step does."""
    said = Said(on or today(), reason, exit=why)
    return take_step(by=by, member=member, step=Step.DESELECTED, said=said)


@transaction.atomic
def take_step(
    *, by: User, member: Membership, step: str, said: Said, version: int | None = None
) -> Membership:
    """Raises NotAllowed, StepError, EditConflict, ValidationError by field."""
    current = lock_for_edit(Membership, member.pk, version=version)
    can_step(by, current, step).require()
    if said.exit == Exit.COHORT_CLOSED and not current.cohort.is_closed:
        refuse(("exit", Refusal.WITH_ITS_COHORT))
    state = MEMBERSHIP.after(current.state, step)
    last = current.steps.order_by("-pk").values_list("on", flat=True)[0]
    refuse(fault(step, said, last=last, today=today()))
    _apply(current, step, state, said)
    current.full_clean()
    current.save()
    _plan_review(current, said.on)
    _minute(by, current, step, said)
    return current


def _apply(member: Membership, step: str, state: str, said: Said) -> None:
    member.state = state
    if step == Step.ACCEPTED:
        member.category, member.joined_on = said.category, said.on
    if state == MemberState.SUSPENDED:
        member.rag = Rag.BLUE
    elif said.rag:
        member.rag = said.rag
    if state in OVER:
        member.closed_on, member.exit = said.on, said.exit


def _plan_review(member: Membership, on: date) -> None:
    """Every step of a member is a look at them: the review they waited for is done by it."""
    member.reviews.filter(done_on__isnull=True).update(done_on=on)
    if member.state not in OVER:
        days = settings.COHORT_REVIEW_DAYS[member.rag or Rag.RED]  # not rated yet: soon
        CohortReview.objects.create(
            membership=member,
            unit=member.nominal.unit,
            opened_on=on,
            due_on=on + timedelta(days=days),
        )
    announce()


def _minute(by: User, member: Membership, step: str, said: Said) -> None:
    MembershipStep.objects.create(
        membership=member,
        step=step,
        state=member.state,
        category=member.category,
        rag=member.rag,
        on=said.on,
        reason=said.reason.strip(),
        decided_by=by,
    )
    detail = {"cohort": member.cohort_id, "step": str(step), "reason": said.reason}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=member.nominal, detail=detail)


def refuse(found: tuple[str, Refusal] | None) -> None:
    if found:
        field, refusal = found
        raise ValidationError({field: ValidationError(str(refusal.label), code=str(refusal.value))})
