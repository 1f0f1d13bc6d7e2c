"""Everybody in one standing at a time, and in every name a word that no page says by itself."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.db.models import F, Value
from django.db.models.functions import Concat
from django.test import Client
from django.utils import timezone

from core.models import Unit, User
from offenders.models import (
    Alias,
    Exclusion,
    Nominal,
    Restriction,
    RestrictionClearance,
    RetentionHold,
)
from operations.models import OperationNominal, OperationOfficer
from operations.models.operation_parts import OfficerRole
from tests.factories.access import CONTACT
from tests.factories.operations import OperationFactory
from tests.factories.users import UserFactory
from tests.integration.access_rows import ANONYMOUS, EVERYBODY
from tests.probes.records import records

CANARY = re.compile(r"zqcanary\w*", re.IGNORECASE)
OWN, OTHER = "cambridge", "fenland"


@dataclass
class World:
    people: dict[str, User]
    browsers: dict[str, Client]
    records: dict[str, dict[str, Any]]


def world() -> World:
    """A record for every address; each nominal's surname is a canary of its own."""
    people = {role: UserFactory.create(roles=[role], unit_id=OWN) for role in EVERYBODY}
    there = records(people["act-supervisor"])
    mark()
    browsers = {role: Client() for role in people} | {ANONYMOUS: Client()}
    for role, user in people.items():
        browsers[role].force_login(user)
    return World(people, browsers, there)


def mark() -> None:
    everybody = Nominal.objects.for_service()
    canary = Concat(Value("Zqcanary"), F("pk"), output_field=Nominal._meta.get_field("surname"))
    everybody.update(surname=canary, unit_id=OWN, lead_officer=UserFactory.create())
    Alias.objects.update(surname="Zqcanaryalias")


def put(standing: str, people: dict[str, User]) -> None:
    """All nominals at once; whoever calls undoes it."""
    everybody = list(Nominal.objects.for_service().order_by("pk"))
    # Those of the pages that show them.
    for rows in (RestrictionClearance, Restriction, Exclusion, RetentionHold):
        rows.objects.all().delete()
    match standing:
        case "other area" | "joint operation":
            Nominal.objects.for_service().update(unit=Unit.objects.get(code=OTHER))
            if standing == "joint operation":
                _join(everybody)
        case "masked" | "hidden":
            Restriction.objects.bulk_create(
                Restriction(
                    nominal=one,
                    kind=standing,
                    contact=CONTACT,
                    reason="An inquiry.",
                    imposed_by=one.lead_officer,
                )
                for one in everybody
            )
        case "excluded":
            by = UserFactory.create()
            Exclusion.objects.bulk_create(
                Exclusion(nominal=one, user=user, by=by, reason="A cousin.")
                for one in everybody
                for user in people.values()
            )
        case "disposed":
            Nominal.objects.for_service().update(disposed_at=timezone.now())


def _join(everybody: list[Nominal]) -> None:
    """All in one operation that both areas work."""
    operation = OperationFactory.create()
    for code in (OWN, OTHER):
        officer, area = UserFactory.create(unit_id=code), Unit.objects.get(code=code)
        OperationOfficer.objects.create(
            operation=operation, officer=officer, area=area, role=OfficerRole.DEDICATED
        )
    OperationNominal.objects.bulk_create(
        OperationNominal(operation=operation, nominal=one, part="suspect") for one in everybody
    )
