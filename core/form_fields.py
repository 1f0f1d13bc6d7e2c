"""Dates and times in boxes that a person can type into, as the GOV.UK Design System asks."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from core.dates import LATEST

BOXES_OF_DATE = {"day": 2, "month": 2, "year": 4}
BOXES_OF_DATETIME = {**BOXES_OF_DATE, "time": 5}
FIRST_YEAR = (
    1900  # somebody may have been born in it; later than LATEST no date can be reckoned with
)
TIME = re.compile(r"^(\d{1,2})[:.]?(\d{2})$")


def this_minute() -> datetime:
    """For `initial`: now, as a person would write it."""
    return timezone.now().replace(second=0, microsecond=0)


class Boxes(forms.MultiWidget):
    """Text boxes side by side; `boxes` names each and gives its width in characters."""

    boxes: dict[str, int] = {}
    use_fieldset = True

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({name: forms.TextInput() for name in self.boxes}, attrs)


class DateBoxes(Boxes):
    boxes = BOXES_OF_DATE

    def decompress(self, value: date | None) -> list[Any]:
        return [value.day, value.month, value.year] if value else [""] * 3


class DateTimeBoxes(Boxes):
    boxes = BOXES_OF_DATETIME

    def decompress(self, value: datetime | None) -> list[Any]:
        if not value:
            return [""] * 4
        local = timezone.localtime(value)
        # Seconds that came with the record are shown, or saving the page would drop them.
        exact = local.second or local.microsecond
        clock = local.time().isoformat(timespec="auto" if exact else "minutes")
        return [local.day, local.month, local.year, clock]


class DateField(forms.Field):
    """Day, month and year as three boxes; gives a date."""

    widget: type[Boxes] = DateBoxes
    default_error_messages = {
        "incomplete": "Give a %(missing)s.",
        "invalid": "This is not a real date. Write it like 27 3 2021.",
    }

    def to_python(self, value: Sequence[str | None] | date | None) -> date | None:
        if value is None or isinstance(value, date):
            return value
        texts = [(text or "").strip() for text in value]
        if not any(texts):
            return None
        self._require_all(texts)
        return self._date(texts)

    def _require_all(self, texts: Sequence[str]) -> None:
        missing = [name for name, text in zip(self.widget.boxes, texts, strict=True) if not text]
        if missing:
            raise ValidationError(
                self.error_messages["incomplete"],
                code="incomplete",
                params={"missing": " and a ".join(missing)},
            )

    def _date(self, texts: Sequence[str]) -> date:
        try:
            day, month, year = (int(text) for text in texts[:3])
            found = date(year, month, day)
        except (ValueError, OverflowError):
            found = date.min
        if not FIRST_YEAR <= found.year <= LATEST.year:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return found


class DateTimeField(DateField):
    """A date and a time of day of Europe/London; gives an aware datetime.

    In the hour that the clocks repeat, the first of the two is meant.
    """

    widget: type[Boxes] = DateTimeBoxes
    default_error_messages = {
        "invalid_time": "This is not a time of day. Write it like 09:15.",
        "skipped": "This time did not happen: the clocks went forward. Choose one an hour later.",
    }

    def to_python(self, value: Sequence[str | None] | date | None) -> datetime | None:
        if value is None or isinstance(value, datetime):
            return value
        if isinstance(value, date):
            raise TypeError("A date has no time of day.")
        texts = [(text or "").strip() for text in value]
        day = super().to_python(texts)
        return self._aware(day, self._time(texts[3])) if day else None

    def _time(self, text: str) -> time:
        found = TIME.match(text)
        clock = None
        with suppress(ValueError):
            clock = time(int(found[1]), int(found[2])) if found else time.fromisoformat(text)
        if clock is None or clock.tzinfo is not None:  # every time is one of Europe/London
            raise ValidationError(self.error_messages["invalid_time"], code="invalid_time")
        return clock

    def _aware(self, day: date, clock: time) -> datetime:
        instant = timezone.make_aware(datetime.combine(day, clock)).astimezone(UTC)
        if timezone.localtime(instant).time() != clock:
            raise ValidationError(self.error_messages["skipped"], code="skipped")
        return instant
