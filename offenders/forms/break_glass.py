from django import forms

from offenders.forms.custody import REASON


class BreakGlassForm(forms.Form):
    ref = forms.CharField(label="Reference of the nominal", max_length=20)
    reason = forms.CharField(
        label="Why do you need this record now?",
        help_text="Who is in danger, or what cannot wait. Others read it.",
        max_length=500,
        widget=REASON,
    )


class ReviewForm(forms.Form):
    is_justified = forms.TypedChoiceField(
        label="Was it right to open the record?",
        choices=[("yes", "Justified"), ("no", "Not justified")],
        widget=forms.RadioSelect,
        coerce=lambda word: word == "yes",
    )
    note = forms.CharField(label="How do you know?", max_length=500, widget=REASON)
