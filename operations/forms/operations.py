from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from core.concurrency import VersionedForm
from core.dates import today
from core.form_fields import DateField
from core.models import Unit, UnitKind
from offenders.forms.nominals import NominalField
from offenders.models import Arrest, Conviction, Crime
from offenders.selectors.officers import officers
from operations.models import (
    Operation,
    OperationArrest,
    OperationConviction,
    OperationCrime,
    OperationForce,
    OperationNominal,
    OperationOfficer,
    OperationPremises,
    OperationProperty,
    OperationVehicle,
)

SHORT = forms.Textarea(attrs={"rows": 3})
NARROW = forms.TextInput(attrs={"class": "govuk-input--width-10"})
POUNDS = forms.TextInput(attrs={"class": "govuk-input--width-10", "inputmode": "numeric"})


def areas() -> Any:
    return Unit.objects.filter(kind=UnitKind.AREA)


def places() -> Any:
    return Unit.objects.filter(kind__in=[UnitKind.AREA, UnitKind.DISTRICT])


class OperationForm(VersionedForm):
    starts_on = DateField(label="First day")
    ends_on = DateField(label="Last day", required=False)
    areas = forms.ModelMultipleChoiceField(
        places(), label="Areas", required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = Operation
        fields = ["name", "parent", "aim", "starts_on", "ends_on", "offence_group", "note"]
        labels = {"parent": "Inside the operation", "aim": "Aim"}
        widgets = {"aim": SHORT, "note": SHORT}
        help_texts = {
            "offence_group": "The figures of this offence stand on the page of its effect.",
        }

    field_order = ["name", "parent", "aim", "areas", "starts_on", "ends_on", "offence_group"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding:
            self.initial["starts_on"] = today()
        else:
            self.initial["areas"] = list(self.instance.areas.all())

    def _post_clean(self) -> None:
        """The service checks the record."""

    def facts(self) -> dict[str, Any]:
        return super().facts() | {"areas": list(self.cleaned_data["areas"])}


class StepForm(forms.Form):
    on = DateField(label="Day", initial=today)
    reason = forms.CharField(label="Why", max_length=500, widget=SHORT)


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Why", max_length=500, widget=SHORT)


class PartForm(VersionedForm):
    def _post_clean(self) -> None:
        """The service checks the record."""


class OfficerForm(PartForm):
    officer = forms.ModelChoiceField(officers(), label="Officer")
    area = forms.ModelChoiceField(areas(), label="Area")
    since = DateField(label="Since", initial=today)
    until = DateField(label="Last day", required=False)

    class Meta:
        model = OperationOfficer
        fields = ["officer", "area", "role", "since", "until"]
        labels = {"role": "Part"}


class CountyForm(PartForm):
    class Meta:
        model = OperationForce
        fields = ["county", "force", "note"]


class VehicleForm(PartForm):
    stolen_on = DateField(label="Stolen", required=False)
    recovered_on = DateField(label="Recovered", required=False)
    area = forms.ModelChoiceField(places(), label="Recovered in the area", required=False)
    is_shared = forms.BooleanField(
        label="Another operation has this vehicle: the two share it", required=False
    )

    class Meta:
        model = OperationVehicle
        fields = [
            "registration",
            "description",
            "value",
            "stolen_on",
            "county",
            "force",
            "recovered_on",
            "area",
        ]
        widgets = {"registration": NARROW, "value": POUNDS}
        labels = {"county": "Stolen in the county", "force": "Force"}


class PremisesForm(PartForm):
    found_on = DateField(label="Found", required=False)

    class Meta:
        model = OperationPremises
        fields = ["kind", "line", "town", "found_on", "note"]


class PropertyForm(PartForm):
    recovered_on = DateField(label="Recovered", initial=today)
    area = forms.ModelChoiceField(places(), label="Area", required=False)

    class Meta:
        model = OperationProperty
        fields = ["description", "value", "recovered_on", "area"]
        widgets = {"value": POUNDS}


class OperationNominalForm(PartForm):
    nominal = NominalField(label="Reference of the nominal", help_text="For example, N0000123")
    since = DateField(label="Since", initial=today)
    until = DateField(label="Last day", required=False)

    class Meta:
        model = OperationNominal
        fields = ["nominal", "part", "since", "until", "note"]
        labels = {"part": "Part in it"}


class CrimeField(forms.CharField):
    """A crime reference; gives the crime."""

    def clean(self, value: Any) -> Any:
        ref = str(super().clean(value)).strip().upper()
        found = Crime.objects.filter(pk=ref).first()
        if ref and found is None:
            raise ValidationError(f"There is no crime {ref}.")
        return found


class CrimeForm(PartForm):
    crime = CrimeField(label="Crime reference", widget=NARROW)

    class Meta:
        model = OperationCrime
        fields = ["crime"]


class ArrestChoice(forms.ModelChoiceField[Arrest]):
    def label_from_instance(self, arrest: Any) -> str:
        return f"{arrest}, {arrest.place}"


class ConvictionChoice(forms.ModelChoiceField[Conviction]):
    def label_from_instance(self, one: Any) -> str:
        return f"{one.nominal}: {one}, {one.convicted_on:%-d %b %Y}"


class ArrestLinkForm(PartForm):
    """Those of the operation's nominals that no operation has yet."""

    arrest = ArrestChoice(
        Arrest.objects.none(),
        label="Arrest",
        help_text="Arrests of the linked nominals that are in no operation yet.",
    )

    class Meta:
        model = OperationArrest
        fields = ["arrest"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Arrest.objects.filter(operation_link=None).select_related("nominal")
        mine = rows.filter(nominal__operations__operation=self.instance.operation)
        self.fields["arrest"].queryset = mine  # type: ignore[attr-defined]  # a choice of models


class ConvictionLinkForm(PartForm):
    conviction = ConvictionChoice(
        Conviction.objects.none(),
        label="Conviction",
        help_text="Convictions of the linked nominals that are in no operation yet.",
    )

    class Meta:
        model = OperationConviction
        fields = ["conviction"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        rows = Conviction.objects.filter(operation_link=None).select_related("nominal")
        mine = rows.filter(nominal__operations__operation=self.instance.operation)
        self.fields["conviction"].queryset = mine  # type: ignore[attr-defined]  # a choice of models


@dataclass(frozen=True)
class PartKind:
    model: type[models.Model]
    form: type[VersionedForm]
    noun: str  # with its article, for titles
    people: bool = False  # its pages name persons
    fixed: bool = False  # a link: it is made or removed, not changed


PARTS: Mapping[str, PartKind] = {
    "officer": PartKind(OperationOfficer, OfficerForm, "an officer"),
    "nominal": PartKind(OperationNominal, OperationNominalForm, "a nominal", people=True),
    "arrest": PartKind(OperationArrest, ArrestLinkForm, "an arrest", people=True, fixed=True),
    "conviction": PartKind(
        OperationConviction, ConvictionLinkForm, "a conviction", people=True, fixed=True
    ),
    "crime": PartKind(OperationCrime, CrimeForm, "a crime", fixed=True),
    "vehicle": PartKind(OperationVehicle, VehicleForm, "a vehicle"),
    "premises": PartKind(OperationPremises, PremisesForm, "premises"),
    "property": PartKind(OperationProperty, PropertyForm, "recovered property"),
    "county": PartKind(OperationForce, CountyForm, "a county"),
}
