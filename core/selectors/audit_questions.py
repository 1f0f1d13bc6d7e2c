"""The log as answers: who looked at whom, when, and why, in sentences."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.utils.timezone import localtime

from core.audit import LOOKS, OPERATIONS, Action, Operation
from core.dates import EARLIEST, LATEST, add_months, parse_month, start_of
from core.filters import RecordFilter, Rows
from core.known_people import find_people, names_of
from core.models import AuditEvent, User
from core.selectors.audit_events import deed, target, why

PERSON = Q(people__len__gt=0)
SHOWN = 3  # names in a sentence
FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d %B %Y")
MONTHS = ("%B %Y", "%b %Y", "%m/%Y")


class Period(NamedTuple):
    """From the first moment to the first moment after; `words` as they were typed."""

    first: datetime
    end: datetime
    words: str

    def __str__(self) -> str:
        return self.words


class WhenField(forms.CharField):
    """A month or a day."""

    def clean(self, value: Any) -> Period | None:
        text = " ".join(str(super().clean(value)).split())
        if not text:
            return None
        day = _parsed(text, FORMS)
        if day is not None and EARLIEST <= day <= LATEST:
            return Period(start_of(day), start_of(day + timedelta(days=1)), text)
        month = _parsed(text, MONTHS)
        try:
            month = month or parse_month(text)
            return Period(start_of(month), start_of(add_months(month, 1)), text)
        except (ValueError, OverflowError):
            raise ValidationError(
                f"“{text}” is no month and no day. Write March 2021, or 10 March 2021."
            ) from None


def _parsed(text: str, forms_: Iterable[str]) -> date | None:
    for form in forms_:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None


class WhenFilter(django_filters.CharFilter):
    field_class = WhenField

    def filter(self, qs: Rows, value: Any) -> Rows:
        return qs.filter(at__gte=value.first, at__lt=value.end) if value else qs


class WhoFilter(django_filters.CharFilter):
    def filter(self, qs: Rows, value: str) -> Rows:
        """By user name, or by the name of the person."""
        if not value:
            return qs
        named = User.objects.filter(full_name__iexact=value).values("username")
        return qs.filter(Q(actor__iexact=value) | Q(actor__in=named))


class WhomFilter(django_filters.CharFilter):
    def filter(self, qs: Rows, value: str) -> Rows:
        """A nominal, or an account."""
        if not value:
            return qs
        numbers = find_people(value)
        seen = Q(people__overlap=numbers) | Q(
            target_type="offenders.nominal", target_id__in=[str(number) for number in numbers]
        )
        return qs.filter(seen | Q(target_type="core.user", target_id__iexact=value))


class QuestionFilter(RecordFilter):
    who = WhoFilter(label="Who", help_text="A user name, or a name")
    whom = WhomFilter(label="Whom", help_text="A reference, a name or a user name")
    when = WhenFilter(label="When", help_text="March 2021, or 10 March 2021")
    readings = django_filters.BooleanFilter(method="unchanged", widget=forms.HiddenInput)

    class Meta:
        model = AuditEvent
        fields: list[str] = []

    def filter_queryset(self, queryset: Rows) -> Rows:
        rows: Rows = super().filter_queryset(queryset)
        return rows.exclude(action=Action.AUDIT_READ) if self.leaves_out_readings else rows

    def unchanged(self, rows: Rows, name: str, value: object) -> Rows:
        return rows

    @property
    def leaves_out_readings(self) -> bool:
        """Every question to the log names people, and would stand before the answers to the next."""
        said = self.form.cleaned_data
        return not said.get("who") and not said.get("readings")

    @property
    def wanted(self) -> list[int]:
        """Whom the question is about, as the log numbers them."""
        whom = self.form.cleaned_data.get("whom", "")
        return find_people(whom) if whom else []


class OwnFilter(RecordFilter):
    when = WhenFilter(label="When", help_text="March 2021, or 10 March 2021")

    class Meta:
        model = AuditEvent
        fields: list[str] = []


def looks() -> QuerySet[AuditEvent]:
    """Whatever showed people to somebody, or was kept from it. Newest first."""
    taken = [Action.NOMINAL_DISCLOSED, Action.EXPORT_DOWNLOADED, Action.DOCUMENT_DOWNLOADED]
    wanted = [*LOOKS, *taken, Action.ACCESS_REFUSED]
    return AuditEvent.objects.filter(action__in=wanted).order_by("-at", "-pk")


def deeds() -> QuerySet[AuditEvent]:
    """Everything that a person did, newest first."""
    return AuditEvent.objects.exclude(actor="").order_by("-at", "-pk")


def looks_of(user: User) -> QuerySet[AuditEvent]:
    return looks().filter(actor=user.get_username())


@dataclass(frozen=True)
class Told:
    """One row in words. `whom` holds the names of those whom it names."""

    event: AuditEvent
    who: str
    whom: tuple[str, ...]
    reason: str

    @property
    def text(self) -> str:
        return f"{self.when}: {self.who} {self._did}{self._to}."

    @property
    def when(self) -> str:
        return f"{localtime(self.event.at):%-d %B %Y, %H:%M}"

    @property
    def month(self) -> str:
        return f"{localtime(self.event.at):%B %Y}"

    @property
    def only(self) -> str:
        """The reference of the one person whom it names; with several, nobody's."""
        _, found, ref = self.whom[0].rpartition("(") if len(self.whom) == 1 else ("", "", "")
        return ref.rstrip(")") if found else ""

    @property
    def is_refusal(self) -> bool:
        return OPERATIONS.get(self.event.action) is Operation.REFUSAL

    @property
    def _did(self) -> str:
        if self.event.action == Action.NOMINAL_VIEWED:
            return "looked at"
        words = deed(self.event)
        return words[:1].lower() + words[1:]

    @property
    def _to(self) -> str:
        if self.event.action == Action.NOMINAL_SEARCHED:
            asked = self.event.detail.get("query", "")
            return f" ({asked or 'all'}), and was shown {self._people or 'nobody'}"
        if self.event.action == Action.EXPORT_DOWNLOADED and self.whom:
            return f" with {self._people}"
        if self.event.action == Action.AUDIT_READ:
            return f", and was shown {self._people}" if self.whom else ""
        if self.event.target_id == self.event.actor and self.event.actor:
            return ""  # signed in, changed the password
        if self.is_refusal:
            # That of a record that is as good as not there has none.
            path = self.event.detail.get("path", "")
            return (f" {self._people}" if self.whom else "") + (f" at {path}" if path else "")
        return f" {self._people or target(self.event)}".rstrip()

    @property
    def _people(self) -> str:
        shown, rest = self.whom[:SHOWN], len(self.whom) - SHOWN
        text = "; ".join(shown)
        return f"{text} and {rest} more" if rest > 0 else text


def told(events: Iterable[AuditEvent], wanted: Collection[int] = ()) -> list[Told]:
    """In words, with two queries for all the names. Of many, those who are wanted are named first."""
    rows = list(events)
    people = names_of(pk for row in rows for pk in row.people)
    users = dict(
        User.objects.filter(username__in={row.actor for row in rows}).values_list(
            "username", "full_name"
        )
    )
    return [_told(row, people, users, wanted) for row in rows]


def _told(
    row: AuditEvent, people: dict[int, str], users: dict[str, str], wanted: Collection[int]
) -> Told:
    name = users.get(row.actor, "")
    who = f"{name} ({row.actor})" if name else row.actor or f"job {row.job}".strip()
    order = sorted(row.people, key=lambda pk: pk not in wanted)
    whom = tuple(people.get(pk, f"nominal {pk}") for pk in order)
    return Told(row, who if row.actor or row.job else "nobody signed in", whom, why(row))
