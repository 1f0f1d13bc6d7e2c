from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.views.generic import FormView, TemplateView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.dates import today
from core.editing import ServiceFormMixin
from core.selectors.history import histories_of, history_of, newest_first
from core.words import facts_of
from offenders.forms.disposals import (
    AcceptForm,
    BreachForm,
    CompleteForm,
    EvidenceForm,
    NotMetForm,
    OfferForm,
    StepReasonForm,
    VaryForm,
)
from offenders.models import Condition, Disposal
from offenders.models.disposal import DISPOSAL_LIFE, State
from offenders.nominal_tables import nominal_url
from offenders.policies.disposals import can_complete, choosable
from offenders.policies.nominals import can_change_nominal
from offenders.selectors.disposals import (
    convictions_of,
    custody_words,
    disposal_url,
    disposals_of,
    repeated,
    rungs_of,
)
from offenders.selectors.nominals import nominal_for
from offenders.services.disposals import (
    accept,
    complete,
    decide_breach,
    decline,
    fail_condition,
    meet_condition,
    offer_disposal,
    record_breach,
    vary_condition,
    withdraw_offer,
)
from offenders.views.nominals import NominalFormView, OneNominal

CHARGE = "charge"  # the code of its type
FACTS = (
    "offered_at",
    "rationale",
    "authorised_by",
    "authorised_rank",
    "admission",
    "victim_view",
    "appropriate_adult",
    "has_consent",
    "given_at",
    "ends_on",
    "ended_at",
    "reason",
    "officer",
)


@requires(Permission.NOMINAL_VIEW)
class DisposalList(OneNominal, TemplateView):
    """The rungs of a nominal, and what the courts gave."""

    template_name = "offenders/disposal/list.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        convictions = list(convictions_of(self.nominal))
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "nominal": self.nominal,
            "disposals": disposals_of(self.nominal),
            "convictions": [(row, custody_words(row)) for row in convictions],
            "may_change": bool(can_change_nominal(person(self.request), self.nominal)),
        }


@requires(Permission.NOMINAL_CHANGE)
class DisposalNew(NominalFormView):
    """Says what each disposal needs, and which rungs were used, before anything is refused."""

    form_class = OfferForm
    template_name = "offenders/disposal/offer.html"
    title = "Offer a disposal"
    submit = "Offer it"
    done = "Recorded."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.choices: list[Any] | None = None
        return super().dispatch(request, *args, **kwargs)

    def all_choices(self) -> list[Any]:
        if self.choices is None:
            self.choices = choosable(self.nominal, today())
        return self.choices

    def get_initial(self) -> dict[str, Any]:
        """`?after=`, a disposal that is prosecuted after its breach: the charge for its crimes."""
        number = self.request.GET.get("after", "")
        rows = disposals_of(self.nominal).filter(state=State.PROSECUTED)
        before = rows.filter(pk=number).first() if number.isdecimal() else None
        if before is None:
            return {}
        crimes = (link.crime_id for link in before.crime_links.all())
        return {"type": CHARGE, "crimes": "\n".join(crimes)}

    def get_form_kwargs(self) -> dict[str, Any]:
        types = [type_ for type_, _ in self.all_choices()]
        return super().get_form_kwargs() | {"types": types, "is_child": self.nominal.is_child}

    def perform(self, form: OfferForm) -> Disposal:
        return offer_disposal(
            by=person(self.request),
            nominal=self.nominal,
            conditions=form.conditions(),
            **form.facts(),
        )

    def address_of(self, record: Disposal) -> str:
        return disposal_url(record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        rungs = rungs_of(self.nominal)
        choices = self.all_choices()
        return super().get_context_data(**kwargs) | {
            "rungs": rungs,
            "open": [
                (type_, repeated(rungs, type_.tier)) for type_, refusal in choices if not refusal
            ],
            "closed": [(type_, refusal.label) for type_, refusal in choices if refusal],
        }


class OneDisposal:
    """`disposal`, after one look at its nominal in the log."""

    disposal: Disposal
    request: HttpRequest

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.disposal = get_object_or_404(Disposal.objects.whole(), pk=kwargs["pk"])
        nominal_for(person(request), self.disposal.nominal_id, why="disposal")
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def trail(self) -> list[tuple[str, str]]:
        nominal = self.disposal.nominal
        listed = reverse("offenders:disposal-list", args=[nominal.pk])
        people = [(str(nominal), nominal_url(nominal.pk))]
        return [*people, ("Disposals and convictions", listed)]


@requires(Permission.NOMINAL_VIEW)
class DisposalDetail(OneDisposal, TemplateView):
    template_name = "offenders/disposal/detail.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        disposal, by = self.disposal, person(self.request)
        not_yet = can_complete(disposal)
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "disposal": disposal,
            "facts": facts_of(disposal, FACTS),
            "steps": DISPOSAL_LIFE.open_from(disposal.state),
            "not_complete": "" if not_yet else not_yet.reason.label,
            "history": newest_first(
                history_of(disposal), histories_of(Condition, disposal=disposal.pk)
            ),
            "may_change": bool(can_change_nominal(by, disposal.nominal)),
            "may_decide": by.has(Permission.NOMINAL_SUPERVISE),
            "today": timezone.localdate(),
        }


