"""A cohort itself: made, renamed and closed by a supervisor. Op Aware is the first of any number."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.text import slugify

from core import audit
from core.concurrency import lock_for_edit
from core.dates import today
from core.models import User
from offenders.models import Cohort, Membership
from offenders.models.cohort import Exit, MemberState
from offenders.policies.cohorts import Refusal, Said, Step, can_run_cohorts
from offenders.services.cohorts import refuse, take_step

SLUG_LETTERS = 30
OUR_ADDRESSES = {"new", "nominate", "members", "without-officer"}  # beside those of cohorts


@transaction.atomic
def open_cohort(*, by: User, name: str, purpose: str = "", opened_on: date | None = None) -> Cohort:
    """Its address is made from its name. Raises NotAllowed, ValidationError by field."""
    can_run_cohorts(by).require()
    slug = slugify(name)[:SLUG_LETTERS].strip("-")
    if not slug:
        refuse(("name", Refusal.NO_NAME))
    slug = f"{slug}-cohort" if slug in OUR_ADDRESSES else slug
    cohort = Cohort(slug=slug, name=name.strip(), purpose=purpose, opened_on=opened_on or today())
    _name_is_free(cohort)
    cohort.full_clean()
    cohort.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=cohort)
    return cohort


@transaction.atomic
def amend_cohort(*, by: User, cohort: Cohort, version: int | None, **changes: Any) -> Cohort:
    """Another name or purpose; its address stays. Raises EditConflict, NotAllowed, ValidationError."""
    can_run_cohorts(by).require()
    current = lock_for_edit(Cohort, cohort.pk, version=version)
    for name, value in changes.items():
        setattr(current, name, value.strip())
    if not slugify(current.name):
        refuse(("name", Refusal.NO_NAME))
    _name_is_free(current)
    current.full_clean()
    current.save(update_fields=list(changes))
    detail = {"fields": sorted(changes)}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return current


@transaction.atomic
def close_cohort(
    *,
    by: User,
    cohort: Cohort,
    reason: str,
    version: int | None,
    on: date | None = None,
    ends_memberships: bool = False,
) -> Cohort:
    """Nobody stays behind in it: members are de-selected and nominations declined, or it stays open.

    Raises EditConflict, NotAllowed, ValidationError by field.
    """
    can_run_cohorts(by).require()
    current = lock_for_edit(Cohort, cohort.pk, version=version)
    said = Said(on or today(), reason.strip(), exit=Exit.COHORT_CLOSED)
    if current.closed_on is not None:
        raise ValidationError(str(Refusal.CLOSED_ALREADY.label), code=Refusal.CLOSED_ALREADY)
    if not said.reason:
        refuse(("reason", Refusal.NO_REASON))
    if said.on > today():
        refuse(("on", Refusal.FUTURE))
    if current.opened_on and said.on < current.opened_on:
        refuse(("on", Refusal.BEFORE_OPENING))
    members = list(Membership.objects.running().filter(cohort=current).select_related("nominal"))
    if members and not ends_memberships:
        refuse(("ends_memberships", Refusal.MEMBERS_STAY))
    current.closed_on, current.closed_reason = said.on, said.reason
    current.full_clean()
    current.save(update_fields=["closed_on", "closed_reason"])
    _let_go(by, members, said)
    detail = {"reason": said.reason, "members": len(members)}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return current


def _let_go(by: User, members: Iterable[Membership], said: Said) -> None:
    for member in members:
        waits = member.state == MemberState.NOMINATED
        step = Step.DECLINED if waits else Step.DESELECTED
        given = Said(said.on, said.reason) if waits else said
        take_step(by=by, member=member, step=step, said=given)


def _name_is_free(cohort: Cohort) -> None:
    same = Q(name__iexact=cohort.name)
    if cohort._state.adding:
        taken = Cohort.objects.filter(same | Q(pk=cohort.pk))
    else:
        taken = Cohort.objects.filter(same).exclude(pk=cohort.pk)
    if taken.exists():
        refuse(("name", Refusal.NAME_TAKEN))
