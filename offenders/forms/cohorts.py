from typing import Any

from django import forms
from django.db.models import QuerySet

from core.concurrency import VersionedForm
from core.dates import today
from core.form_fields import DateField
from offenders.forms.nominals import SHORT, NominalField, ReasonForm
from offenders.models import Cohort, Membership, Nominal
from offenders.models.cohort import BY_ONE, Category, Rag
from offenders.policies.cohorts import RATED, Step
from offenders.selectors.officers import officers

CATEGORIES = Category.choices
RATINGS = [choice for choice in Rag.choices if choice[0] != Rag.BLUE]


class NominateForm(ReasonForm):
    """`category`: for those who may accept at once."""

    nominal = NominalField(label="Reference of the nominal", help_text="For example, N0000123")
    cohort = forms.ModelChoiceField(Cohort.objects.none(), empty_label=None)
    category = forms.ChoiceField(
        label="Accept at once as",
        choices=[("", "Not yet: the panel decides"), *CATEGORIES],
        widget=forms.RadioSelect,
        required=False,
    )
    on = DateField(label="Date")
    field_order = ["nominal", "cohort", "reason", "category", "on"]

    def __init__(self, *args: Any, may_accept: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cohorts: Any = self.fields["cohort"]
        cohorts.queryset = Cohort.objects.open()
        self.initial.setdefault("on", today())
        if not may_accept:
            del self.fields["category"]


class StepForm(VersionedForm):
    """What the step asks for and nothing else."""

    category = forms.ChoiceField(choices=CATEGORIES, widget=forms.RadioSelect)
    rag = forms.ChoiceField(label="RAG", choices=RATINGS, widget=forms.RadioSelect)
    exit = forms.ChoiceField(
        label="Why do they leave the cohort?", choices=BY_ONE, widget=forms.RadioSelect
    )
    reason = forms.CharField(label="Reason", max_length=500, widget=SHORT)
    on = DateField(label="Date")

    class Meta:
        model = Membership
        fields = ["category", "rag", "exit"]

    def __init__(self, *args: Any, step: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        asked = {
            "category": step == Step.ACCEPTED,
            "rag": step in RATED,
            "exit": step == Step.DESELECTED,
        }
        for name in [name for name, is_asked in asked.items() if not is_asked]:
            del self.fields[name]
        self.initial["on"] = today()

    def _post_clean(self) -> None:
        """The service checks the step."""


class HandoverForm(VersionedForm):
    lead_officer = forms.ModelChoiceField(officers(), label="New lead officer")
    second_officer = forms.ModelChoiceField(
        officers(), label="Second officer", required=False, empty_label="Nobody"
    )
    reason = forms.CharField(label="Reason", max_length=500, widget=SHORT)

    class Meta:
        model = Nominal
        fields = ["lead_officer", "second_officer"]

    def _post_clean(self) -> None:
        """The service checks who may be given nominals."""


class HandoverManyForm(forms.Form):
    """All are ticked: whoever leaves leaves everything."""

    nominals = forms.ModelMultipleChoiceField(
        Nominal.objects.none(), label="Nominals", widget=forms.CheckboxSelectMultiple
    )
    lead_officer = forms.ModelChoiceField(officers(), label="New lead officer")
    reason = forms.CharField(label="Reason", max_length=500, widget=SHORT)

    def __init__(self, *args: Any, nominals: QuerySet[Nominal], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["nominals"]
        field.queryset = nominals
        field.label_from_instance = _led_by
        self.initial.setdefault("nominals", [nominal.pk for nominal in nominals])


def _led_by(nominal: Nominal) -> str:
    return f"{nominal} ({nominal.ref}), was led by {nominal.lead_officer}"


class CohortChangeForm(VersionedForm):
    class Meta:
        model = Cohort
        fields = ["name", "purpose"]
        widgets = {"purpose": SHORT}
        help_texts = {
            "name": "The address of its page stays as it is",
            "purpose": "Who is managed in it, and why",
        }

    def _post_clean(self) -> None:
        """The service checks the record."""


class CohortCloseForm(VersionedForm):
    """`inside` and `waiting`: how many people would go with it."""

    on = DateField(label="Last day", initial=today)
    reason = forms.CharField(label="Why it is closed", max_length=500, widget=SHORT)
    ends_memberships = forms.BooleanField(required=False)

    class Meta:
        model = Cohort
        fields: list[str] = []

    def __init__(self, *args: Any, inside: int, waiting: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        going = [
            f"end {_counted(inside, 'membership')}" if inside else "",
            f"decline {_counted(waiting, 'nomination')}" if waiting else "",
        ]
        if words := " and ".join(filter(None, going)):
            label = f"{words[0].upper()}{words[1:]}, with this reason and day"
            self.fields["ends_memberships"].label = label
        else:
            del self.fields["ends_memberships"]


def _counted(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


class CohortForm(forms.ModelForm[Cohort]):
    opened_on = DateField(label="Opened", initial=today)

    class Meta:
        model = Cohort
        fields = ["name", "purpose", "opened_on"]
        widgets = {"purpose": SHORT}
        help_texts = {"purpose": "Who is managed in it, and why"}

    def _post_clean(self) -> None:
        """The service checks the record."""
