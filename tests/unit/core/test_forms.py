from datetime import UTC, date, datetime
from typing import Any

import pytest
from django import forms

from core.form_fields import DateField, DateTimeField
from core.forms import Problem, missing_text, problems_of


class Example(forms.Form):
    title = forms.CharField(help_text="As in the paper.")
    notes = forms.CharField(widget=forms.Textarea, required=False)
    grade = forms.ChoiceField(choices=[("a", "Alpha"), ("b", "Beta")], widget=forms.RadioSelect)
    groups = forms.MultipleChoiceField(
        choices=[("a", "Alpha")], widget=forms.CheckboxSelectMultiple, required=False
    )
    sure = forms.BooleanField(required=False)
    happened_on = DateField()
    opened_at = DateTimeField(required=False)
    file = forms.FileField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput, required=False)


def drawn(field: str, **data: Any) -> str:
    form = Example(data) if data else Example()
    return str(form[field].as_field_group())


def test_field_ties_its_hint_to_the_control() -> None:
    assert 'aria-describedby="id_title_helptext"' in drawn("title")
    assert 'id="id_title_helptext"' in drawn("title")


def test_field_ties_its_error_to_the_control() -> None:
    html = drawn("title", sure="on")
    assert 'aria-describedby="id_title_helptext id_title_error"' in html
    assert 'id="id_title_error" class="govuk-error-message"' in html
    assert 'class="govuk-input govuk-input--error"' in html


def test_optional_field_says_so() -> None:
    assert "(optional)" in drawn("notes")
    assert "(optional)" not in drawn("title")


def test_field_leaves_the_check_to_the_server() -> None:
    assert " required" not in drawn("title")


def test_choices_stand_under_a_legend_that_carries_the_error() -> None:
    html = drawn("grade", sure="on")
    assert '<fieldset class="govuk-fieldset" aria-describedby="id_grade_error">' in html
    assert '<input type="radio" name="grade" value="a" id="id_grade_0"' in html


def test_checkbox_keeps_its_label_beside_it() -> None:
    assert 'class="govuk-label govuk-checkboxes__label" for="id_sure"' in drawn("sure")


def test_date_keeps_what_was_typed_in_each_box() -> None:
    data = {"happened_on_day": "30", "happened_on_month": "2", "happened_on_year": "twenty"}
    html = drawn("happened_on", **data)
    assert [f'value="{typed}"' in html for typed in data.values()] == [True] * 3
    assert "not a real date" in html


@pytest.mark.parametrize(
    ("field", "initial", "boxes"),
    [
        ("happened_on", date(2021, 3, 27), [27, 3, 2021]),
        ("opened_at", datetime(2021, 7, 29, 8, 15, tzinfo=UTC), [29, 7, 2021, "09:15"]),
        ("opened_at", datetime(2021, 1, 1, 8, 15, 9, tzinfo=UTC), [1, 1, 2021, "08:15:09"]),
        ("opened_at", None, ["", "", "", ""]),
    ],
)
def test_boxes_show_the_stored_value(field: str, initial: Any, boxes: list[Any]) -> None:
    form = Example(initial={field: initial})
    assert [box.value for box in form[field].boxes] == boxes  # type: ignore[attr-defined]  # of our renderer


def test_whole_form_draws_hidden_fields_too() -> None:
    assert 'name="version"' in str(Example())


def test_file_field_describes_its_control() -> None:
    assert 'class="govuk-file-upload"' in drawn("file")


@pytest.mark.parametrize(
    ("label", "field", "said"),
    [
        ("Crime reference", forms.CharField(), "Enter a crime reference."),
        (
            "Offence class",
            forms.ChoiceField(),
            "Select an offence class.",
        ),
        ("Email address", forms.CharField(), "Enter an email address."),
        ("What for?", forms.CharField(), "Answer “What for?”."),
        ("Names", forms.CharField(), "Enter names."),
        ("What is in the file", forms.ChoiceField(), "Select what is in the file."),
        ("API token", forms.FileField(), "Choose an API token."),
        ("Crimes recorded", forms.IntegerField(), "“Crimes recorded” needs a number."),
        ("Recorded", DateTimeField(), "“Recorded” needs a date and a time."),
        ("I agree", forms.BooleanField(), "Tick “I agree”."),
    ],
)
def test_a_field_that_is_left_empty_is_named(label: str, field: forms.Field, said: str) -> None:
    field.label = label
    form = type("Asked", (forms.Form,), {"asked": field})({})
    assert form.errors == {"asked": [said]}


@pytest.mark.parametrize(
    ("kind", "typed", "said"),
    [
        (forms.IntegerField, "0", "“Packs, 100% full” must be 1 or more."),
        (forms.DecimalField, "41", "“Packs, 100% full” must be 40 or less."),
    ],
)
def test_a_number_out_of_bounds_is_told_its_bound(
    kind: type[forms.IntegerField], typed: str, said: str
) -> None:
    field = kind(label="Packs, 100% full", min_value=1, max_value=40)
    form = type("Asked", (forms.Form,), {"asked": field})({"asked": typed})
    assert form.errors == {"asked": [said]}


def test_problems_lead_to_the_first_control_of_each_field() -> None:
    form = Example({"title": "x"})
    form.add_error(None, "Two things disagree.")
    assert problems_of(form) == [
        Problem("Two things disagree.", ""),
        Problem("Select a grade.", "id_grade_0"),
        Problem("“Happened on” needs a date.", "id_happened_on_0"),
    ]


@pytest.mark.parametrize(("labels", "inline"), [(["Yes", "No"], True), (["Yes", "x" * 13], False)])
def test_short_choices_stand_beside_each_other(labels: list[str], inline: bool) -> None:
    class Choice(forms.Form):
        answer = forms.ChoiceField(choices=list(enumerate(labels)), widget=forms.RadioSelect)

    assert ("govuk-radios--inline" in str(Choice())) is inline


@pytest.mark.parametrize(
    ("label", "widget", "says"),
    [
        ("Where", forms.TextInput, "Fill in “Where”."),
        ("Why this, and why now", forms.Textarea, "Fill in “Why this, and why now”."),
        ("It was", forms.RadioSelect, "Fill in “It was”."),
        ("Authorised by: rank", forms.Select, "Fill in “Authorised by: rank”."),
        ("The unit", forms.Select, "Select the unit."),
        ("Unit", forms.Select, "Select a unit."),
        ("Umbrella", forms.TextInput, "Enter an umbrella."),
        ("Legal basis", forms.RadioSelect, "Select a legal basis."),
        ("Status", forms.Select, "Select a status."),
        ("What was done", forms.Textarea, "Enter what was done."),
        ("Forenames", forms.TextInput, "Enter forenames."),
        ("RAG", forms.RadioSelect, "Select a RAG."),
        ("When", DateTimeField.widget, "“When” needs a date and a time."),
    ],
)
def test_what_is_missing_is_said_in_english(
    label: str, widget: type[forms.Widget], says: str
) -> None:
    assert missing_text(label, widget()) == says
