from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from core import audit, looks
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.editing import ServiceFormMixin
from core.selectors.history import histories_of, history_of, newest_first
from offenders.custody.clock import Kind
from offenders.forms.custody import FORMS, DetentionForm, EndForm, EventForm
from offenders.forms.nominals import ReasonForm
from offenders.models import CustodyEvent, Detention
from offenders.models.detention import KindChoice, Result
from offenders.nominal_tables import nominal_url
from offenders.selectors.bail import release_to_record, release_url
from offenders.selectors.custody import (
    Custody,
    board,
    detention_url,
    detentions,
    steps,
    usual_ends,
    why_not_now,
)
from offenders.selectors.nominals import nominal_for
from offenders.services.custody import (
    amend_detention,
    end_detention,
    record_custody_event,
    withdraw_event,
)

BOARD = "offenders:custody-board"


@requires(Permission.NOMINAL_VIEW)
class CustodyBoard(TemplateView):
    """Everybody who is held now. Asked again every 30 seconds: one look while they are the same."""

    template_name = "offenders/custody/board.html"

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        context = self.get_context_data()
        held = [row.detention.pk for row in context["rows"]]
        if not looks.is_repeat(request, "custody board", held):
            seen = {"custody board": held}
            audit.record(by=person(request), action=audit.Action.NOMINAL_VIEWED, detail=seen)
        if request.htmx:  # type: ignore[attr-defined]  # from its middleware
            return render(request, "offenders/custody/lines.html", context)
        return self.render_to_response(context)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        now = timezone.now()
        return super().get_context_data(**kwargs) | {
            "rows": board(now),
            "now": now,
            "may_change": person(self.request).has(Permission.NOMINAL_CHANGE),
        }


class OneDetention:
    """`detention`, after one look at its nominal in the log."""

    detention: Detention
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.detention = get_object_or_404(detentions(), pk=kwargs["pk"])
        nominal_for(person(request), self.detention.arrest.nominal_id, why="custody")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        nominal = self.detention.arrest.nominal
        return [("Custody", reverse(BOARD)), (str(nominal), nominal_url(nominal.pk))]


@requires(Permission.NOMINAL_VIEW)
class CustodyDetail(OneDetention, TemplateView):
    template_name = "offenders/custody/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        custody = Custody(self.detention, timezone.now())
        found = steps(custody)
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "custody": custody,
            "detention": self.detention,
            "events": self.detention.entries.select_related("by").order_by("at", "pk"),
            "history": newest_first(
                history_of(self.detention),
                histories_of(CustodyEvent, detention=self.detention.pk),
            ),
            "ends": usual_ends(custody),
            "release": release_to_record(self.detention),
            "open": [step for step in found if not step.refusal],
            "closed": [step for step in found if step.refusal],
            "may_change": person(self.request).has(Permission.NOMINAL_CHANGE),
        }


class DetentionChange(OneDetention, ServiceFormMixin, FormView[Any]):
    """A form about one detention, back to it, or to the board that it was opened from."""

    def address_of(self, record: Any) -> str:
        return self.back()

    def back(self) -> str:
        from_board = self.request.GET.get("from") == "board"
        return reverse(BOARD) if from_board else detention_url(self.detention)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        nominal = self.detention.arrest.nominal
        url = detention_url(self.detention)
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), ("Detention", url)],
            "caption": f"{nominal} ({nominal.ref}), {self.detention.station}",
            "is_child": nominal.is_child,
            "cancel": self.back(),
        }


@requires(Permission.NOMINAL_CHANGE)
class EventNew(DetentionChange):
    done = "Logged."
    submit = "Log it"

    @property
    def kind(self) -> Kind:
        slug = self.kwargs["kind"]
        if slug not in {kind.value for kind in FORMS}:
            raise Http404("Nothing of this kind is logged by itself.")
        return Kind(slug)

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the event
        return str(KindChoice(self.kind.value).label)

    def get_form_class(self) -> type[EventForm]:
        return FORMS[self.kind]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Why it would be refused now; who logs late may give a time at which it could stand."""
        refusal = why_not_now(self.kind, Custody(self.detention, timezone.now()))
        warning = f"As things stand now this is refused. {refusal}" if refusal else ""
        return super().get_context_data(**kwargs) | {"warning": warning}

    def perform(self, form: EventForm) -> CustodyEvent:
        return record_custody_event(
            by=person(self.request), detention=self.detention, kind=self.kind, **form.facts()
        )


@requires(Permission.NOMINAL_CHANGE)
class EventWithdraw(DetentionChange):
    form_class = ReasonForm
    submit = "Withdraw"
    done = "Withdrawn. The clock runs without it."

    @property
    def title(self) -> str:  # type: ignore[override]  # it names the event
        return f"Withdraw an entry: {self.event}"

    @property
    def event(self) -> CustodyEvent:
        return get_object_or_404(self.detention.entries, pk=self.kwargs["event"])

    def perform(self, form: ReasonForm) -> CustodyEvent:
        return withdraw_event(
            by=person(self.request), event=self.event, reason=form.cleaned_data["reason"]
        )


@requires(Permission.NOMINAL_CHANGE)
class DetentionEnd(DetentionChange):
    form_class = EndForm
    title = "End the detention"
    submit = "End the detention"
    done = "The detention has ended."

    def address_of(self, record: Detention) -> str:
        """Straight to what has to be recorded after this end, where anything has."""
        return release_url(record) or super().address_of(record)

    def get_initial(self) -> dict[str, Any]:
        asked = self.request.GET.get("result", "")
        return {"result": asked} if asked in Result.values else {}

    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy: the form writes what was typed into its instance.
        return super().get_form_kwargs() | {"instance": Detention.objects.get(pk=self.detention.pk)}

    def perform(self, form: EndForm) -> Detention:
        data = form.cleaned_data
        return end_detention(
            by=person(self.request),
            detention=self.detention,
            result=data["result"],
            at=data["ended_at"],
            version=data["version"],
        )


@requires(Permission.NOMINAL_CHANGE)
class DetentionEdit(DetentionChange):
    form_class = DetentionForm
    title = "Change who and where"
    submit = "Save changes"

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": Detention.objects.get(pk=self.detention.pk)}

    def perform(self, form: DetentionForm) -> Detention:
        return amend_detention(
            by=person(self.request),
            detention=self.detention,
            version=form.cleaned_data["version"],
            **form.facts(),
        )
