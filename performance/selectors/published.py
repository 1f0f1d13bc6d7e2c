"""What the public monthly files of data.police.uk hold: counts as anybody can check them."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, F, Model, Value, When

from performance.models import StreetCrime, StreetOutcome

NO_LOCATION, OUTSIDE = "(no location)", "(outside force)"


@dataclass(frozen=True)
class Counts:
    """A table of counts: months down, what is counted across. A month without a file has no row."""

    columns: tuple[str, ...]
    rows: tuple[tuple[date, tuple[int, ...]], ...]


def street_by_type() -> Counts:
    return _counts(StreetCrime, F("crime_type"))


def street_by_district() -> Counts:
    district = Case(
        When(district__isnull=False, then=F("district__name")),
        When(lsoa_name="", then=Value(NO_LOCATION)),
        default=Value(OUTSIDE),
    )
    return _counts(StreetCrime, district)


def outcomes_by_type() -> Counts:
    return _counts(StreetOutcome, F("outcome_type"))


def _counts(model: type[Model], what: Any) -> Counts:
    found = list(
        model._default_manager.values_list("month", what).annotate(n=Count("pk")).order_by("month")
    )
    columns = tuple(sorted({name for _, name, _ in found}))
    by_month: dict[date, dict[str, int]] = {}
    for month, name, count in found:
        by_month.setdefault(month, {})[name] = count
    rows = ((month, tuple(n.get(name, 0) for name in columns)) for month, n in by_month.items())
    return Counts(columns, tuple(rows))
