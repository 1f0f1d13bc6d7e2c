from typing import Any

from django import forms

from offenders.forms.custody import REASON


class BreakGlassForm(forms.Form):
    record = forms.IntegerField(
        widget=forms.HiddenInput, required=False, min_value=1, max_value=2**31
    )
    ref = forms.CharField(label="Reference of the nominal", max_length=20)
    reason = forms.CharField(
        label="Why do you need this record now?",
        help_text="Who is in danger, or what cannot wait. Others read it.",
        max_length=500,
        widget=REASON,
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self["record"].value():  # from the page of a masked record, which shows no reference
            del self.fields["ref"]


class ReviewForm(forms.Form):
    is_justified = forms.TypedChoiceField(
        label="Was it right to open the record?",
        choices=[("yes", "Justified"), ("no", "Not justified")],
        widget=forms.RadioSelect,
        coerce=lambda word: word == "yes",
    )
    note = forms.CharField(label="How do you know?", max_length=500, widget=REASON)
