from typing import Any

from django import forms
from django.db.models import Q

from core.concurrency import VersionedForm
from core.dates import today
from core.form_fields import DateField, DateTimeField, this_minute
from offenders.models import Arrest, Nominal
from operations.forms.operations import NARROW, SHORT, CrimeField
from operations.models import Trial
from operations.models.footwear import CameOf
from operations.models.trial import Verdict


class TrialForm(VersionedForm):
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day")

    class Meta:
        model = Trial
        fields = ["name", "purpose", "starts_on", "ends_on"]
        widgets = {"purpose": SHORT}

    def _post_clean(self) -> None:
        """The service checks the record."""


class NewTrialForm(TrialForm):
    test = forms.CharField(
        label="Success test",
        max_length=1000,
        required=False,
        widget=SHORT,
        help_text="What has to be seen for it to have worked. It has to stand here before the "
        "first result, and cannot be changed after it.",
    )


class TestForm(VersionedForm):
    __test__ = False  # for pytest: no test

    class Meta:
        model = Trial
        fields = ["test"]
        widgets = {"test": SHORT}
        help_texts = {"test": "What has to be seen for it to have worked."}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["test"].required = True

    def _post_clean(self) -> None:
        """The service checks the record."""


class ResultForm(forms.Form):
    at = DateTimeField(label="When", initial=this_minute)
    verdict = forms.ChoiceField(
        label="Against the success test", choices=Verdict, widget=forms.RadioSelect
    )
    text = forms.CharField(label="What was found", max_length=2000, widget=SHORT)
    is_final = forms.BooleanField(label="This is the last word on the trial", required=False)


class TrialChoice(forms.ModelChoiceField[Trial]):
    """With its days: a scan outside them is refused."""

    def label_from_instance(self, obj: Trial) -> str:
        return f"{obj}, {obj.starts_on:%-d %b %Y} to {obj.ends_on:%-d %b %Y}"


class ScanForm(forms.Form):
    scanned_at = DateTimeField(label="Scanned", initial=this_minute)
    pattern = forms.CharField(
        label="Sole pattern",
        max_length=80,
        help_text="As the scanner names it, or in words: bars and circles.",
    )
    trial = TrialChoice(Trial.objects.none(), label="Trial", required=False)
    note = forms.CharField(label="Note", max_length=300, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["trial"].queryset = Trial.objects.all()  # type: ignore[attr-defined]  # a choice of models
        running = Trial.objects.filter(Q(starts_on__lte=today()) & Q(ends_on__gte=today()))
        self.fields["trial"].initial = running.first()


class ScanOfForm(ScanForm):
    """From the page of a nominal: which arrest it was."""

    arrest = forms.ModelChoiceField(Arrest.objects.none(), label="Arrest")
    field_order = ["arrest", "scanned_at", "pattern", "trial", "note"]

    def __init__(self, *args: Any, nominal: Nominal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = nominal.arrests.select_related("nominal")
        self.fields["arrest"].queryset = rows  # type: ignore[attr-defined]  # a choice of models
        self.fields["arrest"].initial = rows.first()


class CandidateForm(forms.Form):
    crime = CrimeField(
        label="Crime reference", widget=NARROW, help_text="Of the scene whose mark it may be."
    )
    found_at = DateTimeField(label="Found", initial=this_minute)


class DecideForm(forms.Form):
    reason = forms.CharField(
        label="Why", max_length=500, widget=SHORT, help_text="What you compared, and what you saw."
    )


class CameOfForm(forms.Form):
    came_of = forms.ChoiceField(label="What came of it", choices=CameOf, widget=forms.RadioSelect)
    on = DateField(label="Day", initial=today)
    note = forms.CharField(label="Note", max_length=500, required=False, widget=SHORT)
