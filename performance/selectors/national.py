"""The force beside every other: outcome rates with their ranks, and crimes per 1,000 people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum

from core.models import Unit, UnitKind
from offenders.models import OffenceGroup, OffenceGroupCode, OutcomeSetCode
from performance.charts.ladder import Rung
from performance.charts.series import Quantity, shown
from performance.comparisons import intervals
from performance.comparisons.ranks import rank_bounds
from performance.models import ForcePopulation, NationalCrime, NationalOutcome
from performance.regions import region_of

# A rate of fewer crimes in a year than this is not ranked.
LEAST_CRIMES = 30
QUARTERS = 4
NATION = "England and Wales"


@dataclass(frozen=True)
class Place:
    """A force, a region or the nation. `rate`: outcomes of the year over crimes of the year.

    `best` and `worst` are the 95% interval of the rank (`comparisons.ranks`).
    """

    name: str
    recorded: int
    outcomes: int
    population: int
    is_whole_year: bool = True
    rank: int | None = None
    best: int | None = None
    worst: int | None = None

    @property
    def rate(self) -> Fraction | None:
        return Fraction(self.outcomes, self.recorded) if self.recorded > 0 else None

    @property
    def per_thousand(self) -> Fraction | None:
        return Fraction(self.recorded * 1000, self.population) if self.population else None

    @property
    def interval(self) -> tuple[float, float] | None:
        """95%, of the rate as a share (Wilson)."""
        if not 0 <= self.outcomes <= self.recorded:
            return None
        lower, upper = intervals.wilson(self.outcomes, self.recorded)
        return float(lower), float(upper)

    @property
    def is_ranked(self) -> bool:
        return self.is_whole_year and self.recorded >= LEAST_CRIMES


@dataclass(frozen=True)
class Position:
    """`ours`: None where the open data do not hold the force."""

    financial_year: str
    population_year: int
    forces: Sequence[Place]
    ours: Place | None
    region: Place | None
    nation: Place


def financial_years() -> list[str]:
    """The years with both crimes and outcomes, newest first."""
    outcomes = NationalOutcome.objects.values("financial_year")
    years = NationalCrime.objects.filter(financial_year__in=outcomes)
    return list(
        years.order_by("-financial_year").values_list("financial_year", flat=True).distinct()
    )


def year_before(financial_year: str) -> str:
    """`2017/18` before `2018/19`."""
    first = int(financial_year[:4])
    return f"{first - 1}/{first % 100:02d}"


def groups() -> QuerySet[OffenceGroup]:
    """Groups that offence codes alone decide: open data do not say what is a dwelling."""
    by_dwelling = OffenceGroupCode.objects.filter(dwelling_only=True).values("group")
    return OffenceGroup.objects.exclude(pk__in=by_dwelling).order_by("title")


def position(*, financial_year: str, group: OffenceGroup | None = None) -> Position | None:
    """Every force in a financial year, best rate first; without a group, all crime but fraud.

    None where no population is known.
    """
    people = people_near(int(financial_year[:4]))
    if not people:
        return None
    offences, outcomes = _conditions(financial_year, group)
    places = _places(financial_year, people, offences, outcomes)
    return Position(
        financial_year,
        next(iter(people.values())).year,
        **beside(places.values(), people),
    )


def beside(places: Iterable[Place], people: Mapping[str, ForcePopulation]) -> dict[str, Any]:
    """Every force by rank, and among them the force itself, its region and the nation."""
    forces = ranked(places)
    gss_code = Unit.objects.get(kind=UnitKind.FORCE).gss_code
    codes = {name: each.gss_code for name, each in people.items()}
    region = region_of(gss_code)
    near = [each for each in forces if region and region_of(codes.get(each.name, "")) == region]
    return {
        "forces": forces,
        "ours": next((each for each in forces if codes.get(each.name) == gss_code), None),
        "region": _together(region, near) if near else None,
        "nation": _together(NATION, forces),
    }


def people_near(first: int) -> dict[str, ForcePopulation]:
    """By force, of the estimate nearest to the middle of the year."""
    years = ForcePopulation.objects.values_list("year", flat=True).distinct()
    if not years:
        return {}
    nearest = min(years, key=lambda year: (abs(year - first), year))
    return {each.force_name: each for each in ForcePopulation.objects.filter(year=nearest)}


def _conditions(financial_year: str, group: OffenceGroup | None) -> tuple[Q, Q]:
    """Offences of the group, and outcomes that count as prosecution possible, in that year."""
    start = date(int(financial_year[:4]), 4, 1)
    end = date(start.year + 1, 3, 31)
    begun = Q(valid_from__isnull=True) | Q(valid_from__lte=end)
    not_over = Q(valid_to__isnull=True) | Q(valid_to__gte=start)
    counted = OutcomeSetCode.objects.filter(begun, not_over, set="prosecution-possible")
    outcomes = Q(outcome_code__in=counted.values("outcome"))
    if group is None:
        return ~Q(offence_group__istartswith="fraud"), outcomes
    # Outcomes of a year may belong to offences of an older code, so an ended one still counts.
    members = OffenceGroupCode.objects.filter(begun, group=group)
    return Q(offence_code__in=members.values("offence")), outcomes


def _places(
    financial_year: str, people: dict[str, ForcePopulation], offences: Q, outcomes: Q
) -> dict[str, Place]:
    crimes = NationalCrime.objects.filter(financial_year=financial_year, force_name__in=people)
    recorded = crimes.values("force_name").annotate(
        recorded=Sum("number", filter=offences, default=0),
        quarters=Count("financial_quarter", distinct=True),
    )
    given = NationalOutcome.objects.filter(
        offences, outcomes, financial_year=financial_year, force_name__in=people
    )
    found = dict(given.values_list("force_name").annotate(Sum("recorded_in_quarter", default=0)))
    told = NationalOutcome.objects.filter(
        financial_year=financial_year, force_name__in=people, recorded_in_quarter__isnull=False
    )
    quarters = dict(
        told.values_list("force_name").annotate(Count("financial_quarter", distinct=True))
    )
    return {
        row["force_name"]: Place(
            name=row["force_name"],
            recorded=row["recorded"],
            outcomes=found.get(row["force_name"], 0),
            population=people[row["force_name"]].population,
            is_whole_year=row["quarters"] == quarters.get(row["force_name"]) == QUARTERS,
        )
        for row in recorded
    }


def ranked(places: Iterable[Place]) -> list[Place]:
    """Best rate first, equal rates sharing a rank; places without a rank last."""
    known = sorted(places, key=lambda place: (not place.is_ranked, -(place.rate or 0), place.name))
    sure = [place for place in known if place.is_ranked]
    bounds = rank_bounds([(place.outcomes, place.recorded) for place in sure])
    found = [
        replace(
            place,
            rank=1 + sum((other.rate or 0) > (place.rate or 0) for other in sure),
            best=best,
            worst=worst,
        )
        for place, (best, worst) in zip(sure, bounds, strict=True)
    ]
    return found + known[len(sure) :]


def _together(name: str, places: Sequence[Place]) -> Place:
    return Place(
        name=name,
        recorded=sum(place.recorded for place in places),
        outcomes=sum(place.outcomes for place in places),
        population=sum(place.population for place in places),
    )


def rungs_of(forces: Sequence[Place], ours: Place | None, was: int | None = None) -> list[Rung]:
    """Those with a rank, best first, for the ladder; `was`: the force's rank of the period before."""
    return [
        Rung(
            name=place.name,
            rank=place.rank,
            best=place.best or place.rank,
            worst=place.worst or place.rank,
            shown=shown(None if place.rate is None else place.rate * 100, Quantity.PERCENT),
            is_ours=place is ours,
            was=was if place is ours else None,
        )
        for place in forces
        if place.rank
    ]
