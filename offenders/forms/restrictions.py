from typing import Any

from django import forms

from core.models import User
from offenders.forms.nominals import ReasonForm
from offenders.models.access import RestrictionKind
from offenders.selectors.restrictions import readers


class RestrictForm(ReasonForm):
    kind = forms.ChoiceField(label="How", choices=RestrictionKind.choices, widget=forms.RadioSelect)
    contact = forms.CharField(
        label="Whom to ask",
        max_length=120,
        required=False,
        help_text="Needed where the record is masked: shown to everybody in place of the name. "
        "For example, DI Example, 01632 960001",
    )
    field_order = ["kind", "contact", "reason"]


class PersonForm(ReasonForm):
    """Somebody who sees people, and why."""

    user = forms.ModelChoiceField(User.objects.none(), label="Person")
    field_order = ["user", "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        people: Any = self.fields["user"]
        people.queryset = readers()


class SureForm(forms.Form):
    """Only asks whether to go on."""
