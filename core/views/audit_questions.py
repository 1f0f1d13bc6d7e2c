"""Who looked at whom, when and why: asked in three fields, answered in sentences."""

from typing import Any

import django_tables2
from django.db.models import QuerySet
from django.urls import reverse

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires, signed_in
from core.lists import RecordList
from core.models import AuditEvent
from core.selectors.audit_questions import (
    OwnFilter,
    QuestionFilter,
    deeds,
    looks_of,
    told,
)
from core.tables import Table


class ToldTable(Table):
    caption = "Answers"
    noun = "entries"

    text = django_tables2.Column(verbose_name="What happened")
    reason = django_tables2.Column(verbose_name="Purpose given")

    class Meta(Table.Meta):
        orderable = False
        empty_text = "Nobody did."


class Answers(RecordList):
    table_class = ToldTable
    asks_on = False  # links to what else, and who else
    template_name = "core/audit/answers.html"

    def get_table(self, rows: Any) -> Table:
        return self.table_class(told(rows))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"asks_on": self.asks_on}

    def record_reading(self) -> None:
        detail = {"question": self.request.GET.urlencode(), "page": self.request.path}
        audit.record(by=person(self.request), action=audit.Action.AUDIT_READ, detail=detail)


@requires(Permission.AUDIT_VIEW)
class Question(Answers):
    filterset_class = QuestionFilter
    asks_on = True
    title = "Who looked at whom?"

    @property
    def trail(self) -> list[tuple[str, str]]:
        return [("Audit log", reverse("core:audit-list"))]

    def all_rows(self) -> QuerySet[AuditEvent]:
        return deeds()

    def get_table(self, rows: Any) -> Table:
        return self.table_class(told(rows, self.filterset.wanted))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        query = self.request.GET.copy()
        query.pop("page", None)
        query["readings"] = "true"
        more = query.urlencode() if self.filterset.leaves_out_readings else ""
        return super().get_context_data(**kwargs) | {"with_readings": more}


@signed_in
class OwnLooks(Answers):
    """For everybody: what the log says of oneself."""

    filterset_class = OwnFilter
    title = "What I looked at"
    trail = []

    def all_rows(self) -> QuerySet[AuditEvent]:
        return looks_of(person(self.request))
