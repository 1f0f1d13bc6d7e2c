from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.concurrency import VersionedForm
from core.dates import today
from core.form_fields import DateField
from core.models import Unit, UnitKind
from offenders.forms.nominals import SHORT, NominalField, ReasonForm
from offenders.models import Crime, CrimeSeries
from offenders.selectors.officers import officers


class CrimeField(forms.CharField):
    """The reference of a crime; gives the crime."""

    def clean(self, value: Any) -> Any:
        ref = super().clean(value)
        if not ref:
            return None
        found = Crime.objects.filter(pk=ref.strip().upper()).first()
        if found is None:
            raise ValidationError(f"There is no crime with the reference “{ref}”.")
        return found


class SeriesForm(VersionedForm):
    class Meta:
        model = CrimeSeries
        fields = ["name", "method", "unit", "owner"]
        widgets = {"method": SHORT}
        help_texts = {"method": "Place, time of day, way in, what is taken"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        units: Any = self.fields["unit"]
        units.queryset = Unit.objects.filter(kind__in=[UnitKind.AREA, UnitKind.DISTRICT])
        units.label = "Area"
        owners: Any = self.fields["owner"]
        owners.queryset = officers()

    def _post_clean(self) -> None:
        """The service checks the record."""


class NewSeriesForm(SeriesForm):
    crime = CrimeField(label="Reference of its first crime", required=False)
    why = forms.CharField(
        label="Why this crime belongs to it", max_length=500, required=False, widget=SHORT
    )
    opened_on = DateField(label="Opened")

    class Meta(SeriesForm.Meta):
        fields = ["ref", *SeriesForm.Meta.fields, "opened_on"]
        help_texts = {
            **SeriesForm.Meta.help_texts,
            "ref": "The force's number. Leave it blank to be given one.",
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["ref"].required = False
        self.fields["owner"].required = False
        self.fields["owner"].help_text = "Leave it blank for yourself."
        self.initial.setdefault("opened_on", today())

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        if facts["owner"] is None:
            del facts["owner"]
        return facts


class OpenSeriesField(forms.ModelChoiceField[CrimeSeries]):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(CrimeSeries.objects.none(), empty_label="Choose", **kwargs)


class LinkForm(forms.Form):
    """From the page of a series."""

    crime = CrimeField(label="Crime reference")
    why = forms.CharField(label="Why it belongs to the series", max_length=500, widget=SHORT)


class _ChoosesSeries(forms.Form):
    series = OpenSeriesField(label="Series")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        series: Any = self.fields["series"]
        series.queryset = CrimeSeries.objects.open().order_by("name")


class LinkThisForm(_ChoosesSeries):
    """From the page of a crime."""

    why = forms.CharField(label="Why it belongs to the series", max_length=500, widget=SHORT)


class SuspectForm(forms.Form):
    """From the page of a series."""

    nominal = NominalField(label="Reference of the nominal", help_text="For example, N0000123")
    why = forms.CharField(label="Why they are suspected", max_length=500, widget=SHORT)


class SuspectThisForm(_ChoosesSeries):
    """From the page of a nominal."""

    why = forms.CharField(label="Why they are suspected", max_length=500, widget=SHORT)


class CloseForm(ReasonForm):
    on = DateField(label="Closed on")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", today())
