from typing import Any

import django_tables2
from django.db.models import QuerySet
from django.utils.http import urlencode

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.lists import RecordList
from core.models import AuditEvent
from core.selectors.audit_events import (
    AuditFilter,
    audit_events,
    deed,
    doer,
    operation,
    target,
    told,
    why,
)
from core.tables import DateTimeColumn, Table


def _same(field: str, value: str) -> str | None:
    """The log of the same person or record: what else?"""
    return f"?{urlencode({field: value})}" if value else None


LINK = {"a": {"class": "govuk-link"}}


class AuditTable(Table):
    caption = "Audit log"
    noun = "entries"

    at = DateTimeColumn(verbose_name="When")
    who = django_tables2.Column(
        empty_values=(),
        verbose_name="Who",
        linkify=lambda record: _same("actor", record.actor),
        attrs=LINK,
    )
    what = django_tables2.Column(empty_values=(), verbose_name="Did what")
    target_id = django_tables2.Column(
        verbose_name="To what",
        linkify=lambda record: _same("target_id", record.target_id),
        attrs=LINK,
    )
    purpose = django_tables2.Column(empty_values=(), verbose_name="Purpose given")
    detail = django_tables2.Column(empty_values=(), verbose_name="Detail")
    address = django_tables2.Column(verbose_name="From")

    class Meta(Table.Meta):
        orderable = False

    def render_who(self, record: AuditEvent) -> str:
        return doer(record)

    def render_what(self, record: AuditEvent) -> str:
        return (
            f"{deed(record)} ({operation(record).lower()})" if operation(record) else deed(record)
        )

    def render_purpose(self, record: AuditEvent) -> str:
        return why(record) or "-"

    def render_target_id(self, record: AuditEvent) -> str:
        return target(record)

    def render_detail(self, record: AuditEvent) -> str:
        return told(record)


@requires(Permission.AUDIT_VIEW)
class AuditList(RecordList):
    """Reading the log is itself an entry of the log, with the question that was asked."""

    filterset_class = AuditFilter
    table_class = AuditTable
    title = "Audit log"
    export_kind = "audit"
    template_name = "core/audit/list.html"

    def all_rows(self) -> QuerySet[Any]:
        return audit_events()

    def record_reading(self) -> None:
        audit.record(
            by=person(self.request),
            action=audit.Action.AUDIT_READ,
            detail={"question": self.request.GET.urlencode()},
        )