class DisposalStep(OneDisposal, ServiceFormMixin, FormView[Any]):
    def address_of(self, record: Any) -> str:
        return disposal_url(self.disposal)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = disposal_url(self.disposal)
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), (str(self.disposal.type), here)],
            "caption": str(self.disposal),
            "cancel": here,
        }


@requires(Permission.NOMINAL_CHANGE)
class DisposalAccept(DisposalStep):
    form_class = AcceptForm
    title = "The person accepts"
    submit = "Record that they accept"
    done = "Accepted."

    def perform(self, form: AcceptForm) -> Disposal:
        return accept(by=person(self.request), disposal=self.disposal, **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class DisposalDecline(DisposalStep):
    form_class = StepReasonForm
    title = "The person declines"
    submit = "Record that they decline"
    done = "Declined."

    def perform(self, form: StepReasonForm) -> Disposal:
        return decline(by=person(self.request), disposal=self.disposal, **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class DisposalWithdraw(DisposalStep):
    form_class = StepReasonForm
    title = "Take the offer back"
    submit = "Take it back"
    done = "Taken back."

    def perform(self, form: StepReasonForm) -> Disposal:
        return withdraw_offer(by=person(self.request), disposal=self.disposal, **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class DisposalComplete(DisposalStep):
    form_class = CompleteForm
    title = "Complete the disposal"
    submit = "Complete it"
    done = "Completed."

    def perform(self, form: CompleteForm) -> Disposal:
        return complete(by=person(self.request), disposal=self.disposal, **form.cleaned_data)


@requires(Permission.NOMINAL_CHANGE)
class DisposalBreach(DisposalStep):
    form_class = StepReasonForm
    title = "Record a breach"
    submit = "Record the breach"
    done = "Breach recorded. A supervisor decides what follows."

    def perform(self, form: StepReasonForm) -> Disposal:
        return record_breach(by=person(self.request), disposal=self.disposal, **form.cleaned_data)


@requires(Permission.NOMINAL_SUPERVISE)
class BreachDecision(DisposalStep):
    form_class = BreachForm
    title = "Decide on the breach"
    submit = "Decide"
    done = "Decided."

    def perform(self, form: BreachForm) -> Disposal:
        return decide_breach(by=person(self.request), disposal=self.disposal, **form.cleaned_data)


class ConditionStep(DisposalStep):
    @property
    def condition(self) -> Condition:
        return get_object_or_404(self.disposal.conditions, pk=self.kwargs["condition"])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        caption = f"{self.condition}, by {self.condition.due_on:%-d %B %Y}"
        return super().get_context_data(**kwargs) | {"caption": caption}


@requires(Permission.NOMINAL_CHANGE)
class ConditionMet(ConditionStep):
    form_class = EvidenceForm
    title = "The condition is met"
    submit = "Record that it is met"
    done = "Condition met."

    def perform(self, form: EvidenceForm) -> Condition:
        return meet_condition(
            by=person(self.request), condition=self.condition, **form.cleaned_data
        )


@requires(Permission.NOMINAL_CHANGE)
class ConditionNotMet(ConditionStep):
    form_class = NotMetForm
    title = "The condition is not met"
    submit = "Record that it is not met"
    done = "Recorded."

    def perform(self, form: NotMetForm) -> Condition:
        return fail_condition(
            by=person(self.request), condition=self.condition, **form.cleaned_data
        )


@requires(Permission.NOMINAL_CHANGE)
class ConditionVary(ConditionStep):
    form_class = VaryForm
    title = "Vary the condition"
    submit = "Vary it"
    done = "Condition varied."

    def get_initial(self) -> dict[str, Any]:
        return {"kind": self.condition.kind, "text": self.condition.text}

    def perform(self, form: VaryForm) -> Condition:
        return vary_condition(
            by=person(self.request),
            condition=self.condition,
            wanted=form.wanted(),
            reason=form.cleaned_data["reason"],
        )
