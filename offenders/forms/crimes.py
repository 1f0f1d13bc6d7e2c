from typing import Any

from django import forms
from django.utils import timezone

from core.concurrency import VersionedForm
from core.form_fields import DateField, DateTimeField, this_minute
from core.models import Unit, UnitKind
from offenders.models import Crime, OffenceCode, OutcomeCode

YES_NO_UNKNOWN = (("true", "Yes"), ("false", "No"), ("", "Not known"))


class YesNoUnknown(forms.TypedChoiceField):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(
            choices=YES_NO_UNKNOWN,
            coerce=lambda word: word == "true",
            empty_value=None,
            required=False,
            widget=forms.RadioSelect,
            **kwargs,
        )

    def prepare_value(self, value: Any) -> Any:
        return {True: "true", False: "false", None: ""}.get(value, value)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(self.prepare_value(initial) != (data or ""))


class CrimeForm(VersionedForm):
    recorded_at = DateTimeField(label="Recorded")
    occurred_from = DateTimeField(label="Happened from", required=False)
    occurred_to = DateTimeField(label="Happened until", required=False)
    offence = forms.ModelChoiceField(OffenceCode.objects.all(), label="Offence class")
    is_dwelling = YesNoUnknown(label="Dwelling")
    has_victim = YesNoUnknown(label="Has a victim")
    is_allocated = YesNoUnknown(label="Allocated to an investigator")

    class Meta:
        model = Crime
        fields = [
            "recorded_at",
            "occurred_from",
            "occurred_to",
            "offence",
            "is_dwelling",
            "district",
            "department",
            "latitude",
            "longitude",
            "has_victim",
            "victim_ref",
            "is_allocated",
        ]
        help_texts = {
            "victim_ref": "As the crime system writes it, the same for the same victim. Never a name."
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, kind in (("district", UnitKind.DISTRICT), ("department", UnitKind.DEPARTMENT)):
            self.fields[name].queryset = Unit.objects.filter(kind=kind)  # type: ignore[attr-defined]  # a choice of models
        for name in ("latitude", "longitude"):
            self.fields[name].widget = forms.TextInput(
                attrs={"class": "govuk-input--width-10", "inputmode": "decimal"}
            )


class NewCrimeForm(CrimeForm):
    class Meta(CrimeForm.Meta):
        fields = ["crime_ref", *CrimeForm.Meta.fields]


class CancelCrimeForm(forms.Form):
    cancelled_at = DateTimeField(label="Cancelled", initial=this_minute)
    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="Why no crime stands here, such as the additional information that shows it.",
    )


class OutcomeForm(forms.Form):
    code = forms.ModelChoiceField(OutcomeCode.objects.all(), label="Outcome")
    outcome_at = DateTimeField(label="Given", initial=this_minute)


class ReasonForm(forms.Form):
    reason = forms.CharField(
        label="Reason", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )


class ReferralForm(forms.Form):
    referred_on = DateField(label="Referred", initial=timezone.localdate)
