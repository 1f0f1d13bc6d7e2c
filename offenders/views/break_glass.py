"""A closed record in an emergency: open it, end it, review it."""

from typing import Any

import django_tables2
from django.contrib import messages
from django.db.models import QuerySet
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST
from django.views.generic import FormView
from django_tables2 import SingleTableView

from core import audit
from core.access.confirmation import confirmed_at, way_to_confirm
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import AnyOf, requires
from core.editing import ServiceFormMixin
from core.models import AuditEvent
from core.tables import DateColumn, DateTimeColumn, Table
from offenders.forms.break_glass import BreakGlassForm, ReviewForm
from offenders.models import BreakGlass
from offenders.nominal_tables import nominal_url
from offenders.policies.break_glass import can_end, can_review
from offenders.selectors.break_glass import broken_glass, overdue, seen_behind, waiting_for_review
from offenders.services.break_glass import break_glass, end_glass, review_glass

READERS = AnyOf(frozenset([Permission.NOMINAL_SUPERVISE, Permission.AUDIT_VIEW]))
TRAIL = [("Emergency access", "offenders:break-glass-list")]
ASK_AGAIN = "Confirm again who you are: more than ten minutes have passed, or it was used already."


def trail() -> list[tuple[str, str]]:
    return [(title, reverse(name)) for title, name in TRAIL]


@requires(Permission.NOMINAL_SUPERVISE)
class BreakGlassNew(ServiceFormMixin, FormView[BreakGlassForm]):
    form_class = BreakGlassForm
    template_name = "offenders/break_glass/new.html"
    title = "Open a closed record in an emergency"
    submit = "Open for 60 minutes"
    done = "The record is open for you for 60 minutes."

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The second factor is asked for first, so that nothing typed waits for it."""
        if (way := way_to_confirm(request)) and not self.is_confirmed():
            return redirect(way)
        return super().get(request, *args, **kwargs)

    def is_confirmed(self) -> bool:
        """Each confirmation is good for one record."""
        if (at := confirmed_at(self.request)) is None:
            return False
        return not BreakGlass.objects.filter(by=person(self.request), confirmed_at=at).exists()

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET
        record = asked.get("record", "")
        return {
            "ref": asked.get("ref", "")[:20],
            "record": record[:10] if record.isdecimal() else None,
        }

    def form_valid(self, form: BaseForm) -> HttpResponse:
        if not self.is_confirmed():
            form.add_error(None, ASK_AGAIN)
            return self.form_invalid(form)
        return super().form_valid(form)

    def perform(self, form: BreakGlassForm) -> BreakGlass:
        at = confirmed_at(self.request)
        assert at is not None  # noqa: S101  # form_valid asked
        return break_glass(by=person(self.request), confirmed_at=at, **form.cleaned_data)

    def address_of(self, record: BreakGlass) -> str:
        return nominal_url(record.nominal_id)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        way = way_to_confirm(self.request)
        return super().get_context_data(**kwargs) | {
            "trail": trail(),
            "way": way,
            "is_confirmed": way and self.is_confirmed(),
            "cancel": reverse("core:home"),
        }


class GlassTable(Table):
    caption = "Records opened in an emergency, newest first"
    noun = "records"

    ref = django_tables2.Column(
        verbose_name="Nominal",
        linkify=lambda record: reverse("offenders:break-glass-detail", args=[record.pk]),
    )
    by = django_tables2.Column(verbose_name="Opened by")
    begun_at = DateTimeColumn(verbose_name="Opened")
    reason = django_tables2.Column(verbose_name="Why")
    review = django_tables2.TemplateColumn(
        '{% include "offenders/break_glass/state.html" with glass=record only %}',
        accessor="pk",
        verbose_name="Review",
    )
    review_due = DateColumn(verbose_name="Due")

    class Meta(Table.Meta):
        orderable = False
        empty_text = "No record was opened in an emergency."


class BreakGlassList(SingleTableView):
    access = READERS
    table_class = GlassTable
    template_name = "offenders/break_glass/list.html"
    paginate_by = 50

    def get_queryset(self) -> QuerySet[BreakGlass]:
        return broken_glass(person(self.request))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by = person(self.request)
        waiting = waiting_for_review(by)
        context: dict[str, Any] = super().get_context_data(**kwargs)
        return context | {
            "waiting": waiting.count(),
            "overdue": overdue(waiting).count(),
            "may_open": by.has(Permission.NOMINAL_SUPERVISE),
        }


class SeenTable(Table):
    caption = "What the log holds of that hour"
    noun = "entries"

    at = DateTimeColumn(verbose_name="When")
    action = django_tables2.Column(verbose_name="What")
    purpose = django_tables2.Column(verbose_name="Purpose", empty_values=())

    class Meta(Table.Meta):
        orderable = False
        empty_text = "The log holds nothing of this person and this nominal in that hour."

    def render_action(self, value: str) -> str:
        labels: dict[str, str] = dict(audit.Action.choices)
        return labels.get(value, value)

    def render_purpose(self, record: AuditEvent) -> str:
        return " ".join(filter(None, [record.purpose, record.purpose_ref])) or "-"


class BreakGlassDetail(ServiceFormMixin, FormView[ReviewForm]):
    access = READERS
    form_class = ReviewForm
    template_name = "offenders/break_glass/detail.html"
    title = "Emergency access"
    submit = "Save the review"
    done = "Reviewed."

    glass: BreakGlass

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.glass = get_object_or_404(broken_glass(person(request)), pk=kwargs["pk"])
        return super().dispatch(request, *args, **kwargs)

    def perform(self, form: ReviewForm) -> BreakGlass:
        return review_glass(by=person(self.request), glass=self.glass, **form.cleaned_data)

    def address_of(self, record: BreakGlass) -> str:
        return reverse("offenders:break-glass-list")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        by = person(self.request)
        audit.record(by=by, action=audit.Action.AUDIT_READ, target=self.glass)
        return super().get_context_data(**kwargs) | {
            "trail": trail(),
            "glass": self.glass,
            "seen": SeenTable(list(seen_behind(self.glass)[:200])),
            "may_end": can_end(by, self.glass),
            "may_review": can_review(by, self.glass),
        }


@requires(Permission.NOMINAL_SUPERVISE)
@require_POST
def break_glass_end(request: HttpRequest, pk: int) -> HttpResponse:
    by = person(request)
    end_glass(by=by, glass=get_object_or_404(BreakGlass, pk=pk, by=by))
    messages.success(request, "Ended. The record is closed to you again.")
    return redirect("core:home")
