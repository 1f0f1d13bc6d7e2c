"""Two fields and a time that defaults to now; a request asks for its basis and what it is for."""

from typing import Any

from django import forms

from core.concurrency import VersionedForm
from core.form_fields import DateField, DateTimeField, this_minute
from core.models import Unit, UnitKind
from offenders.forms.custody import NARROW, REASON, NominalField
from offenders.models import NominalGroup, TagCondition, TagUnit
from offenders.models.tag import Basis, DeviceStatus, EndReason
from offenders.models.tag_log import AlertKind, AlertResult, CheckResult, ConditionKind, Weekday


def areas() -> Any:
    return Unit.objects.filter(kind=UnitKind.AREA)


class RequestForm(forms.Form):
    basis = forms.ChoiceField(label="Legal basis", choices=Basis, widget=forms.RadioSelect)
    basis_note = forms.CharField(
        label="The basis in words",
        max_length=500,
        required=False,
        widget=REASON,
        help_text="Which power, order or court. On police bail it is needed beside the consent.",
    )
    why = forms.CharField(label="What it is for", max_length=500, widget=REASON)
    ends_on = DateField(label="Last day", required=False)


class StepForm(forms.Form):
    at = DateTimeField(label="When", initial=this_minute)
    note = forms.CharField(label="Note", max_length=500, required=False, widget=REASON)

    def facts(self) -> dict[str, Any]:
        return dict(self.cleaned_data)


class WhyForm(StepForm):
    note = forms.CharField(label="Why", max_length=500, widget=REASON)


class ConsentForm(StepForm):
    note = forms.CharField(label="How it was given, and who saw it", max_length=500, widget=REASON)


class OrderForm(StepForm):
    note = forms.CharField(label="Which court or authority, and its order", widget=REASON)


class BookForm(StepForm):
    at = DateTimeField(label="Appointment")


class FitForm(StepForm):
    at = DateTimeField(label="Fitted", initial=this_minute)
    device = forms.ModelChoiceField(TagUnit.objects.filter(status=DeviceStatus.STOCK), label="Unit")
    field_order = ["at", "device", "note"]


class RemoveForm(StepForm):
    at = DateTimeField(label="Removed", initial=this_minute)
    reason = forms.ChoiceField(label="Why it ended", choices=EndReason, widget=forms.RadioSelect)
    unit_becomes = forms.ChoiceField(
        label="The unit",
        choices=[
            (status.value, status.label)
            for status in (DeviceStatus.STOCK, DeviceStatus.REPAIR, DeviceStatus.LOST)
        ],
        initial=DeviceStatus.STOCK,
        widget=forms.RadioSelect,
    )
    field_order = ["at", "reason", "unit_becomes", "note"]


class CloseForm(StepForm):
    reason = forms.ChoiceField(label="Why", choices=EndReason, widget=forms.RadioSelect)
    field_order = ["at", "reason", "note"]


class CheckForm(forms.Form):
    at = DateTimeField(label="When", initial=this_minute)
    result = forms.ChoiceField(
        label="What was found", choices=CheckResult, widget=forms.RadioSelect
    )
    battery = forms.IntegerField(
        label="Charge, per cent", min_value=0, max_value=100, required=False, widget=NARROW
    )
    note = forms.CharField(label="Note", max_length=300, required=False, widget=REASON)


class AlertForm(forms.Form):
    at = DateTimeField(label="When", initial=this_minute)
    kind = forms.ChoiceField(label="What the tag reported", choices=AlertKind)
    text = forms.CharField(label="What was seen", max_length=300, required=False, widget=REASON)


class AlertEntryForm(forms.Form):
    at = DateTimeField(label="When", initial=this_minute)
    text = forms.CharField(label="What was done", max_length=300, widget=REASON)


class CloseAlertForm(forms.Form):
    result = forms.ChoiceField(label="It was", choices=AlertResult, widget=forms.RadioSelect)
    reason = forms.CharField(label="Why", max_length=500, widget=REASON)


class ConditionForm(forms.Form):
    kind = forms.ChoiceField(label="Condition", choices=ConditionKind, widget=forms.RadioSelect)
    place = forms.CharField(label="Where", max_length=300)
    weekdays = forms.TypedMultipleChoiceField(
        label="Days", choices=Weekday, coerce=int, widget=forms.CheckboxSelectMultiple
    )
    starts = forms.TimeField(label="From", widget=NARROW, help_text="Such as 19:00.")
    ends = forms.TimeField(
        label="Until", widget=NARROW, help_text="A time at or before the first is the next day's."
    )


class ConditionEndForm(VersionedForm):
    until = DateField(label="Last day")

    class Meta:
        model = TagCondition
        fields = ["until"]


class UnitForm(forms.ModelForm[Any]):
    class Meta:
        model = TagUnit
        fields = ["serial", "area", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas()  # type: ignore[attr-defined]  # a choice of models


class UnitChangeForm(VersionedForm):
    class Meta:
        model = TagUnit
        fields = ["area", "status", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas()  # type: ignore[attr-defined]  # a choice of models


class GroupForm(forms.ModelForm[Any]):
    class Meta:
        model = NominalGroup
        fields = ["name", "note"]


class MemberForm(forms.Form):
    nominal = NominalField(
        label="Nominal", widget=NARROW, help_text="Their reference, such as N000123."
    )
