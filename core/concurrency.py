"""Two people edit one record: the second is told, sees both values, and nothing is lost.

A record carries a `version` that the database raises with every change of its row. An edit page or
an API call sends back the version that it showed; the service takes the row's lock and compares.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeVar, cast

import pgtrigger
from django import forms
from django.db.models import Model
from django.forms import BoundField, ModelForm, model_to_dict
from django.http import QueryDict

Record = TypeVar("Record", bound=Model)


class RaiseVersion(pgtrigger.Trigger):
    """For `Meta.triggers` of a model with a `version`: a change of what people edit raises it.

    What the database works out by itself (an outcome copied from its own table) is nobody's edit,
    and must not turn the next one away.
    """

    name = "raise_version"
    when = pgtrigger.Before
    operation = pgtrigger.Update
    func = "NEW.version = OLD.version + 1; RETURN NEW;"

    def get_condition(self, model: type[Model]) -> pgtrigger.Condition:  # type: ignore[override]  # as in core.triggers
        fields = model._meta.concrete_fields
        return pgtrigger.AnyChange(*(field.name for field in fields if field.editable))


class EditConflict(Exception):  # noqa: N818  # it is an event between people, not a fault
    """Somebody changed the record since it was shown. `current` is the row as it stands now."""

    def __init__(self, current: Model) -> None:
        self.current = current
        super().__init__("Somebody else changed this record while you were editing it.")


def version_of(record: Model) -> int:
    version: int = record.serializable_value("version")
    return version


def lock_for_edit(model: type[Record], pk: Any, *, version: int | None) -> Record:
    """The row under lock, inside the caller's transaction. Raises EditConflict, DoesNotExist.

    `version` None is for a caller that shows no record before it changes it.
    """
    record = model._default_manager.select_for_update(of=("self",)).get(pk=pk)
    if version is not None and version_of(record) != version:
        raise EditConflict(record)
    return record


@dataclass(frozen=True)
class Difference:
    """One field of a form after a conflict: what stands in the record, and what was typed."""

    label: str
    stored: Any
    typed: Any


class VersionedForm(ModelForm[Any]):
    """Carries the version of the record that it shows.

    After EditConflict the view calls `show_conflict` and renders the form again: everything typed
    is still in it, `differences` lists both values, and saving a second time decides.
    """

    version = forms.IntegerField(widget=forms.HiddenInput, required=False)
    differences: tuple[Difference, ...] = ()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].required = not self.instance._state.adding
        self.initial.setdefault("version", version_of(self.instance))

    def facts(self) -> dict[str, Any]:
        """What was typed, by field name: what a service takes beside the version."""
        return {name: value for name, value in self.cleaned_data.items() if name != "version"}

    def show_conflict(self, current: Model) -> None:
        stored = model_to_dict(current)
        self.differences = tuple(
            Difference(
                str(field.label), getattr(current, field.name), self.cleaned_data.get(field.name)
            )
            for field in self.visible_fields()
            if field.name in stored and _differs(field, stored[field.name])
        )
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("version")] = str(version_of(current))
        self.data = data
        self.add_error(
            None,
            "Somebody else changed this record while you were editing it. Nothing you typed is "
            "lost: compare both values below, then save again to keep yours.",
        )


def _differs(field: BoundField, stored: Any) -> bool:
    return field.field.has_changed(stored, field.data)


class _Seen(forms.BaseForm):
    """What was shown is the form's `initial`, which the view reads anew when the form comes back."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial["seen"] = _digest(self.initial)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.pop("seen", None) != self.initial["seen"] and not self._is_new():
            self._take_over()
        return cleaned

    def _is_new(self) -> bool:
        instance = getattr(self, "instance", None)
        return instance is not None and instance._state.adding

    def _take_over(self) -> None:
        told = [
            f"{field.label} is now “{_words(self.initial[field.name])}”"
            for field in self.visible_fields()
            if field.name in self.initial and _differs(field, self.initial[field.name])
        ]
        data = cast(QueryDict, self.data).copy()
        data[self.add_prefix("seen")] = self.initial["seen"]
        self.data = data
        changed = "; ".join(told) or "Its values are now those that you typed"
        self.add_error(
            None,
            f"Somebody else changed this while you were editing it. {changed}. Nothing you typed "
            "is lost: save again to keep yours.",
        )


class SeenForm(_Seen, ModelForm[Any]):
    """For a record without a version: the form carries a digest of the values that it showed.

    Values that have changed since are told once; the next press of the button saves over them.
    """

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


class SeenPlainForm(_Seen, forms.Form):
    """The same, for a form that is no record's own. Its view gives the stored values as `initial`."""

    seen = forms.CharField(widget=forms.HiddenInput, required=False)


def _digest(values: Mapping[str, Any]) -> str:
    shown = sorted((name, repr(value)) for name, value in values.items() if name != "seen")
    return hashlib.sha256(repr(shown).encode()).hexdigest()


def _words(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)
