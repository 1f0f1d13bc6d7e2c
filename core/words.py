from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from django.db.models import Field, Model
from django.utils.timezone import localtime


def words_of(value: Any) -> str:
    """A value of a record as a page shows it; "-" where there is none."""
    if value is None or value == "":
        return "-"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, Decimal):
        return f"{value:,}"
    if isinstance(value, datetime):
        return f"{localtime(value):%-d %b %Y %H:%M}"
    if isinstance(value, date):
        return f"{value:%-d %b %Y}"
    return str(value)


def facts_of(record: Model, names: Sequence[str]) -> list[dict[str, str]]:
    """Key and value of each field, as components/summary_list.html takes them."""
    return [{"key": _label(record, name), "value": _value(record, name)} for name in names]


def known_facts_of(record: Model, names: Sequence[str]) -> list[dict[str, str]]:
    """Without those that hold nothing yet."""
    return [fact for fact in facts_of(record, names) if fact["value"] != words_of(None)]


def _value(record: Model, name: str) -> str:
    """A choice by its label: what is stored is a code."""
    labelled = getattr(record, f"get_{name}_display", None)
    return words_of(labelled() if labelled else getattr(record, name))


def _label(record: Model, name: str) -> str:
    return label_of(record._meta.get_field(name))  # type: ignore[arg-type]  # fields, no relations


def label_of(field: Field[Any, Any]) -> str:
    """A flag loses the "is" of its name: Yes or No stands beside it."""
    text = str(field.verbose_name).removeprefix("is ")
    return text[:1].upper() + text[1:]
