from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core import looks
from core.concurrency import VersionedForm
from core.form_fields import DateField
from core.models import Unit, UnitKind
from offenders.models import (
    Address,
    Alias,
    Association,
    Identifier,
    Nominal,
    Priority,
    RiskScore,
    Typology,
    Vehicle,
    WarningMarker,
)
from offenders.models.identity import Part
from offenders.models.scope import open_rows, visible
from offenders.selectors.officers import officers

SHORT = forms.Textarea(attrs={"rows": 3})
DEGREES = forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "decimal"})


class NominalForm(VersionedForm):
    """The lead officer is not asked for: they change by a handover, which keeps its reason."""

    date_of_birth = DateField(label="Date of birth", required=False)

    class Meta:
        model = Nominal
        fields = [
            "surname",
            "forenames",
            "date_of_birth",
            "sex",
            "ethnicity",
            "pnc_id",
            "custody_ref",
            "unit",
            "second_officer",
            "note",
        ]
        widgets = {"note": SHORT, "sex": forms.RadioSelect}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["unit"]
        units.queryset = Unit.objects.filter(kind__in=[UnitKind.AREA, UnitKind.DISTRICT])
        for name in {"lead_officer", "second_officer"} & set(self.fields):
            field: Any = self.fields[name]
            field.queryset = officers()

    def _post_clean(self) -> None:
        """The service checks the record: it knows the reference and the officer."""


class NewNominalForm(NominalForm):
    none_of_these = forms.BooleanField(
        label="None of these is this person", required=False, widget=forms.HiddenInput
    )

    class Meta(NominalForm.Meta):
        fields = ["ref", *NominalForm.Meta.fields, "lead_officer"]
        help_texts = {"ref": "The force's number. Leave it blank to be given one."}

    field_order = ["ref", *NominalForm.Meta.fields[:-2], "lead_officer"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ref"].required = False
        self.fields["lead_officer"].required = False
        self.fields["lead_officer"].help_text = "Leave it blank for yourself."

    def offer_none_of_these(self) -> None:
        self.fields["none_of_these"].widget = forms.CheckboxInput()

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        return facts if facts["lead_officer"] else facts | {"lead_officer": None}


class PartForm(VersionedForm):
    def _post_clean(self) -> None:
        """The service checks the record: it knows whose it is."""


class AliasForm(PartForm):
    date_of_birth = DateField(label="Date of birth given", required=False)

    class Meta:
        model = Alias
        fields = ["surname", "forenames", "date_of_birth"]
        help_texts = {"forenames": "A nickname too"}


class IdentifierForm(PartForm):
    class Meta:
        model = Identifier
        fields = ["kind", "value"]


class PeriodForm(PartForm):
    since = DateField(label="Since", required=False)
    until = DateField(label="Until", required=False, help_text="The last day. Blank: still true.")


class AddressForm(PeriodForm):
    class Meta:
        model = Address
        fields = ["kind", "line", "postcode", "latitude", "longitude", "since", "until"]
        widgets = dict.fromkeys(("latitude", "longitude"), DEGREES)
        help_texts = {
            "latitude": "Degrees north, such as 52.2053. The daily scan shows who lives near.",
            "longitude": "Degrees east, such as -0.1218; west of Greenwich with a minus.",
        }


class VehicleForm(PeriodForm):
    class Meta:
        model = Vehicle
        fields = ["registration", "description", "since", "until"]


class NominalField(forms.CharField):
    """The reference of a nominal; gives the nominal."""

    def clean(self, value: Any) -> Any:
        ref = super().clean(value)
        with looks.unshown():
            found = visible(Nominal.objects.live()).filter(ref=ref.strip().upper()).first()
        if found is None:
            raise ValidationError(f"There is no nominal with the reference “{ref}”.")
        if found.covered:
            raise ValidationError(found.covered)
        return found

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, int):
            rows = open_rows(Nominal.objects.filter(pk=value))
            return rows.values_list("ref", flat=True).first() or ""
        return value


class AssociationForm(PeriodForm):
    other = NominalField(label="Reference of the associate", help_text="For example, N0000123")

    class Meta:
        model = Association
        fields = ["other", "kind", "text", "since", "until"]


class WarningForm(PeriodForm):
    class Meta:
        model = WarningMarker
        fields = ["marker", "text", "since", "until"]


class TypologyForm(PeriodForm):
    class Meta:
        model = Typology
        fields = ["kind", "text", "since", "until"]


class RiskScoreForm(PartForm):
    scored_on = DateField(label="Date of the score")

    class Meta:
        model = RiskScore
        fields = [
            "instrument",
            "instrument_version",
            "value",
            "band",
            "nature",
            "scored_on",
            "scored_by",
        ]
        widgets = {"value": forms.TextInput(attrs={"inputmode": "decimal"})}


class PriorityForm(forms.ModelForm[Priority]):
    """Each factor with the last decision's level, so that only what changed is chosen anew."""

    class Meta:
        model = Priority
        fields = ["threat", "risk", "harm", "vulnerability", "reason"]
        widgets = {
            **dict.fromkeys(("threat", "risk", "harm", "vulnerability"), forms.RadioSelect),
            "reason": SHORT,
        }

    def _post_clean(self) -> None:
        """The service checks the record."""


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Reason", max_length=500, widget=SHORT)


class MergeForm(ReasonForm):
    gone = NominalField(
        label="Reference of the duplicate",
        help_text="Everything about the duplicate moves to this nominal. You can undo it.",
    )
    field_order = ["gone", "reason"]


@dataclass(frozen=True)
class PartKind:
    model: type[Part]
    form: type[VersionedForm]
    noun: str  # with its article, for titles


PARTS: Mapping[str, PartKind] = {
    "alias": PartKind(Alias, AliasForm, "an alias"),
    "identifier": PartKind(Identifier, IdentifierForm, "an identifier"),
    "address": PartKind(Address, AddressForm, "an address"),
    "vehicle": PartKind(Vehicle, VehicleForm, "a vehicle"),
    "association": PartKind(Association, AssociationForm, "an associate"),
    "warning": PartKind(WarningMarker, WarningForm, "a warning"),
    "typology": PartKind(Typology, TypologyForm, "a typology"),
    "risk-score": PartKind(RiskScore, RiskScoreForm, "a risk score"),
}
