from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.editing import ServiceFormMixin
from offenders.forms.crimes import (
    CancelCrimeForm,
    CrimeForm,
    NewCrimeForm,
    OutcomeForm,
    ReasonForm,
    ReferralForm,
)
from offenders.models import Crime, HubReferral, Outcome
from offenders.services.crimes import (
    amend_crime,
    cancel_crime,
    record_crime,
    reinstate_crime,
)
from offenders.services.outcomes import record_outcome, withdraw_outcome
from offenders.services.referrals import record_referral
from offenders.tables import crime_url
from offenders.views.crimes import TRAIL, OneCrime


@requires(Permission.RECORD_CHANGE)
class CrimeNew(ServiceFormMixin, FormView[NewCrimeForm]):
    form_class = NewCrimeForm
    title = "Record a crime"
    submit = "Record crime"
    done = "Crime recorded. The figures follow within seconds."

    def perform(self, form: NewCrimeForm) -> Crime:
        return record_crime(by=person(self.request), **form.facts())

    def address_of(self, record: Crime) -> str:
        return crime_url(record.pk)


class CrimeChange(OneCrime, ServiceFormMixin, FormView[Any]):
    """A form about one crime, back to the crime when it is done."""

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> Any:
        self.object = self.get_object()
        return super().dispatch(request, *args, **kwargs)

    def address_of(self, record: Any) -> str:
        return crime_url(self.object.pk)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        url = crime_url(self.object.pk)
        return super().get_context_data(**kwargs) | {
            "trail": [(title, reverse(name)) for title, name in TRAIL] + [(self.object.pk, url)],
            "caption": f"Crime {self.object}",
            "cancel": url,
        }


@requires(Permission.RECORD_CHANGE)
class CrimeEdit(CrimeChange):
    form_class = CrimeForm
    title = "Change the facts of a crime"
    submit = "Save changes"
    done = "Crime changed. The figures follow within seconds."
    amends = True

    def get_form_kwargs(self) -> dict[str, Any]:
        # A copy: the form writes what was typed into its instance.
        return super().get_form_kwargs() | {"instance": self.get_object()}

    def perform(self, form: CrimeForm) -> Crime:
        return amend_crime(
            by=person(self.request),
            crime=self.object,
            version=form.cleaned_data["version"],
            **form.facts(),
        )


@requires(Permission.RECORD_CHANGE)
class CrimeCancel(CrimeChange):
    form_class = CancelCrimeForm
    title = "Cancel a crime"
    submit = "Cancel this crime"
    done = "Crime cancelled. It leaves the figures within seconds."

    def perform(self, form: CancelCrimeForm) -> Crime:
        data = form.cleaned_data
        return cancel_crime(
            by=person(self.request),
            crime=self.object,
            at=data["cancelled_at"],
            reason=data["reason"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"cancel_label": "Keep this crime"}


@requires(Permission.RECORD_CHANGE)
class CrimeReinstate(CrimeChange):
    form_class = ReasonForm
    title = "Take the cancellation back"
    submit = "Reinstate this crime"
    done = "Crime reinstated. It counts again within seconds."

    def perform(self, form: ReasonForm) -> Crime:
        reason = form.cleaned_data["reason"]
        return reinstate_crime(by=person(self.request), crime=self.object, reason=reason)


@requires(Permission.RECORD_CHANGE)
class OutcomeNew(CrimeChange):
    form_class = OutcomeForm
    title = "Record an outcome"
    submit = "Record outcome"
    done = "Outcome recorded. The figures follow within seconds."

    def perform(self, form: OutcomeForm) -> Outcome:
        data = form.cleaned_data
        return record_outcome(
            by=person(self.request), crime=self.object, code=data["code"].pk, at=data["outcome_at"]
        )


@requires(Permission.RECORD_CHANGE)
class OutcomeWithdraw(CrimeChange):
    form_class = ReasonForm
    title = "Withdraw an outcome"
    submit = "Withdraw this outcome"
    done = "Outcome withdrawn. The figures follow within seconds."

    def outcome(self) -> Outcome:
        outcomes = self.object.outcomes.select_related("code")
        return get_object_or_404(outcomes, pk=self.kwargs["outcome"])

    def perform(self, form: ReasonForm) -> Outcome:
        return withdraw_outcome(
            by=person(self.request), outcome=self.outcome(), reason=form.cleaned_data["reason"]
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        caption = f"Crime {self.object}: {self.outcome().code}"
        return super().get_context_data(**kwargs) | {"caption": caption}


@requires(Permission.RECORD_CHANGE)
class ReferralNew(CrimeChange):
    form_class = ReferralForm
    title = "Refer the victim to the Victim and Witness Hub"
    submit = "Record referral"
    done = "Referral recorded. The figures follow within seconds."

    def perform(self, form: ReferralForm) -> HubReferral:
        return record_referral(
            by=person(self.request),
            crime=self.object,
            referred_on=form.cleaned_data["referred_on"],
        )
