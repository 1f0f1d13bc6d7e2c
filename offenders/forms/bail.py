"""Bail at the custody desk: few fields, a time that defaults to now, no date that the law gives."""

from typing import Any

from django import forms

from core.concurrency import VersionedForm
from core.dates import today
from core.form_fields import DateField, DateTimeField, this_minute
from core.ranks import Rank
from offenders.models import Arrest, Bail, CourtBail, Nominal, RemandApplication
from offenders.models.bail import BailState, ConditionKind, TagAnswer
from offenders.models.remand import Ground, RemandResult, TagRequest
from offenders.policies.bail import ENDS
from offenders.selectors.bail import latest_arrests
from offenders.services.bail import Authority, Condition

NARROW = forms.TextInput(attrs={"class": "govuk-input--width-20"})
SHORT = forms.Textarea(attrs={"rows": 3})
LONG = forms.Textarea(attrs={"rows": 8})
NO_TAG = [("", "No tag asked for"), *TagAnswer.choices]


class ArrestChoice(forms.ModelChoiceField[Arrest]):
    def label_from_instance(self, obj: Any) -> str:
        titles = ", ".join(offence.title for offence in obj.offences.all())
        return f"{Arrest.__str__(obj).rpartition(' on ')[2]}: {titles or obj.place}"


