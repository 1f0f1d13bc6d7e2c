"""Where the force stands over any twelve months, from the figures that forces share each month."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Sum

from core.dates import add_months
from core.models import Unit, UnitKind
from performance.charts.ladder import Rung
from performance.indicators import INDICATORS
from performance.measures import Indicator, OffenceIn, OutcomeIn
from performance.models import ForcePopulation, NationalMonth
from performance.selectors.national import Place, beside, people_near, rungs_of
from performance.selectors.series import Series, read_series

MONTHS = 12
LAG = 2  # months that other forces take to share their figures


@dataclass(frozen=True)
class NationalPosition:
    """The twelve months to the end of `until`; `before`: the force in the twelve months before.

    Every force by rank, those with months missing last and without one.
    """

    indicator: Indicator
    until: date
    forces: Sequence[Place]
    ours: Place | None
    region: Place | None
    nation: Place
    before: Place | None

    @property
    def first(self) -> date:
        return add_months(self.until, 1 - MONTHS)

    @property
    def ranked(self) -> int:
        return sum(place.rank is not None for place in self.forces)

    @property
    def left_out(self) -> list[str]:
        return [place.name for place in self.forces if place.rank is None]


def compared_indicators() -> list[Indicator]:
    """Those whose group of offences other forces share, by title."""
    groups = set(NationalMonth.objects.values_list("group", flat=True).distinct())
    found = [each for each in INDICATORS.values() if group_of(each) in groups]
    return sorted(found, key=lambda each: each.title)


def group_of(indicator: Indicator) -> str | None:
    """The group of an outcome rate that other forces work out alike; None of any other."""
    above, below = indicator.numerator, indicator.denominator
    if above is None or below is None or above.basis != "outcome" or below.basis != "recorded":
        return None
    if OutcomeIn("prosecution-possible") not in above.where or len(below.where) != 1:
        return None
    condition = below.where[0]
    return condition.group if isinstance(condition, OffenceIn) else None


def last_month() -> date | None:
    """The latest month that forces have shared."""
    found: date | None = NationalMonth.objects.aggregate(Max("month"))["month__max"]
    return found


def shared_until(month: date) -> date | None:
    """The last of the twelve months that a paper of the month can tell of."""
    shared = last_month()
    return min(shared, add_months(month, -LAG)) if shared else None


def national_position(*, indicator: Indicator, until: date) -> NationalPosition | None:
    """None of an indicator that is not compared, and where no other force has shared figures.

    The force's own figures are those of its records, so the position and the board agree; where
    the records do not reach, those that it shared.
    """
    group = group_of(indicator)
    if group is None:
        return None
    people = people_near(until.year)
    own = _own(indicator, until)
    now = _places(group, until, people, own)
    if not now:
        return None
    earlier = _places(group, add_months(until, -MONTHS), people, own)
    before = beside(earlier.values(), people)["ours"] if earlier else None
    return NationalPosition(indicator, until, before=before, **beside(now.values(), people))


def _own(indicator: Indicator, until: date) -> Series:
    force = Unit.objects.get(kind=UnitKind.FORCE)
    first = add_months(until, 1 - 2 * MONTHS)
    return read_series([indicator.slug], [force], first, until).series[indicator.slug, force.code]


def _places(
    group: str, until: date, people: Mapping[str, ForcePopulation], own: Series
) -> dict[str, Place]:
    first = add_months(until, 1 - MONTHS)
    shared = NationalMonth.objects.filter(group=group, month__range=(first, until))
    summed = shared.values("force_name").annotate(
        sum_crimes=Sum("crimes"), sum_outcomes=Sum("outcomes"), months=Count("month")
    )
    places = {
        row["force_name"]: Place(
            name=row["force_name"],
            recorded=row["sum_crimes"],
            outcomes=row["sum_outcomes"],
            population=_population(people, row["force_name"]),
            is_whole_year=row["months"] == MONTHS,
        )
        for row in summed
    }
    return _with_own(places, own, first, until, people) if places else {}


def _with_own(
    places: dict[str, Place],
    own: Series,
    first: date,
    until: date,
    people: Mapping[str, ForcePopulation],
) -> dict[str, Place]:
    gss_code = Unit.objects.get(kind=UnitKind.FORCE).gss_code
    name = next((name for name, each in people.items() if each.gss_code == gss_code), "")
    total = own.total(first, until)
    if not name or total.numerator is None or total.denominator is None:
        return places
    ours = Place(name, total.denominator, total.numerator, _population(people, name))
    return places | {name: ours}


def _population(people: Mapping[str, ForcePopulation], name: str) -> int:
    return people[name].population if name in people else 0


def ladder_of(found: NationalPosition) -> list[Rung]:
    was = found.before.rank if found.before else None
    return rungs_of(found.forces, found.ours, was)
