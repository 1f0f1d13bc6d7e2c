"""Properties, what was found there, and the works that followed."""

from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core.access.decision import Decision
from core.concurrency import lock_for_edit
from core.models import User
from operations.models import Assessment, Property, WorksOrder
from operations.models.property import WORKS
from operations.policies.prevention import (
    Refusal,
    can_amend_assessment,
    can_keep_prevention,
    can_quote,
)
from operations.selectors.properties import has_works_ordered, is_latest
from operations.services.prevention import amend, keep, not_ahead, required, save


@transaction.atomic
def add_property(*, by: User, **facts: Any) -> Property:
    return keep(by, Property(**facts))


@transaction.atomic
def amend_property(*, by: User, home: Property, version: int | None, **changes: Any) -> Property:
    """Its assessments count where it lies."""
    current = amend(by, home, version, changes)
    moved = Assessment.objects.filter(home=current).exclude(district=current.district)
    moved.update(district=current.district)
    return current


@transaction.atomic
def assess(*, by: User, home: Property, assessed_on: date, **facts: Any) -> Assessment:
    not_ahead(assessed_on, "assessed_on")
    return keep(by, Assessment(home=home, district=home.district, assessed_on=assessed_on, **facts))


@transaction.atomic
def amend_assessment(
    *, by: User, assessment: Assessment, version: int | None, **changes: Any
) -> Assessment:
    """Until works are ordered on it; then a new assessment may follow."""
    can_keep_prevention(by).require()
    current = lock_for_edit(Assessment, assessment.pk, version=version)
    required(can_amend_assessment(ordered=has_works_ordered(current)))
    not_ahead(changes.get("assessed_on"), "assessed_on")
    return save(by, current, changes)


@transaction.atomic
def quote_works(*, by: User, assessment: Assessment, quoted_on: date, **facts: Any) -> WorksOrder:
    """A price for works on a property of gold level."""
    can_keep_prevention(by).require()
    current = lock_for_edit(Assessment, assessment.pk, version=None)
    required(can_quote(current, is_latest=is_latest(current)))
    not_ahead(quoted_on, "quoted_on")
    if quoted_on < current.assessed_on:
        raise ValidationError({"quoted_on": "Works are quoted after the assessment."})
    return keep(by, WorksOrder(assessment=current, quoted_on=quoted_on, **facts))


@transaction.atomic
def order_works(*, by: User, works: WorksOrder, on: date) -> WorksOrder:
    """From now on the assessment stays as it is."""
    return _step(by, works, "ordered", on, {"ordered_on": on})


@transaction.atomic
def finish_works(*, by: User, works: WorksOrder, on: date, cost: Decimal) -> WorksOrder:
    return _step(by, works, "done", on, {"done_on": on, "cost": cost})


@transaction.atomic
def cancel_works(*, by: User, works: WorksOrder, why: str) -> WorksOrder:
    if not why.strip():
        required(Decision(Refusal.NO_REASON), "why")
    return _step(by, works, "cancelled", None, {"why_cancelled": why.strip()})


def _step(
    by: User, works: WorksOrder, step: str, on: date | None, facts: dict[str, Any]
) -> WorksOrder:
    can_keep_prevention(by).require()
    lock_for_edit(Assessment, works.assessment_id, version=None)
    current = lock_for_edit(WorksOrder, works.pk, version=None)
    state = WORKS.after(current.state, step)
    not_ahead(on, "on")
    return save(by, current, {"state": state, **facts}, {"step": step})
