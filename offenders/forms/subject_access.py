from typing import Any

from django import forms

from core.dates import today
from core.form_fields import DateField
from offenders.forms.nominals import SHORT
from offenders.models import SubjectAccess, SubjectAccessDecision
from offenders.models.subject_access import Requester


class CaseForm(forms.ModelForm[SubjectAccess]):
    received_on = DateField(label="Day on which the request was received", initial=today)
    requester = forms.ChoiceField(
        label="Who asks?", choices=Requester.choices, widget=forms.RadioSelect
    )
    identity = forms.CharField(
        label="How they proved who they are",
        max_length=500,
        widget=SHORT,
        required=False,
        help_text="Leave it blank while this is open: the month runs from the request all the same",
    )

    class Meta:
        model = SubjectAccess
        fields = ["received_on", "requester", "case_ref", "identity"]

    def _post_clean(self) -> None:
        """The service checks the request."""


class IdentityForm(forms.Form):
    identity = forms.CharField(label="How they proved who they are", max_length=500, widget=SHORT)


class DecisionForm(forms.ModelForm[SubjectAccessDecision]):
    class Meta:
        model = SubjectAccessDecision
        fields = ["answer", "words", "ground", "reason"]
        widgets = {
            "answer": forms.RadioSelect,
            "ground": forms.RadioSelect,
            "words": SHORT,
            "reason": SHORT,
        }
        labels = {"ground": "Ground of section 45(4), where something is left out"}
        help_texts = {"reason": "Needed where something is left out, or names are given"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("answer", "ground"):
            field: Any = self.fields[name]
            field.choices = [choice for choice in field.choices if choice[0]]

    def _post_clean(self) -> None:
        """The service checks the decision."""
