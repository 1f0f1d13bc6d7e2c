"""Forms about properties, works, planning applications and the community."""

from typing import Any

from django import forms

from core.concurrency import VersionedForm
from core.dates import today
from core.form_fields import DateField
from core.models import Unit, UnitKind
from operations.models import (
    Assessment,
    AwarenessGiven,
    Consultation,
    EstateWorks,
    PlanningApplication,
    Property,
    WatchScheme,
    WorksOrder,
)
from operations.models.community import EstateMeasure
from operations.models.planning import Advice, TakenUp
from operations.models.property import PackLevel, Weakness

LINES = forms.Textarea(attrs={"rows": 3})
NUMBERS = {"members", "people", "involved", "homes", "quoted"}


class InDistrict(VersionedForm):
    """`district` is one of the districts; figures are typed in narrow boxes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "district" in self.fields:
            self.fields["district"].queryset = Unit.objects.filter(  # type: ignore[attr-defined]  # a choice of models
                kind=UnitKind.DISTRICT
            )
        for name in NUMBERS & set(self.fields):
            self.fields[name].widget.attrs["class"] = "govuk-input--width-5"


class PropertyForm(InDistrict):
    latitude = forms.FloatField(required=False, widget=forms.TextInput)
    longitude = forms.FloatField(required=False, widget=forms.TextInput)

    class Meta:
        model = Property
        fields = ["address", "postcode", "kind", "district", "latitude", "longitude"]


class AssessmentForm(VersionedForm):
    assessed_on = DateField(label="Assessed", initial=today)
    asked_for = forms.ChoiceField(
        label="Assessed for", choices=PackLevel, widget=forms.RadioSelect,
        initial=PackLevel.SILVER,
    )  # fmt: skip
    weak = forms.MultipleChoiceField(
        label="What is weak there", choices=Weakness, widget=forms.CheckboxSelectMultiple,
        required=False,
    )  # fmt: skip
    result = forms.ChoiceField(label="Result", choices=PackLevel, widget=forms.RadioSelect)
    why = forms.CharField(
        label="Why another level", max_length=500, required=False, widget=LINES,
        help_text="Needed where silver became gold, or any other change of level.",
    )  # fmt: skip

    class Meta:
        model = Assessment
        fields = ["assessed_on", "asked_for", "weak", "result", "why"]


class QuoteForm(InDistrict):
    quoted_on = DateField(label="Quoted", initial=today)

    class Meta:
        model = WorksOrder
        fields = ["kind", "what", "quoted_on", "quoted"]


class OrderForm(forms.Form):
    on = DateField(label="Ordered", initial=today)


class FinishForm(forms.Form):
    on = DateField(label="Done", initial=today)
    cost = forms.DecimalField(
        label="Cost in pounds", min_value=0, max_digits=9, decimal_places=2,
        widget=forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "decimal"}),
    )  # fmt: skip


class CancelForm(forms.Form):
    why = forms.CharField(label="Why", max_length=300, widget=LINES)


class ReceivedForm(InDistrict):
    received_on = DateField(label="Received", initial=today)
    due_on = DateField(
        label="Answer due", required=False, help_text="Left empty, it is due after 21 days."
    )

    class Meta:
        model = PlanningApplication
        fields = ["application_ref", "authority", "district", "about", "received_on", "due_on"]


class AnswerForm(forms.Form):
    answered_on = DateField(label="Answered", initial=today)
    advice = forms.ChoiceField(
        label="Advice",
        choices=Advice,
        widget=forms.RadioSelect,
        error_messages={"required": "Select what was advised."},
    )
    advice_text = forms.CharField(
        label="Advice in words", max_length=2000, required=False, widget=LINES
    )
    taken_up = forms.ChoiceField(
        label="Taken up", choices=[("", "Not known yet"), *TakenUp.choices], required=False,
        widget=forms.RadioSelect,
    )  # fmt: skip


class ApplicationForm(InDistrict):
    received_on = DateField(label="Received")
    due_on = DateField(label="Answer due")
    answered_on = DateField(label="Answered", required=False)

    class Meta:
        model = PlanningApplication
        fields = [
            "authority", "district", "about", "received_on", "due_on", "answered_on", "advice",
            "advice_text", "taken_up",
        ]  # fmt: skip


class ConsultationForm(InDistrict):
    held_on = DateField(label="Day", initial=today)

    class Meta:
        model = Consultation
        fields = ["title", "held_on", "district", "channel", "people", "involved", "result"]


class WatchForm(InDistrict):
    started_on = DateField(label="Started", initial=today)
    ended_on = DateField(label="Ended", required=False)

    class Meta:
        model = WatchScheme
        fields = ["name", "area", "district", "coordinator", "members", "started_on", "ended_on"]


class EstateForm(InDistrict):
    started_on = DateField(label="Started", initial=today)
    done_on = DateField(label="Done", required=False)
    measures = forms.MultipleChoiceField(choices=EstateMeasure, widget=forms.CheckboxSelectMultiple)

    class Meta:
        model = EstateWorks
        fields = ["estate", "council", "district", "measures", "homes", "started_on", "done_on",
                  "note"]  # fmt: skip


class AwarenessForm(InDistrict):
    given_on = DateField(label="Day", initial=today)

    class Meta:
        model = AwarenessGiven
        fields = ["given_on", "subject", "audience", "district", "people", "note"]
