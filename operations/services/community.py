"""Consultations, watch schemes, estate works, awareness given."""

from typing import Any

from django.db import transaction

from core.models import User
from operations.models import AwarenessGiven, Consultation, EstateWorks, WatchScheme
from operations.services.prevention import amend, keep, not_ahead


@transaction.atomic
def record_consultation(*, by: User, **facts: Any) -> Consultation:
    not_ahead(facts.get("held_on"), "held_on")
    return keep(by, Consultation(**facts))


@transaction.atomic
def amend_consultation(
    *, by: User, record: Consultation, version: int | None, **changes: Any
) -> Consultation:
    not_ahead(changes.get("held_on"), "held_on")
    return amend(by, record, version, changes)


@transaction.atomic
def record_scheme(*, by: User, **facts: Any) -> WatchScheme:
    not_ahead(facts.get("started_on"), "started_on")
    return keep(by, WatchScheme(**facts))


@transaction.atomic
def amend_scheme(
    *, by: User, record: WatchScheme, version: int | None, **changes: Any
) -> WatchScheme:
    not_ahead(changes.get("started_on"), "started_on")
    return amend(by, record, version, changes)


@transaction.atomic
def record_estate(*, by: User, **facts: Any) -> EstateWorks:
    not_ahead(facts.get("done_on"), "done_on")
    return keep(by, EstateWorks(**facts))


@transaction.atomic
def amend_estate(
    *, by: User, record: EstateWorks, version: int | None, **changes: Any
) -> EstateWorks:
    not_ahead(changes.get("done_on"), "done_on")
    return amend(by, record, version, changes)


@transaction.atomic
def record_awareness(*, by: User, **facts: Any) -> AwarenessGiven:
    not_ahead(facts.get("given_on"), "given_on")
    return keep(by, AwarenessGiven(**facts))


@transaction.atomic
def amend_awareness(
    *, by: User, record: AwarenessGiven, version: int | None, **changes: Any
) -> AwarenessGiven:
    not_ahead(changes.get("given_on"), "given_on")
    return amend(by, record, version, changes)
