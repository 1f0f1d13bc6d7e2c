"""Rules that hang on today, or on the dates of a code list: what a constraint cannot say."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.timezone import localdate

from offenders.models.reference import Dated


def not_in_future(**times: datetime) -> None:
    for field, at in times.items():
        if at > timezone.now():
            raise ValidationError({field: "This time lies in the future."})


def from_the_minute(at: datetime, earliest: datetime | None) -> datetime:
    """Times are typed to the minute: within that of `earliest`, `earliest` itself is meant."""
    if earliest is None or at < earliest.replace(second=0, microsecond=0):
        return at
    return max(at, earliest)


def in_force(code: Dated, at: datetime, *, field: str) -> None:
    day = localdate(at)
    if (code.valid_from and day < code.valid_from) or (code.valid_to and day > code.valid_to):
        raise ValidationError({field: f"The code {code.pk} was not in force on {day:%-d %B %Y}."})
