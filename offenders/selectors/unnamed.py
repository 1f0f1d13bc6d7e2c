"""People for analysis: no name, no address, no free text, and a number of this publication alone."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Iterable, Sequence
from dataclasses import astuple, dataclass
from datetime import date
from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import QueryDict

from core import audit
from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.dates import today
from core.models import User
from offenders.models import Nominal
from offenders.models.scope import open_rows

PUBLICATION = r"^[\w .,-]{3,60}$"
BANDS = ((10, "under 10"), (18, "10 to 17"), (25, "18 to 24"), (35, "25 to 34"), (50, "35 to 49"))
OLDEST = "50 or over"
# Of a row, in the order of Unnamed.
COLUMNS = {
    "pseudonym": "pk",
    "age_band": "date_of_birth",
    "sex": "sex",
    "ethnicity": "ethnicity",
    "area": "unit__name",
    "arrests": "n_arrests",
    "convictions": "n_convictions",
}
SOURCES = tuple(COLUMNS.values())
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


class PublicationForm(forms.Form):
    """What the rows are for: page and export ask by the same name."""

    publication = forms.RegexField(
        PUBLICATION,
        label="Publication",
        help_text="What the rows are for, such as Board paper May 2026. Its pseudonyms fit no other.",
        error_messages={
            "required": "Name the publication.",
            "invalid": "A publication has 3 to 60 letters, figures, spaces, dots, commas or dashes.",
        },
    )


def unnamed(by: User, publication: str) -> list[Unnamed]:
    """Without those whom this person may not see. The log names everybody. Raises NotAllowed."""
    can_analyse(by).require()
    detail = {"without names": publication}
    audit.record(by=by, action=audit.Action.RECORD_LISTED, detail=detail)
    rows = _counted(by).values(*SOURCES)  # the look names those who are read as values
    return _named_by_pseudonym(publication, [[row[name] for name in SOURCES] for row in rows])


def rows_to_take(query: QueryDict) -> QuerySet[Nominal]:
    """Of an export, for whoever it is made. Raises ValidationError as the page refuses."""
    _publication(query)
    return _counted()


def shaped(query: QueryDict, rows: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    return [astuple(one) for one in _named_by_pseudonym(_publication(query), rows)]


def _publication(query: QueryDict) -> str:
    form = PublicationForm(query)
    if set(query) - {"publication", "page"}:  # a filter that is not there would let out more
        raise ValidationError("These rows are narrowed by nothing but their publication.")
    if not form.is_valid():
        raise ValidationError(form.errors.as_data())
    return str(form.cleaned_data["publication"])


def _counted(by: User | None = None) -> QuerySet[Nominal]:
    counts = {
        "n_arrests": Count("arrests", distinct=True),
        "n_convictions": Count("convictions", distinct=True),
    }
    return open_rows(Nominal.objects.live(), by).order_by().annotate(**counts)


def _named_by_pseudonym(publication: str, rows: Iterable[Sequence[Any]]) -> list[Unnamed]:
    """In the order of the pseudonyms: that of the records would join two publications."""
    found = [
        Unnamed(
            pseudonym_of(publication, pk), age_band(born, today()), sex, ethnicity, area or "", *n
        )
        for pk, born, sex, ethnicity, area, *n in rows
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
