"""People for analysis: no name, no address, no free text, and a number of this publication alone."""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.db.models import Count

from core import audit
from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.dates import today
from core.models import User
from offenders.models import Nominal

BANDS = ((10, "under 10"), (18, "10 to 17"), (25, "18 to 24"), (35, "25 to 34"), (50, "35 to 49"))
OLDEST = "50 or over"
LENGTH = 16  # letters of a pseudonym: 64 bits


@dataclass(frozen=True)
class Unnamed:
    pseudonym: str
    age_band: str
    sex: str
    ethnicity: str
    area: str
    arrests: int
    convictions: int


def can_analyse(by: User) -> Decision:
    allowed = by.has(Permission.PEOPLE_ANALYSE)
    return ALLOWED if allowed else Decision(Reason.PERMISSION)


def unnamed(by: User, publication: str) -> list[Unnamed]:
    """Without those whom this person may not see. In the order of the pseudonyms: that of the
    records would join two publications. The log names everybody. Raises NotAllowed."""
    can_analyse(by).require()
    detail = {"without names": publication}
    audit.record(by=by, action=audit.Action.RECORD_LISTED, detail=detail)
    counts = {
        "n_arrests": Count("arrests", distinct=True),
        "n_convictions": Count("convictions", distinct=True),
    }
    rows = Nominal.objects.live().open_to(by).order_by().annotate(**counts)
    names = ("pk", "date_of_birth", "sex", "ethnicity", "unit__name", *counts)
    found = [
        Unnamed(
            pseudonym_of(publication, row["pk"]),
            age_band(row["date_of_birth"], today()),
            row["sex"],
            row["ethnicity"],
            row["unit__name"] or "",
            row["n_arrests"],
            row["n_convictions"],
        )
        for row in rows.values(*names)
    ]
    return sorted(found, key=lambda one: one.pseudonym)


def pseudonym_of(publication: str, pk: int) -> str:
    """The same person has another in every publication, so that two cannot be joined."""
    said = f"{publication.strip().lower()}\x1f{pk}".encode()
    return hmac.new(settings.PSEUDONYM_KEY.encode(), said, hashlib.sha256).hexdigest()[:LENGTH]


def age_band(born: date | None, day: date) -> str:
    if born is None:
        return "not known"
    age = day.year - born.year - ((day.month, day.day) < (born.month, born.day))
    return next((words for below, words in BANDS if age < below), OLDEST)
