"""The log as a person reads it."""

from urllib.parse import quote_plus

import django_filters
from django.apps import apps
from django.db.models import Case, CharField, Q, QuerySet, Value, When

from core.access.purpose import Code, in_words
from core.audit import ACTIONS, OPERATIONS, Action, Operation
from core.filters import FromDay, RecordFilter, Rows, ToDay
from core.models import AuditEvent


class OperationFilter(django_filters.ChoiceFilter):
    def filter(self, qs: Rows, value: str) -> Rows:
        return qs.filter(action__in=ACTIONS[Operation(value)]) if value else qs


class SearchedFilter(django_filters.CharFilter):
    def filter(self, qs: Rows, value: str) -> Rows:
        """Pages keep a search as their address has it, and the rest as it was typed."""
        if not value:
            return qs
        said = Q(detail__query__icontains=value) | Q(detail__query__icontains=quote_plus(value))
        return qs.filter(said, action=Action.NOMINAL_SEARCHED)


class AuditFilter(RecordFilter):
    """Who, whom or what, when."""

    actor = django_filters.CharFilter(label="Who", help_text="A user name", lookup_expr="iexact")
    job = django_filters.CharFilter(
        label="Job", help_text="For what nobody did by hand", lookup_expr="icontains"
    )
    operation = OperationFilter(
        label="Operation",
        choices=Operation.choices,
        help_text="As the Data Protection Act 2018 s.62 names them",
    )
    action = django_filters.ChoiceFilter(label="Did what", choices=Action.choices)
    searched = SearchedFilter(
        label="Searched for", help_text="Words, or part of them, that somebody looked for people by"
    )
    purpose = django_filters.ChoiceFilter(label="Purpose given", choices=Code.choices)
    target_id = django_filters.CharFilter(
        label="To what", help_text="A user name, or a reference such as that of a crime"
    )
    at_after = FromDay("at", is_time=True, label="From")
    at_before = ToDay("at", is_time=True, label="To")

    class Meta:
        model = AuditEvent
        fields: list[str] = []


def audit_events() -> QuerySet[AuditEvent]:
    return AuditEvent.objects.order_by("-at", "-pk")


def with_operation(events: QuerySet[AuditEvent]) -> QuerySet[AuditEvent]:
    """`operation` as a column, for a file."""
    cases = [
        When(action__in=actions, then=Value(operation.label))
        for operation, actions in ACTIONS.items()
    ]
    return events.annotate(operation=Case(*cases, default=Value(""), output_field=CharField()))


def operation(event: AuditEvent) -> str:
    """Of an action that the code no longer knows nothing is said."""
    found = OPERATIONS.get(event.action)
    return str(found.label) if found else ""


def why(event: AuditEvent) -> str:
    return in_words(event.purpose, event.purpose_ref) if event.purpose else ""


def doer(event: AuditEvent) -> str:
    if event.job:
        return f"job {event.job}"
    return event.actor or "nobody signed in"


def deed(event: AuditEvent) -> str:
    """The action in words; an action that the code no longer knows keeps its stored name."""
    return str(dict(Action.choices).get(event.action, event.action))


def target(event: AuditEvent) -> str:
    """`crime 35/1/21`; the kind of a record that the code no longer knows keeps its stored name."""
    try:
        kind = apps.get_model(event.target_type)._meta.verbose_name
    except (LookupError, ValueError):
        kind = event.target_type
    return f"{kind} {event.target_id}".strip()


def told(event: AuditEvent) -> str:
    """The detail as `role: analyst; kind: crimes`."""
    return "; ".join(
        f"{name}: {_plain(value)}"
        for name, value in event.detail.items()
        if value not in ("", None)
    )


def _plain(value: object) -> str:
    if isinstance(value, list):
        return " → ".join(str(item) for item in value)
    return str(value)
