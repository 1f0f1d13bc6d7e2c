"""Planning applications: they come in, they are answered, the advice is taken up or not."""

from datetime import date, timedelta
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction

from core.concurrency import lock_for_edit
from core.models import User
from core.workdays import working_days_between
from operations.models import PlanningApplication
from operations.policies.prevention import can_keep_prevention
from operations.services.prevention import keep, not_ahead, save

TIME_TO_ANSWER = timedelta(days=21)  # as consultees of a planning authority have as a rule


@transaction.atomic
def receive_application(
    *, by: User, received_on: date, due_on: date | None = None, **facts: Any
) -> PlanningApplication:
    """The answer is due after 21 days, unless the authority says otherwise."""
    not_ahead(received_on, "received_on")
    due = due_on or received_on + TIME_TO_ANSWER
    return keep(by, PlanningApplication(received_on=received_on, due_on=due, **facts))


@transaction.atomic
def answer_application(
    *, by: User, application: PlanningApplication, answered_on: date, advice: str, **facts: Any
) -> PlanningApplication:
    """`advice_text`, `taken_up`. Answered once; what follows is amended."""
    can_keep_prevention(by).require()
    current = lock_for_edit(PlanningApplication, application.pk, version=None)
    if current.answered_on:
        raise ValidationError("This application is answered already: change the record instead.")
    not_ahead(answered_on, "answered_on")
    changes = {"answered_on": answered_on, "advice": advice, **facts}
    return save(by, current, changes | _days(current, changes))


@transaction.atomic
def amend_application(
    *, by: User, application: PlanningApplication, version: int | None, **changes: Any
) -> PlanningApplication:
    can_keep_prevention(by).require()
    current = lock_for_edit(PlanningApplication, application.pk, version=version)
    for name in ("received_on", "answered_on"):
        not_ahead(changes.get(name), name)
    return save(by, current, changes | _days(current, changes))


def _days(current: PlanningApplication, changes: dict[str, Any]) -> dict[str, int | None]:
    received = changes.get("received_on", current.received_on)
    answered = changes.get("answered_on", current.answered_on)
    if answered is None:
        return {"days_taken": None}
    return {"days_taken": max(0, working_days_between(received, answered))}
