from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator

from core.concurrency import VersionedForm
from core.dates import EARLIEST, LATEST, today
from core.form_fields import DateField
from offenders.forms.nominals import SHORT
from offenders.models import RetentionHold, RetentionReview
from offenders.models.retention import CONSIDERATIONS

YES_NO = [("true", "Yes"), ("false", "No")]


class ConsideredForm(VersionedForm):
    """The four considerations of national guidance, and why."""

    reason = forms.CharField(label="Reason", max_length=1000, widget=SHORT)

    class Meta:
        model = RetentionReview
        fields = [*CONSIDERATIONS, "reason"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in CONSIDERATIONS:
            label = str(RetentionReview._meta.get_field(name).verbose_name)  # type: ignore[union-attr]  # a field
            self.fields[name] = forms.TypedChoiceField(
                label=label, choices=YES_NO, coerce=lambda word: word == "true",
                widget=forms.RadioSelect,
            )  # fmt: skip
        self.order_fields([*CONSIDERATIONS, *(set(self.fields) - set(CONSIDERATIONS))])

    def _post_clean(self) -> None:
        """The service checks the review."""


class RetainForm(ConsideredForm):
    next_on = DateField(label="Date of the next review")

    field_order = [*CONSIDERATIONS, "reason", "next_on"]

    class Meta(ConsideredForm.Meta):
        fields = [*ConsideredForm.Meta.fields, "next_on"]


class DisposeForm(ConsideredForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = "Name nobody: it is read by whoever approves the disposal"


class HoldForm(forms.ModelForm[RetentionHold]):
    class Meta:
        model = RetentionHold
        fields = ["kind", "case_ref", "reason"]
        widgets = {"kind": forms.RadioSelect, "reason": SHORT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        kind: Any = self.fields["kind"]
        kind.choices = [choice for choice in kind.choices if choice[0]]

    def _post_clean(self) -> None:
        """The service checks the hold."""


class SimulateForm(forms.Form):
    on = forms.DateField(
        label="Due by",
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        validators=[MinValueValidator(EARLIEST), MaxValueValidator(LATEST)],
        initial=today,
    )
