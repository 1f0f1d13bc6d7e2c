"""Who looked at whom, when and why: asked in three fields, answered in sentences."""

from typing import Any

import django_tables2
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires, signed_in
from core.lists import RecordList
from core.models import AuditEvent
from core.selectors.audit_questions import (
    OwnFilter,
    QuestionFilter,
    Told,
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


class AnswerTable(ToldTable):
    more = django_tables2.Column(empty_values=(), verbose_name="Ask on")

    def render_more(self, record: Told) -> SafeString:
        """The same month: what else did this person look at, and who else looked at these."""
        links = []
        if record.event.actor:
            links.append(("What else did they do?", {"who": record.event.actor}))
        if len(record.whom) == 1:
            reference = record.whom[0].rpartition("(")[2].rstrip(")")
            links.append(("Who else looked?", {"whom": reference}))
        asked = ((f"?{urlencode({**query, 'when': record.month})}", text) for text, query in links)
        return format_html_join(SafeString("<br>"), '<a class="govuk-link" href="{}">{}</a>', asked)


class Answers(RecordList):
    table_class: type[Table] = ToldTable
    template_name = "core/audit/answers.html"

    def get_table(self, rows: Any) -> Table:
        return self.table_class(told(rows))

    def record_reading(self) -> None:
        detail = {"question": self.request.GET.urlencode(), "page": self.request.path}
        audit.record(by=person(self.request), action=audit.Action.AUDIT_READ, detail=detail)


@requires(Permission.AUDIT_VIEW)
class Question(Answers):
    filterset_class = QuestionFilter
    table_class = AnswerTable
    title = "Who looked at whom?"

    @property
    def trail(self) -> list[tuple[str, str]]:
        return [("Audit log", reverse("core:audit-list"))]

    def all_rows(self) -> QuerySet[AuditEvent]:
        return deeds()


@signed_in
class OwnLooks(Answers):
    """For everybody: what the log says of oneself."""

    filterset_class = OwnFilter
    title = "What I looked at"
    trail = []

    def all_rows(self) -> QuerySet[AuditEvent]:
        return looks_of(person(self.request))
