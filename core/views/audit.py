from typing import Any, cast

import django_filters
import django_tables2
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse

from core import audit
from core.access.permissions import Permission
from core.access.policy import requires
from core.filters import FromDay, RecordFilter, ToDay
from core.lists import RecordList
from core.models import AuditEvent, User
from core.selectors.audit_events import audit_events, deed, doer, told
from core.tables import DateTimeColumn, Table


class AuditFilter(RecordFilter):
    """Who, whom or what, when."""

    actor = django_filters.CharFilter(label="Who", help_text="A user name", lookup_expr="iexact")
    job = django_filters.CharFilter(
        label="Job", help_text="For what nobody did by hand", lookup_expr="icontains"
    )
    action = django_filters.ChoiceFilter(label="Did what", choices=audit.Action.choices)
    target_id = django_filters.CharFilter(
        label="To what", help_text="A reference, such as that of a crime"
    )
    at_after = FromDay("at", is_time=True, label="From")
    at_before = ToDay("at", is_time=True, label="To")

    class Meta:
        model = AuditEvent
        fields: list[str] = []


class AuditTable(Table):
    caption = "Audit log"
    noun = "entries"

    at = DateTimeColumn(verbose_name="When")
    who = django_tables2.Column(empty_values=(), verbose_name="Who", orderable=False)
    what = django_tables2.Column(empty_values=(), verbose_name="Did what", orderable=False)
    target_id = django_tables2.Column(verbose_name="To what", orderable=False)
    detail = django_tables2.Column(empty_values=(), verbose_name="Detail", orderable=False)
    address = django_tables2.Column(verbose_name="From", orderable=False)

    class Meta(Table.Meta):
        orderable = False

    def render_who(self, record: AuditEvent) -> str:
        return doer(record)

    def render_what(self, record: AuditEvent) -> str:
        return deed(record)

    def render_detail(self, record: AuditEvent) -> str:
        return told(record)


@requires(Permission.AUDIT_VIEW)
class AuditList(RecordList):
    """Reading the log is itself an entry of the log, with the question that was asked."""

    filterset_class = AuditFilter
    table_class = AuditTable
    title = "Audit log"

    def get_queryset(self) -> QuerySet[Any]:
        self.queryset = audit_events()
        return super().get_queryset()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        audit.record(
            by=cast(User, request.user),
            action=audit.Action.AUDIT_READ,
            detail={"question": request.GET.urlencode()},
        )
        return super().get(request, *args, **kwargs)
