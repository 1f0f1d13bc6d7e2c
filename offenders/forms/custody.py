"""Few fields and a time that defaults to now: somebody stands at a custody desk."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core import looks
from core.concurrency import SeenPlainForm, VersionedForm
from core.form_fields import DateTimeField, this_minute
from core.models import Unit, UnitKind
from core.ranks import Rank
from offenders.custody.clock import Kind
from offenders.models import Arrest, Crime, Detention, Nominal, TrialMode, VoluntaryAttendance
from offenders.models.detention import CaseChoice, Result
from offenders.models.scope import visible
from offenders.selectors.officers import officers
from offenders.services.arrests import ArrestedFor, usual_mode
from offenders.services.custody import Admission

NARROW = forms.TextInput(attrs={"class": "govuk-input--width-20"})
REASON = forms.Textarea(attrs={"rows": 2})


class CrimesField(forms.CharField):
    """Crime references, one a line; gives the crimes."""

    widget = forms.Textarea(attrs={"rows": 2})

    def clean(self, value: Any) -> list[Crime]:
        refs = list(dict.fromkeys(str(super().clean(value)).replace(",", "\n").split()))
        found = Crime.objects.select_related("offence").in_bulk(refs)
        if missing := [ref for ref in refs if ref not in found]:
            raise ValidationError(f"There is no crime {', '.join(missing)}.")
        return [found[ref] for ref in refs]


class ArrestForm(forms.Form):
    """An arrest, and the way into custody when the station is given."""

    arrested_at = DateTimeField(label="Arrested", initial=this_minute)
    place = forms.CharField(label="Where", max_length=200)
    offence = forms.CharField(
        label="Arrested for",
        max_length=200,
        required=False,
        help_text="Such as burglary in a dwelling. Leave it empty when the crimes below say it.",
    )
    crimes = CrimesField(
        label="Linked crimes", required=False, help_text="Crime references, one a line."
    )
    mode = forms.ChoiceField(
        label="Tried",
        choices=TrialMode,
        initial=TrialMode.EITHER,
        widget=forms.RadioSelect,
        help_text="Of the offence above. Summary only cannot be held past 24 hours.",
    )
    arresting_officer = forms.ModelChoiceField(officers())
    operation = forms.CharField(max_length=80, required=False, widget=NARROW)
    district = forms.ModelChoiceField(
        Unit.objects.filter(kind=UnitKind.DISTRICT), label="District", required=False
    )
    station = forms.CharField(
        label="Taken to",
        max_length=80,
        required=False,
        widget=NARROW,
        help_text="The custody suite. Leave it empty when the person was not taken into custody.",
    )
    arrived_at = DateTimeField(label="Arrived at the station", required=False)
    authorised_at = DateTimeField(label="Detention authorised", required=False)
    appropriate_adult = forms.CharField(
        label="Appropriate adult",
        max_length=120,
        required=False,
        help_text="This is a child: who was told. It can wait, but no longer than until the charge.",
    )

    def __init__(self, *args: Any, nominal: Nominal | None = None, **kwargs: Any) -> None:
        """`nominal`, where they are known: only a child is asked about the adult."""
        super().__init__(*args, **kwargs)
        if nominal is None or not nominal.is_child:
            del self.fields["appropriate_adult"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("offence") or cleaned.get("crimes")) and "crimes" not in self.errors:
            self.add_error("offence", "Say what the person was arrested for.")
        if cleaned.get("station") and not cleaned.get("arrived_at"):
            self.add_error(
                "arrived_at", "Say when the person arrived there: the clock runs from it."
            )
        of_custody = ("arrived_at", "authorised_at", "appropriate_adult")
        if not cleaned.get("station") and any(cleaned.get(name) for name in of_custody):
            self.add_error("station", "Say where the person was taken.")
        return cleaned

    def facts(self) -> dict[str, Any]:
        names = ("arrested_at", "place", "district", "arresting_officer", "operation")
        return {name: self.cleaned_data[name] for name in names}

    def offences(self) -> list[ArrestedFor]:
        data = self.cleaned_data
        linked = [ArrestedFor(usual_mode(crime), crime=crime) for crime in data["crimes"]]
        free = [ArrestedFor(data["mode"], title=data["offence"])] if data["offence"] else []
        return free + linked

    def admission(self) -> Admission | None:
        data = self.cleaned_data
        if not data["station"]:
            return None
        return Admission(data["station"], data["arrived_at"], data["authorised_at"])

    def adult(self) -> str:
        return str(self.cleaned_data.get("appropriate_adult", ""))


class NominalField(forms.CharField):
    """The force's own number of a nominal; gives the nominal."""

    def clean(self, value: Any) -> Nominal:
        ref = str(super().clean(value)).strip()
        with looks.unshown():
            found = visible(Nominal.objects.live()).filter(ref__iexact=ref).first()
        if not found:
            raise ValidationError(f"No nominal has the reference “{ref}”.")
        if found.covered:
            raise ValidationError(found.covered)
        return found