class OfNominalForm(forms.Form):
    """`nominal` narrows the arrests to choose from."""

    arrest = ArrestChoice(Arrest.objects.none(), empty_label=None)

    def __init__(self, *args: Any, nominal: Nominal, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "arrest" in self.fields:
            self.fields["arrest"].queryset = latest_arrests(nominal)  # type: ignore[attr-defined]  # a choice of models


class ConditionsForm(forms.Form):
    """Conditions, one a line; a tag, which is asked for and answered, by itself."""

    conditions = forms.CharField(
        required=False, widget=SHORT, help_text="One a line, such as: no contact with a witness."
    )
    tag_answer = forms.ChoiceField(
        label="Tag", choices=NO_TAG, required=False, widget=forms.RadioSelect, initial="",
        help_text="No statute lets the police order a tag: it is asked for, and agreed or refused.",
    )  # fmt: skip
    has_consent = forms.BooleanField(
        label="The wearer agrees to the tag in writing", required=False
    )
    legal_basis = forms.CharField(label="Legal basis of the tag", required=False, widget=SHORT)
    victim_views = forms.CharField(
        label="Views of the victim on the conditions",
        required=False,
        widget=SHORT,
        help_text="Or why nobody could be asked. Needed for arrests from 28 October 2022.",
    )

    def wanted(self) -> list[Condition]:
        data = self.cleaned_data
        lines = (line.strip() for line in data["conditions"].splitlines())
        found = [Condition(ConditionKind.OTHER, line) for line in lines if line]
        if answer := data["tag_answer"]:
            facts = (answer, data["has_consent"], data["legal_basis"])
            found.append(Condition(ConditionKind.TAG, "Wear a tag", *facts))
        return found


class GrantForm(OfNominalForm, ConditionsForm):
    granted_at = DateTimeField(label="Granted", initial=this_minute)
    authorised_rank = forms.TypedChoiceField(
        label="Authorised by: rank", choices=Rank, coerce=int, initial=Rank.SERGEANT
    )
    authorised_by = forms.CharField(label="Authorised by: name", max_length=120)
    surrender_at = DateTimeField(label="To surrender", required=False)
    surrender_place = forms.CharField(
        label="To surrender at", max_length=120, required=False, widget=NARROW
    )
    basis_note = forms.CharField(
        label="Why bail is necessary and proportionate",
        required=False,
        widget=SHORT,
        help_text="Needed for arrests before 28 October 2022.",
    )
    is_exceptional = forms.BooleanField(
        label="The case is designated exceptionally complex", required=False
    )
    field_order = [
        "arrest", "granted_at", "authorised_rank", "authorised_by", "surrender_at",
        "surrender_place", "basis_note",
    ]  # fmt: skip

    def authority(self) -> Authority:
        data = self.cleaned_data
        return Authority(data["granted_at"], data["authorised_by"], data["authorised_rank"])

    def facts(self) -> dict[str, Any]:
        names = ("surrender_at", "surrender_place", "basis_note", "victim_views", "is_exceptional")
        return {name: self.cleaned_data[name] for name in names}


class OneBailForm(VersionedForm):
    class Meta:
        model = Bail
        fields: list[str] = []


class VaryForm(OneBailForm, ConditionsForm):
    at = DateTimeField(label="Varied", initial=this_minute)
    removed = forms.TypedMultipleChoiceField(
        label="Conditions to remove",
        required=False,
        coerce=int,
        widget=forms.CheckboxSelectMultiple,
    )
    surrender_at = DateTimeField(label="To surrender", required=False)
    conditions = forms.CharField(label="Conditions to add", required=False, widget=SHORT)
    field_order = ["at", "surrender_at", "surrender_place", "removed", "conditions"]

    class Meta(OneBailForm.Meta):
        fields = ["surrender_at", "surrender_place", "victim_views"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = self.instance.conditions.filter(removed_at=None)
        choices = [(row.pk, str(row)) for row in rows]
        self.fields["removed"].choices = choices  # type: ignore[attr-defined]  # of a choice
        if not choices:
            del self.fields["removed"]

    def changes(self) -> dict[str, Any]:
        names = ("surrender_at", "surrender_place", "victim_views")
        return {name: self.cleaned_data[name] for name in names}


class ExtendForm(OneBailForm):
    at = DateTimeField(label="Authorised", initial=this_minute)
    authorised_rank = forms.TypedChoiceField(
        label="Authorised by: rank", choices=Rank, coerce=int, initial=Rank.INSPECTOR
    )
    authorised_by = forms.CharField(label="Authorised by: name", max_length=120)
    reason = forms.CharField(label="Why", widget=SHORT)

    def authority(self) -> Authority:
        data = self.cleaned_data
        return Authority(data["at"], data["authorised_by"], data["authorised_rank"])


class CourtExtendForm(OneBailForm):
    at = DateTimeField(label="Given", initial=this_minute)
    authorised_by = forms.CharField(label="Court", max_length=120)
    court_until = DateField(label="Last day")
    reason = forms.CharField(label="Why", widget=SHORT)

    def authority(self) -> Authority:
        return Authority(self.cleaned_data["at"], self.cleaned_data["authorised_by"])


class DayForm(OneBailForm):
    on = DateField(label="On", initial=today)


class BailEndForm(OneBailForm):
    reason = forms.ChoiceField(
        label="How it ended",
        choices=[(end.value, end.label) for end in (*ENDS, BailState.LAPSED)],
        widget=forms.RadioSelect,
        help_text="A breach is not an offence: it gives a power of arrest (s.46A PACE).",
    )
    at = DateTimeField(label="When", initial=this_minute)
    note = forms.CharField(required=False, widget=SHORT)
    is_offence = forms.BooleanField(
        label="Failing to surrender is recorded as an offence", required=False
    )


class TagAnswerForm(forms.Form):
    tag_answer = forms.ChoiceField(label="Answer", choices=TagAnswer, widget=forms.RadioSelect)
    has_consent = forms.BooleanField(
        label="The wearer agrees to the tag in writing", required=False
    )
    legal_basis = forms.CharField(label="Legal basis of the tag", required=False, widget=SHORT)


class ReleaseForm(OfNominalForm):
    from_at = DateTimeField(label="Released", initial=this_minute)
    reason = forms.CharField(label="Why", required=False, widget=SHORT)


class CourtBailForm(VersionedForm):
    """`nominal` where there is no record yet."""

    arrest = ArrestChoice(
        Arrest.objects.none(), required=False, empty_label="None that is known here"
    )
    granted_on = DateField(label="Granted", initial=today)
    next_hearing_on = DateField(label="Next hearing", required=False)
    tag = forms.ChoiceField(
        label="Tag as a condition of bail", choices=TagRequest, widget=forms.RadioSelect,
        initial=TagRequest.NOT_ASKED,
    )  # fmt: skip

    class Meta:
        model = CourtBail
        fields = [
            "arrest", "court", "granted_on", "conditions", "next_hearing_on", "tag", "tag_note",
        ]  # fmt: skip
        widgets = {"conditions": SHORT}

    def __init__(self, *args: Any, nominal: Nominal | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        arrests: Any = self.fields["arrest"]
        arrests.queryset = latest_arrests(nominal or self.instance.nominal)


class CourtBailEndForm(VersionedForm):
    on = DateField(label="Ended", initial=today)
    reason = forms.CharField(label="Why", max_length=200)

    class Meta:
        model = CourtBail
        fields: list[str] = []


class RemandForm(OfNominalForm):
    court = forms.CharField(max_length=120)
    applied_on = DateField(label="Applied on", initial=today)
    offence = forms.CharField(max_length=200)
    arrest = ArrestChoice(Arrest.objects.none(), required=False)
    grounds = forms.MultipleChoiceField(choices=Ground, widget=forms.CheckboxSelectMultiple)
    text = forms.CharField(label="The application", widget=LONG)
    asks_for_tag = forms.BooleanField(label="Asks for a tag, if released", required=False)
    field_order = ["court", "applied_on", "offence", "arrest"]


class ResultForm(VersionedForm):
    result = forms.ChoiceField(choices=RemandResult, widget=forms.RadioSelect)
    on = DateField(label="Decided on", initial=today)
    lessons = forms.CharField(label="What others can learn from it", required=False, widget=SHORT)
    is_shareable = forms.BooleanField(
        label="Colleagues may be given this application", required=False
    )

    class Meta:
        model = RemandApplication
        fields: list[str] = []


class ShareForm(forms.Form):
    recipient = forms.CharField(
        label="To whom",
        max_length=200,
        help_text="A person and their unit, such as the professional development unit.",
    )
    why = forms.CharField(label="Why", max_length=300)
    is_checked = forms.BooleanField(
        label="I have checked that the application is accurate", required=False
    )
