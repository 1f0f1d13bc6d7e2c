"""Who may not see some of them: one masked, one hidden, one kept from an officer, and what waits.

North and South already work together in Op Camacho. Figures count everybody, so none moves.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from django.core.files.base import ContentFile

from core.models import Approval, User
from core.services.documents import add_document
from offenders.models import BreakGlass, Exclusion, Nominal, Restriction, RestrictionClearance
from offenders.models.break_glass import HOUR
from offenders.services.restrictions import LIFT

MASKED, HIDDEN, KEPT, DOCUMENTED = 10, 27, 15, 1  # places in the list
MONTH, WEEK, DAY = timedelta(days=30), timedelta(days=7), timedelta(days=1)
STATEMENT = b"Invented for the demonstration: the tag was fitted with consent.\n"


def restrictions(
    people: Sequence[Nominal], officers: Mapping[str, list[User]], now: datetime
) -> int:
    """How many records are restricted. The supervisor of South finds the request to lift one, and
    the auditor the hour for which that supervisor opened the other."""
    north, south = officers["north"][-1], officers["south"][-1]
    masked = Restriction.objects.create(
        nominal=people[MASKED], kind="masked", contact=f"{north}, Pursue North",
        reason="An inquiry runs that must not become known.", imposed_by=north,
        imposed_at=now - MONTH,
    )  # fmt: skip
    hidden = Restriction.objects.create(
        nominal=people[HIDDEN], kind="hidden", reason="Moved after threats.", imposed_by=south,
        imposed_at=now - MONTH,
    )  # fmt: skip
    _clear(masked, [north, masked.nominal.lead_officer])
    _clear(hidden, [south, north, hidden.nominal.lead_officer])
    Exclusion.objects.create(
        nominal=people[KEPT], user=officers["south"][0], by=south, at=now - MONTH,
        reason="A cousin of the officer.",
    )  # fmt: skip
    _ask_to_lift(hidden, north, now - DAY)
    _opened(masked.nominal, south, now - DAY)
    _document(people[DOCUMENTED])
    return 2


def _clear(restriction: Restriction, users: Sequence[User | None]) -> None:
    RestrictionClearance.objects.bulk_create(
        RestrictionClearance(
            restriction=restriction, user=user, by=restriction.imposed_by,
            at=restriction.imposed_at, reason="Works on it.",
        )
        for user in dict.fromkeys(users)
        if user is not None
    )  # fmt: skip


def _ask_to_lift(restriction: Restriction, by: User, at: datetime) -> None:
    Approval.objects.create(
        kind=LIFT, target_type=restriction._meta.label_lower, target_id=str(restriction.pk),
        reason="The threats have ended: both were convicted.", asked_by=by, asked_at=at,
    )  # fmt: skip


def _opened(nominal: Nominal, by: User, at: datetime) -> None:
    BreakGlass.objects.create(
        nominal=nominal, by=by, begun_at=at, ends_at=at + HOUR, confirmed_at=at,
        reason="Found injured by a patrol; next of kin had to be told.",
    )  # fmt: skip


def _document(nominal: Nominal) -> None:
    lead = nominal.lead_officer
    if lead is not None:
        add_document(
            by=lead, owner_type="nominal", owner_key=str(nominal.pk), name="tag-consent.txt",
            file=ContentFile(STATEMENT), title="Consent to the tag",
        )  # fmt: skip