class AnybodysArrestForm(ArrestForm):
    nominal = NominalField(
        label="Nominal",
        widget=NARROW,
        help_text="Their reference, such as N000123. With a name you are shown whom it may mean.",
    )
    field_order = ["nominal"]


class ArrestChangeForm(VersionedForm):
    class Meta:
        model = Arrest
        fields = ["place", "district", "operation", "ref", "note"]
        widgets = {"note": REASON}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        districts = Unit.objects.filter(kind=UnitKind.DISTRICT)
        self.fields["district"].queryset = districts  # type: ignore[attr-defined]  # a choice of models


class CrimeField(forms.CharField):
    """The reference of one crime, or nothing."""

    def clean(self, value: Any) -> Crime | None:
        ref = str(super().clean(value)).strip().upper()
        found = Crime.objects.select_related("offence").filter(pk=ref).first() if ref else None
        if ref and found is None:
            raise ValidationError(f"There is no crime {ref}.")
        return found


class OffenceForm(forms.Form):
    """One thing that a person was arrested for."""

    title = forms.CharField(
        label="Arrested for",
        max_length=200,
        required=False,
        help_text="Leave it empty when the crime says it.",
    )
    crime = CrimeField(label="Linked crime", required=False, widget=NARROW)
    mode = forms.ChoiceField(
        label="Tried", choices=TrialMode, initial=TrialMode.EITHER, widget=forms.RadioSelect
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not (cleaned.get("title") or cleaned.get("crime")) and "crime" not in self.errors:
            self.add_error("title", "Say what the person was arrested for.")
        return cleaned


class OffenceChangeForm(SeenPlainForm, OffenceForm):
    """Tells what somebody else changed meanwhile."""


class AdmissionForm(forms.Form):
    case = forms.ChoiceField(
        label="How the detention begins", choices=CaseChoice, widget=forms.RadioSelect,
        initial=CaseChoice.ORDINARY,
    )  # fmt: skip
    station = forms.CharField(label="Station", max_length=80, widget=NARROW)
    entered_at = DateTimeField(
        label="Entered England and Wales",
        required=False,
        help_text="Only after an arrest outside England and Wales.",
    )
    arrived_at = DateTimeField(label="Arrived at the station", initial=this_minute)
    authorised_at = DateTimeField(label="Detention authorised", required=False)
    custody_number = forms.CharField(max_length=20, required=False, widget=NARROW)
    appropriate_adult = forms.CharField(
        label="Appropriate adult",
        max_length=120,
        required=False,
        help_text="For a child, or an adult who is vulnerable.",
    )

    def admission(self) -> Admission:
        names = ("station", "arrived_at", "authorised_at", "entered_at")
        return Admission(**{name: self.cleaned_data[name] for name in names})

    def facts(self) -> dict[str, Any]:
        names = ("case", "custody_number", "appropriate_adult")
        return {name: self.cleaned_data[name] for name in names}


class AttendanceForm(forms.Form):
    attended_at = DateTimeField(label="Attended", initial=this_minute)
    station = forms.CharField(label="Station", max_length=80, widget=NARROW)
    reason = forms.CharField(label="Why", max_length=200)
    appropriate_adult = forms.CharField(
        label="Appropriate adult",
        max_length=120,
        required=False,
        help_text="Who came with a child, or with an adult who is vulnerable.",
    )
    result = forms.CharField(
        label="Result",
        max_length=200,
        required=False,
        help_text="Leave it empty while nothing has come of it: it can be added later.",
    )


class AttendanceChangeForm(VersionedForm):
    class Meta:
        model = VoluntaryAttendance
        fields = ["station", "reason", "appropriate_adult", "result"]


class EventForm(forms.Form):
    """One thing that happened: its time, and the one or two facts that its kind needs."""

    at = DateTimeField(label="When", initial=this_minute)

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value not in (None, "")}


