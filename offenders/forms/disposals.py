"""What is asked when a disposal is offered, answered, and run."""

from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.concurrency import VersionedForm
from core.form_fields import DateField, DateTimeField, this_minute
from core.ranks import Rank
from offenders.forms.custody import NARROW, CrimesField
from offenders.models import Conviction, Crime, Disposal, DisposalType, Nominal, OffenceCode
from offenders.models.conviction import Runs, SentenceKind
from offenders.models.disposal import Admission, ConditionKind, State, Tier, VictimView
from offenders.services.disposals import Wanted

ROWS = 3  # conditions of the form; more are added by varying or through the API
LONG = forms.Textarea(attrs={"rows": 4})
SHORT = forms.Textarea(attrs={"rows": 2})
KINDS = [("", "None"), *ConditionKind.choices]


class TypeField(forms.ModelChoiceField[DisposalType]):
    def label_from_instance(self, obj: DisposalType) -> str:
        return f"{obj.title} ({obj.get_tier_display().lower()})"


class OfferForm(forms.Form):
    type = TypeField(DisposalType.objects.none(), label="Disposal", empty_label="Choose")
    crimes = CrimesField(label="For the crimes", help_text="Crime references, one a line.")
    offered_at = DateTimeField(label="When", initial=this_minute)
    admission = forms.ChoiceField(
        label="Admission", choices=Admission, initial=Admission.NONE, widget=forms.RadioSelect
    )
    victim_view = forms.ChoiceField(
        label="View of the victim", choices=VictimView, widget=forms.RadioSelect,
        initial=VictimView.NOT_ASKED,
    )  # fmt: skip
    rationale = forms.CharField(
        label="Why this, and why now",
        max_length=2000,
        widget=LONG,
        help_text="What was tried before, and why this is the next step.",
    )
    authorised_rank = forms.TypedChoiceField(
        label="Authorised by: rank", choices=Rank, coerce=int, initial=Rank.SERGEANT
    )
    authorised_by = forms.CharField(label="Name", max_length=120)
    appropriate_adult = forms.CharField(
        label="Appropriate adult",
        max_length=120,
        required=False,
        help_text="Who is with the child when it is given. A youth caution needs one.",
    )
    ends_on = DateField(
        label="Last day of the period",
        required=False,
        help_text="Left empty, the usual period of the disposal, when it has conditions.",
    )

    def __init__(
        self, *args: Any, types: list[DisposalType], is_child: bool = False, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        if not is_child:
            del self.fields["appropriate_adult"]
        chosen: Any = self.fields["type"]
        chosen.queryset = DisposalType.objects.filter(pk__in=[found.pk for found in types])
        for row in range(1, ROWS + 1):
            self.fields |= _condition_fields(row)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for row in range(1, ROWS + 1):
            names = [f"kind_{row}", f"text_{row}", f"due_on_{row}"]
            given = [bool(cleaned.get(name)) for name in names]
            if any(given) and not all(given) and not self.errors.keys() & set(names):
                name = names[given.index(False)]
                self.add_error(name, "Give the kind, what to do and by when, or none of them.")
        return cleaned

    def conditions(self) -> list[Wanted]:
        return list(self._conditions())

    def _conditions(self) -> Iterator[Wanted]:
        data = self.cleaned_data
        for row in range(1, ROWS + 1):
            if data[f"text_{row}"]:
                yield Wanted(data[f"kind_{row}"], data[f"text_{row}"], data[f"due_on_{row}"])

    def facts(self) -> dict[str, Any]:
        names = ("type", "offered_at", "admission", "victim_view", "rationale", "authorised_rank")
        more = ("authorised_by", "ends_on", "crimes")
        adult = {"appropriate_adult"} & set(self.fields)
        return {name: self.cleaned_data[name] for name in (*names, *more, *adult)}


def _condition_fields(row: int) -> dict[str, forms.Field]:
    return {
        f"kind_{row}": forms.ChoiceField(label=f"Condition {row}", choices=KINDS, required=False),
        f"text_{row}": forms.CharField(
            label=f"Condition {row}: what the person has to do", max_length=300, required=False
        ),
        f"due_on_{row}": DateField(label=f"Condition {row}: by", required=False),
    }


class AcceptForm(forms.Form):
    at = DateTimeField(label="When", initial=this_minute)
    has_consent = forms.BooleanField(label="The person consents and has signed", required=False)


class CompleteForm(forms.Form):
    at = DateTimeField(label="When", initial=this_minute)


class StepReasonForm(forms.Form):
    reason = forms.CharField(label="Reason", widget=SHORT)


class EvidenceForm(forms.Form):
    evidence = forms.CharField(label="What shows that it is met", widget=SHORT)


class NotMetForm(StepReasonForm):
    has_excuse = forms.TypedChoiceField(
        label="Was there a reasonable excuse?",
        choices=[("yes", "Yes: the condition can be varied"), ("no", "No: it is a breach")],
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )


class VaryForm(StepReasonForm):
    kind = forms.ChoiceField(label="Kind", choices=ConditionKind)
    text = forms.CharField(label="What the person has to do now", max_length=300)
    due_on = DateField(label="By")

    def wanted(self) -> Wanted:
        data = self.cleaned_data
        return Wanted(data["kind"], data["text"], data["due_on"])


class BreachForm(StepReasonForm):
    decision = forms.ChoiceField(
        label="What follows",
        choices=[
            ("prosecuted", "Prosecute the original offence"),
            ("varied", "Go on, with the conditions varied"),
            ("withdrawn", "Withdraw the disposal"),
        ],
        widget=forms.RadioSelect,
    )


class CrimeField(forms.CharField):
    """The reference of one crime; gives the crime."""

    def clean(self, value: Any) -> Crime | None:
        ref = str(super().clean(value) or "").strip()
        found = Crime.objects.filter(pk=ref).first() if ref else None
        if ref and not found:
            raise ValidationError(f"There is no crime {ref}.")
        return found


class SentenceForm(forms.Form):
    kind = forms.ChoiceField(label="Sentence", choices=SentenceKind)
    sentenced_on = DateField(label="Date of sentence")
    months = forms.IntegerField(label="Months", min_value=1, required=False, widget=NARROW)
    operational_months = forms.IntegerField(
        label="Suspended for, in months", min_value=1, required=False, widget=NARROW
    )
    pounds = forms.IntegerField(
        label="Amount in pounds", min_value=1, required=False, widget=NARROW
    )
    runs = forms.ChoiceField(
        label="Beside the other sentences", choices=[("", "Alone"), *Runs.choices], required=False
    )
    note = forms.CharField(label="Note", max_length=200, required=False)


class ConvictionForm(VersionedForm):
    convicted_on = DateField(label="Date of conviction")
    crime = CrimeField(label="Crime", required=False, widget=NARROW)

    class Meta:
        model = Conviction
        fields = [
            "court",
            "convicted_on",
            "title",
            "offence",
            "crime",
            "charge",
            "operation",
            "note",
        ]
        widgets = {"note": SHORT}

    def __init__(self, *args: Any, nominal: Nominal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        charges: Any = self.fields["charge"]
        charges.queryset = Disposal.objects.filter(
            nominal=nominal, tier=Tier.CHARGE, state=State.COMPLETED
        ).select_related("type", "nominal")
        offences: Any = self.fields["offence"]
        offences.queryset = OffenceCode.objects.all()

    def _post_clean(self) -> None:
        """The service checks the record: it knows the nominal."""
