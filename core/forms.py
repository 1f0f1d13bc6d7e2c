"""Django forms in the markup of the GOV.UK Design System.

`FORM_RENDERER` names `GovukRenderer`: `{{ form }}` in a template gives every field with its label,
hint, error message and the attributes that tie them together. The fields that take a date in three
boxes are in `core.form_fields`.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from django import forms
from django.forms.boundfield import BoundField
from django.forms.renderers import TemplatesSetting

from core.form_fields import Boxes, DateBoxes, DateTimeBoxes

CLASS_OF_WIDGET: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.Textarea, "govuk-textarea"),
    (forms.FileInput, "govuk-file-upload"),
    (forms.CheckboxSelectMultiple, "govuk-checkboxes__input"),
    (forms.RadioSelect, "govuk-radios__input"),
    (forms.CheckboxInput, "govuk-checkboxes__input"),
    (forms.Select, "govuk-select"),
    (forms.widgets.Input, "govuk-input"),
)
TEMPLATE_OF_WIDGET: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.CheckboxSelectMultiple, "components/forms/checkboxes.html"),
    (forms.RadioSelect, "components/forms/radios.html"),
    (forms.CheckboxInput, "components/forms/checkbox.html"),
    (Boxes, "components/forms/boxes.html"),
)
INLINE_CHOICES = 3
INLINE_LETTERS = 12
PLAIN_TEMPLATE = "components/forms/field.html"


def govuk_class(widget: forms.Widget) -> str:
    return next((name for kind, name in CLASS_OF_WIDGET if isinstance(widget, kind)), "")


# What is said of a required field that was left empty, by its control; {a} is the label's thing.
MISSING: tuple[tuple[type[forms.Widget], str], ...] = (
    (forms.FileInput, "Choose {a}."),
    (DateTimeBoxes, "“{label}” needs a date and a time."),
    (DateBoxes, "“{label}” needs a date."),
    (forms.CheckboxInput, "Tick “{label}”."),
    (forms.NumberInput, "“{label}” needs a number."),
    (forms.widgets.ChoiceWidget, "Select {a}."),
    (forms.Widget, "Enter {a}."),
)

# Labels that name no thing, so that no article goes before them: the box itself is named instead.
NO_THING = re.compile(
    r"(where|when|who|whom|why|how|for|by|to|at|in|on|of|it|from|until|tried)\b|.*:"
)
AN = re.compile(r"[aeio]|u(?!ni|se)", re.IGNORECASE)


def missing_text(label: str, widget: forms.Widget) -> str:
    if label.endswith("?"):
        return f"Answer “{label}”."
    text = next(text for kind, text in MISSING if isinstance(widget, kind))
    thing = label if label[:2].isupper() else label[:1].lower() + label[1:]
    if NO_THING.match(thing) and text.startswith(("Enter", "Select")):
        return f"Fill in “{label}”."
    if thing.startswith(("what ", "which ", "the ", "your ")) or re.search("[^siu]s$", thing):
        return text.format(a=thing, label=label)
    return text.format(a=f"{'an' if AN.match(thing) else 'a'} {thing}", label=label)


@dataclass(frozen=True)
class Box:
    label: str
    name: str
    id: str
    value: Any
    width: int


class GovukBoundField(BoundField):
    """A field that knows the classes of its control and which template draws it."""

    def __init__(self, form: forms.BaseForm, field: forms.Field, name: str) -> None:
        super().__init__(form, field, name)
        said = field.error_messages
        plain = said.get("required") == forms.Field.default_error_messages["required"]
        if plain and not field.widget.is_hidden:
            said["required"] = missing_text(str(self.label), field.widget)
        if isinstance(field, forms.IntegerField):  # and every other kind of number
            label = str(self.label).replace("%", "%%")
            for code, than in (("min_value", "more"), ("max_value", "less")):
                said.setdefault(code, f"“{label}” must be %(limit_value)s or {than}.")

    def build_widget_attrs(
        self, attrs: dict[str, Any], widget: forms.Widget | None = None
    ) -> dict[str, Any]:
        widget = widget or self.field.widget
        built = super().build_widget_attrs(attrs, widget)
        # The server answers with the error summary; the browser's own bubbles would hide it.
        built.pop("required", None)
        built["placeholder"] = False  # it vanishes as soon as somebody types; the label stays
        if self.aria_describedby and not self.is_group:
            built.setdefault("aria-describedby", self.aria_describedby)
        if name := govuk_class(widget):
            names = [widget.attrs.get("class"), name, f"{name}--error" if self.errors else ""]
            built["class"] = " ".join(filter(None, names))
        return built

    @property
    def template_name(self) -> str:
        own: str | None = getattr(self.field, "template_name", None)
        by_widget = (name for kind, name in TEMPLATE_OF_WIDGET if isinstance(self.widget, kind))
        return own or next(by_widget, PLAIN_TEMPLATE)

    @property
    def widget(self) -> forms.Widget:
        return cast(forms.Widget, self.field.widget)

    @property
    def is_optional(self) -> bool:
        """Worth saying only beside fields that are not: every field of a filter is optional."""
        if self.field.required or isinstance(self.widget, forms.RadioSelect):
            return False  # radios offer "not known" as one of them
        return any(field.required for field in self.form.fields.values())

    @property
    def is_inline(self) -> bool:
        """Few short choices (yes, no, not known) stand beside each other."""
        labels = [str(choice.choice_label) for choice in self.subwidgets]
        return len(labels) <= INLINE_CHOICES and max(map(len, labels)) <= INLINE_LETTERS

    @property
    def is_group(self) -> bool:
        """Several controls under one legend, which is then what carries hint and error."""
        return isinstance(
            self.widget, (forms.RadioSelect, forms.CheckboxSelectMultiple, forms.MultiWidget)
        )

    @property
    def target(self) -> str:
        """The id of the control that an error should lead to: the first of a group."""
        if isinstance(self.widget, Boxes):
            return self.boxes[0].id
        return f"{self.auto_id}_0" if self.is_group else str(self.auto_id)

    @cached_property
    def boxes(self) -> list[Box]:
        """The boxes of a date or time, with what was typed into each."""
        widget = cast(Boxes, self.widget)
        value = self.value()
        values = value if isinstance(value, list) else widget.decompress(value) or []
        return [
            Box(name.capitalize(), f"{self.html_name}_{name}", f"{self.auto_id}_{at}", text, width)
            for at, ((name, width), text) in enumerate(
                zip(widget.boxes.items(), values, strict=True)
            )
        ]


class GovukRenderer(TemplatesSetting):
    form_template_name = "components/forms/form.html"
    field_template_name = PLAIN_TEMPLATE
    bound_field_class = GovukBoundField


@dataclass(frozen=True)
class Problem:
    """One line of the error summary; target is the id of a control, or nothing."""

    text: str
    target: str


def problems_of(form: forms.BaseForm) -> list[Problem]:
    general = [Problem(str(text), "") for text in form.non_field_errors()]
    of_fields = [Problem(str(text), _target(field)) for field in form for text in field.errors]
    return general + of_fields


def _target(field: BoundField) -> str:
    return field.target if isinstance(field, GovukBoundField) else field.auto_id
