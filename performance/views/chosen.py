"""The month and unit in the address of a page of figures."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.http import Http404, HttpRequest

from core.dates import add_months, parse_month
from core.models import Unit
from performance.selectors.months import latest_month


@dataclass(frozen=True)
class Chosen:
    """`units`: all that exist in the month, in their order. `previous` and `next`: months beside."""

    month: date
    unit: Unit
    units: Sequence[Unit]
    latest: date

    @property
    def previous(self) -> date:
        return add_months(self.month, -1)

    @property
    def next(self) -> date | None:
        return add_months(self.month, 1) if self.month < self.latest else None


def chosen(request: HttpRequest) -> Chosen:
    """From ?month= and ?unit=; the last month with figures, and the force, where blank.

    Raises Http404 with a sentence for a month or unit that cannot be.
    """
    latest = latest_month()
    month = _month(request.GET.get("month", ""), latest)
    units = list(Unit.objects.on(month))
    return Chosen(month, _unit(request.GET.get("unit", ""), units), units, latest)


def _month(text: str, latest: date) -> date:
    try:
        return parse_month(text) if text else latest
    except ValueError as error:
        raise Http404(str(error)) from None


def _unit(code: str, units: Sequence[Unit]) -> Unit:
    for unit in units:
        if unit.code == code or (not code and unit.parent_id is None):
            return unit
    raise Http404(f"“{code}” is not a unit of the force in that month.")
