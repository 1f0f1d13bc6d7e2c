"""Few fields each: a sergeant works through sixty rows before the briefing."""

from typing import Any

from django import forms

from core.models import Unit
from offenders.forms.custody import REASON
from offenders.models import CrimeSeries
from offenders.models.series import SeriesState
from operations.forms.actions import ActionForm
from operations.models import ActionKind, Mark, ScanRow
from operations.selectors.living_near import Neighbour
from operations.selectors.scans import areas

RECORD, PLACE, NOMINAL = "record", "place", "nominal-"


class StartForm(forms.Form):
    area = forms.ModelChoiceField(
        Unit.objects.none(), label="Area", widget=forms.RadioSelect, empty_label=None
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas()  # type: ignore[attr-defined]  # a choice of models


class MarkForm(forms.Form):
    mark = forms.ChoiceField(choices=[(Mark.SEEN, "Seen"), (Mark.NO_ACTION, "No action")])
    note = forms.CharField(label="Why no action", max_length=300, required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)


class LinkForm(forms.Form):
    """To a series that is open, or to a new one."""

    series = forms.ModelChoiceField(
        CrimeSeries.objects.filter(state=SeriesState.OPEN),
        label="Series",
        required=False,
        empty_label="A new series",
    )
    name = forms.CharField(
        label="Name of the new series", max_length=100, required=False,
        help_text="Only for a new series.",
    )  # fmt: skip
    why = forms.CharField(label="Why it belongs", max_length=300, widget=REASON)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _begin_at(self, "series")

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if not cleaned.get("series") and not cleaned.get("name"):
            self.add_error("name", "Choose a series, or name a new one.")
        return cleaned


class ScanActionForm(ActionForm):
    """About the record, its place, or somebody who lives near."""

    subject = forms.ChoiceField(label="About", widget=forms.RadioSelect, initial=RECORD)
    version = forms.IntegerField(widget=forms.HiddenInput)
    field_order = ["task", "owner", "subject", "aim", "kind", "due_at"]

    def __init__(
        self, *args: Any, row: ScanRow, place: str, near: list[Neighbour], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.row, self.place = row, place
        choices = [(RECORD, f"{'Crime' if row.crime_id else 'Incident'} {row.ref}")]
        choices += [(PLACE, f"The place: {place}")] if place else []
        choices += [
            (f"{NOMINAL}{one.nominal.pk}", f"{one.nominal}, {one.metres:,} m away") for one in near
        ]
        self.fields["subject"].choices = choices  # type: ignore[attr-defined]  # a choice
        self.initial.setdefault("kind", ActionKind.FAST_TRACK)
        _begin_at(self, "task")
        self.near = {f"{NOMINAL}{one.nominal.pk}": one.nominal for one in near}

    def facts(self) -> dict[str, Any]:
        facts = super().facts()
        subject = facts.pop("subject")
        if subject == PLACE:
            return facts | {"place": self.place}
        if subject in self.near:
            return facts | {"nominal": self.near[subject]}
        kind = "crime" if self.row.crime_id else "incident"
        return facts | {kind: getattr(self.row, kind)}


def _begin_at(form: forms.Form, name: str) -> None:
    """Whoever comes by a key types on at once. With errors, their summary is read first."""
    if not form.is_bound:
        form.fields[name].widget.attrs["autofocus"] = True


class FinishForm(forms.Form):
    handover = forms.CharField(
        label="For the briefing",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="What the team must hear. The rows, the actions and the links are listed for you.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _begin_at(self, "handover")
