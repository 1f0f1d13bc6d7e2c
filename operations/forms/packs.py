"""A gift is three keys and a number: everything else is as it was with the one before."""

from typing import Any

from django import forms

from core.concurrency import VersionedForm
from core.dates import today
from core.filters import DAYS, day_widget
from core.form_fields import DateField
from core.models import Unit, UnitKind
from operations.models import PackTarget, Partner, StockPlace
from operations.models.pack import new_movement_ref
from operations.models.property import PackLevel

NARROW = forms.TextInput(attrs={"class": "govuk-input--width-5", "inputmode": "numeric"})
LINES = forms.Textarea(attrs={"rows": 3})


def number(label: str, least: int = 1) -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=least, max_value=100_000, widget=NARROW)


def districts() -> Any:
    return Unit.objects.filter(kind=UnitKind.DISTRICT)


class AsAtForm(forms.Form):
    on = forms.DateField(
        label="As at the end of", required=False, widget=day_widget(), validators=DAYS
    )


class StockForm(forms.Form):
    """One stock, on one day; the place is chosen already where there is only one."""

    place = forms.ModelChoiceField(StockPlace.objects.filter(is_open=True), label="Stock")
    moved_on = DateField(label="Day", initial=today)
    level = forms.ChoiceField(
        label="Level", choices=PackLevel, widget=forms.RadioSelect, initial=PackLevel.BRONZE
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places = list(StockPlace.objects.filter(is_open=True)[:2])
        if len(places) == 1:
            self.initial.setdefault("place", places[0].pk)


class ReceiveForm(StockForm):
    number = number("Packs delivered")
    note = forms.CharField(label="Note", max_length=300, required=False)
    # The one thing that is not known beforehand comes first.
    field_order = ["number", "level", "place", "moved_on", "note"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["number"].widget.attrs["autofocus"] = True


class GiveForm(StockForm):
    movement_ref = forms.CharField(
        widget=forms.HiddenInput, initial=new_movement_ref, max_length=40
    )
    partner = forms.ModelChoiceField(
        Partner.objects.filter(is_open=True), label="To a partner", required=False
    )
    address = forms.CharField(
        label="Or to an address",
        max_length=200,
        required=False,
        help_text="The place alone, never a name. A known property may be given by its reference.",
    )
    district = forms.ModelChoiceField(
        queryset=Unit.objects.none(),
        label="District",
        required=False,
        help_text="Left empty, it is that of the partner or the known property.",
    )
    number = number("Packs given")
    # What differs from one gift to the next comes first.
    field_order = ["partner", "address", "number", "district", "level", "place", "moved_on"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = districts()  # type: ignore[attr-defined]  # a choice of models
        self.fields["partner"].widget.attrs["autofocus"] = True


class CountForm(StockForm):
    found = number("Packs found", least=0)
    note = forms.CharField(
        label="Why it differs from the entries",
        max_length=300,
        widget=LINES,
        error_messages={"required": "Say why the count differs from the entries."},
    )


class ReturnForm(forms.Form):
    number = number("Packs that came back")
    moved_on = DateField(label="Day", initial=today)
    place = forms.ModelChoiceField(
        StockPlace.objects.filter(is_open=True), label="To another stock", required=False,
        help_text="Left empty, they go back to where they came from.",
    )  # fmt: skip
    note = forms.CharField(label="Note", max_length=300, required=False)


class WithdrawForm(forms.Form):
    why = forms.CharField(label="Why it was wrong", max_length=300, widget=LINES)


class TargetForm(VersionedForm):
    starts_on = DateField(label="Counted from")
    due_on = DateField(label="Due by")

    class Meta:
        model = PackTarget
        fields = ["level", "title", "number", "starts_on", "due_on"]


class PlaceForm(forms.ModelForm[Any]):
    class Meta:
        model = StockPlace
        fields = ["code", "name"]
        help_texts = {"code": "A short word for files, such as hq-store."}


class PartnerForm(VersionedForm):
    class Meta:
        model = Partner
        fields = ["name", "kind", "district", "is_open"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["district"].queryset = districts()  # type: ignore[attr-defined]  # a choice of models


class NewPartnerForm(PartnerForm):
    class Meta(PartnerForm.Meta):
        fields = ["code", "name", "kind", "district"]
        help_texts = {"code": "A short word for files, such as st-invented."}