class AuthorisedForm(EventForm):
    authorised_rank = forms.TypedChoiceField(label="Rank", choices=Rank, coerce=int)
    authorised_by = forms.CharField(label="Name", max_length=120)


class ReviewForm(AuthorisedForm):
    authorised_rank = forms.TypedChoiceField(
        label="Reviewed by: rank", choices=Rank, coerce=int, initial=Rank.INSPECTOR
    )


class ExtensionForm(AuthorisedForm):
    authorised_rank = forms.TypedChoiceField(
        label="Given by: rank", choices=Rank, coerce=int, initial=Rank.SUPERINTENDENT
    )
    hours = forms.FloatField(
        label="To how many hours from the relevant time", initial=36, min_value=0, widget=NARROW
    )


class WarrantForm(EventForm):
    hours = forms.FloatField(
        label="For how many hours from its issue", initial=36, min_value=0, widget=NARROW
    )
    reason = forms.CharField(label="Court", max_length=200, required=False)


class PostponedForm(EventForm):
    reason = forms.CharField(label="Why it was postponed", widget=REASON)


class HospitalForm(EventForm):
    is_medical = forms.TypedChoiceField(
        label="Why",
        choices=[("yes", "Treatment: the clock stops"), ("no", "A search or sample: it runs on")],
        initial="yes",
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )


class QuestionedForm(EventForm):
    at = DateTimeField(label="From")
    until = DateTimeField(label="Until", initial=this_minute)


class ReturnForm(EventForm):
    is_breach = forms.TypedChoiceField(
        label="How",
        choices=[("no", "Answered bail"), ("yes", "Arrested for a breach, or for not answering")],
        initial="no",
        coerce=lambda word: word == "yes",
        widget=forms.RadioSelect,
    )


FORMS: dict[Kind, type[EventForm]] = {
    Kind.ARRIVED: EventForm,
    Kind.ENTERED: EventForm,
    Kind.AUTHORISED: EventForm,
    Kind.REVIEWED: ReviewForm,
    Kind.POSTPONED: PostponedForm,
    Kind.EXTENDED: ExtensionForm,
    Kind.WARRANT: WarrantForm,
    Kind.TO_HOSPITAL: HospitalForm,
    Kind.QUESTIONED: QuestionedForm,
    Kind.FROM_HOSPITAL: EventForm,
    Kind.RETURNED: ReturnForm,
    Kind.CHARGED: EventForm,
}


class EndForm(VersionedForm):
    ended_at = DateTimeField(label="When")
    result = forms.ChoiceField(label="Result", choices=Result, widget=forms.RadioSelect)

    class Meta:
        model = Detention
        fields = ["ended_at", "result"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["ended_at"] = this_minute()


class DetentionForm(VersionedForm):
    class Meta:
        model = Detention
        fields = ["officer", "station", "custody_number", "appropriate_adult"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["officer"].queryset = officers()  # type: ignore[attr-defined]  # a choice of models
