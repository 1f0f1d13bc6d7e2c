"""What is to be done, by whom, by when; and what came of it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from core.form_fields import DateTimeField
from core.models import User
from offenders.forms.custody import NARROW, REASON, NominalField
from offenders.models import Crime
from operations.models import ActionKind, Aim, Incident
from operations.models.action import SUBJECTS
from operations.policies.actions import Refusal
from operations.selectors.actions import workers


class RecordField(forms.CharField):
    """The reference of a record; gives the record."""

    model: type[Any]
    noun = ""

    def clean(self, value: Any) -> Any:
        ref = str(super().clean(value)).strip()
        if not ref:
            return None
        found = self.model.objects.filter(pk=ref).first()
        if found is None:
            raise ValidationError(f"There is no {self.noun} {ref}.")
        return found


class CrimeField(RecordField):
    model, noun = Crime, "crime"


class IncidentField(RecordField):
    model, noun = Incident, "incident"


class MaybeNominalField(NominalField):
    def clean(self, value: Any) -> Any:
        return super().clean(value) if value else None


class ActionForm(forms.Form):
    """About something that is known already."""

    of_nominals = True
    kind = forms.ChoiceField(
        label="Kind", choices=ActionKind, initial=ActionKind.ORDINARY, widget=forms.RadioSelect
    )
    aim = forms.ChoiceField(
        label="Aim", choices=Aim, initial=Aim.PURSUE, widget=forms.RadioSelect,
        help_text="Pursue the offender, or prevent the next offence.",
    )  # fmt: skip
    task = forms.CharField(label="What is to be done, and what for", max_length=300, widget=REASON)
    owner = forms.ModelChoiceField(User.objects.none(), label="Owner")
    due_at = DateTimeField(
        label="Due",
        required=False,
        help_text="Leave it empty for the usual time: one working day for a fast-track action, "
        "five for an ordinary one.",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = workers(of_nominals=self.of_nominals)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]  # a choice of models

    def facts(self) -> dict[str, Any]:
        return {name: value for name, value in self.cleaned_data.items() if value is not None}


class AnyActionForm(ActionForm):
    """About one thing, which the form asks for."""

    of_nominals = False
    nominal = MaybeNominalField(
        label="Nominal", required=False, widget=NARROW, help_text="Their reference, as N000123."
    )
    crime = CrimeField(label="Crime", required=False, widget=NARROW, help_text="Its reference.")
    incident = IncidentField(
        label="Incident", required=False, widget=NARROW, help_text="Its reference."
    )
    place = forms.CharField(label="Place", max_length=200, required=False)
    about = forms.CharField(
        label="Or something else",
        max_length=200,
        required=False,
        help_text="In words, such as an operation. Fill one of these five.",
    )
    field_order = [*SUBJECTS]

    def __init__(self, *args: Any, sees_records: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not sees_records:
            for name in ("nominal", "crime", "incident"):
                del self.fields[name]
            self.fields["about"].help_text = "In words. Fill one of these two."

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        asked = [name for name in SUBJECTS if name in self.fields]
        given = [name for name in asked if cleaned.get(name)]
        if not given and not set(asked) & set(self.errors):
            self.add_error(asked[0], "Say what the action is about.")
        if len(given) > 1:
            self.add_error(given[1], "An action is about one thing: fill only one of these.")
        return cleaned


class AcceptForm(forms.Form):
    """Nothing to say: the button is the answer."""


class ResultForm(forms.Form):
    result = forms.CharField(
        label="What came of it",
        max_length=1000,
        widget=REASON,
        error_messages={"required": str(Refusal.NO_RESULT.label)},
    )


class ReasonForm(forms.Form):
    reason = forms.CharField(label="Reason", max_length=1000, widget=REASON)


class HandOnForm(ReasonForm):
    owner = forms.ModelChoiceField(User.objects.none(), label="To whom")
    field_order = ["owner"]

    def __init__(self, *args: Any, of_nominals: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owners = workers(of_nominals=of_nominals)
        self.fields["owner"].queryset = owners  # type: ignore[attr-defined]  # a choice of models
