"""What an indicator is made of: which rows count, and how they are put together."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from django.db.models import Q, Value

from offenders.models import OffenceGroupCode, OutcomeSetCode
from performance.comparisons.opinions import Nature
from performance.comparisons.rules import Better

# Bases whose rows may carry a code of an older era: an outcome of this year on an offence of last.
OLDER_OFFENCES = {"outcome", "referred", "survey"}


class Shown(StrEnum):
    """The word of the `unit` column."""

    COUNT = "count"
    PERCENT = "percent"
    MINUTES = "minutes"
    PER_DAY = "per day"


@dataclass(frozen=True)
class OffenceIn:
    """Rows whose offence is in a group of offences, by the definition of the figure's month."""

    group: str
    # Answers to a survey carry the offence but no dwelling mark.
    codes_alone: bool = False


@dataclass(frozen=True)
class OutcomeIn:
    """Rows whose outcome is in a set of outcomes, by the definition of the figure's month."""

    outcomes: str


Condition = Q | OffenceIn | OutcomeIn


@dataclass(frozen=True)
class Membership:
    """A code in a group or set, from the first month to the last (None: no end)."""

    code: str
    first: date | None
    last: date | None
    dwelling_only: bool = False

    @property
    def span(self) -> tuple[date | None, date | None, bool]:
        return self.first, self.last, self.dwelling_only


Named = tuple[str, Membership]  # a group or set, and one of its members


@dataclass(frozen=True)
class Definitions:
    """The dated code sets as they stand now."""

    offences: tuple[Named, ...]
    outcomes: tuple[Named, ...]

    @classmethod
    def load(cls) -> Definitions:
        grouped = OffenceGroupCode.objects.order_by().annotate(kind=Value("offence"))
        listed = OutcomeSetCode.objects.order_by().annotate(
            kind=Value("outcome"), dwelling=Value(value=False)
        )
        rows = sorted(
            grouped.values_list(
                "kind", "group_id", "offence_id", "valid_from", "valid_to", "dwelling_only"
            ).union(
                listed.values_list(
                    "kind", "set_id", "outcome_id", "valid_from", "valid_to", "dwelling"
                ),
                all=True,
            ),
            key=str,
        )
        named = [(kind, (name, Membership(*member))) for kind, name, *member in rows]
        return cls(
            tuple(member for kind, member in named if kind == "offence"),
            tuple(member for kind, member in named if kind == "outcome"),
        )

    def offence_in(self, condition: OffenceIn, *, older: bool) -> Q:
        """`older`: membership that began by the month holds for ever after."""
        found = _nothing()
        for (first, last, dwelling), codes in _by_span(self.offences, condition.group):
            member = Q(offence__in=codes) & _within(first, None if older else last)
            if dwelling and not condition.codes_alone:
                member &= Q(is_dwelling=True)
            found |= member
        return found

    def outcome_in(self, condition: OutcomeIn) -> Q:
        found = _nothing()
        for (first, last, _), codes in _by_span(self.outcomes, condition.outcomes):
            found |= Q(outcome__in=codes) & _within(first, last)
        return found


Span = tuple[date | None, date | None, bool]


def _by_span(named: Iterable[Named], wanted: str) -> Iterable[tuple[Span, list[str]]]:
    spans: dict[Span, list[str]] = {}
    for name, member in named:
        if name == wanted:
            spans.setdefault(member.span, []).append(member.code)
    return spans.items()


def _within(first: date | None, last: date | None) -> Q:
    q = Q()
    if first:
        q &= Q(month__gte=first)
    if last:
        q &= Q(month__lte=last)
    return q


def _nothing() -> Q:
    return Q(month__in=[])


@dataclass(frozen=True)
class Measure:
    """Rows of a basis (`performance.bases`) that meet every condition.

    Conditions speak of the basis' fields and of `month`, the figure's month. The very same
    conditions choose cells, so a count and its list cannot differ.
    """

    basis: str
    where: tuple[Condition, ...] = ()

    def q(self, definitions: Definitions) -> Q:
        q = Q()
        for condition in self.where:
            if isinstance(condition, OffenceIn):
                q &= definitions.offence_in(condition, older=self.basis in OLDER_OFFENCES)
            elif isinstance(condition, OutcomeIn):
                q &= definitions.outcome_in(condition)
            else:
                q &= condition
        return q


@dataclass(frozen=True)
class Indicator:
    """A reviewed definition. `better` is none where neither direction is good in itself.

    A count has a numerator; a rate also a denominator; `per_day` divides a count by the days of
    the month; a median is taken over the seconds of the rows of `median`.
    `row` is its name under a heading of a board, where the heading says the rest.
    """

    slug: str
    title: str
    row: str
    why: str
    how: str
    owner: str
    checked_by: str
    next_review: date
    sources: tuple[str, ...]
    better: Better = Better.NONE
    numerator: Measure | None = None
    denominator: Measure | None = None
    median: Measure | None = None
    per_day: bool = False
    compared: bool = True  # False: a month is not finished, so a verdict on it would mislead
    snapshot: bool = False  # taken on the last day of the month; months do not add up
    cohort: str = ""  # the indicator that counts outcomes of the crimes of the month instead
    finished: str = ""  # of a cohort: the indicator that says how many have any outcome yet
    related: tuple[str, ...] = field(default=())
    archived_on: date | None = None  # no longer reviewed; kept for what was told to boards

    def __post_init__(self) -> None:
        faults = [name for name in REQUIRED if not getattr(self, name)]
        if faults:
            raise ValueError(f"Indicator {self.slug or '?'} lacks: {', '.join(faults)}.")
        if (self.numerator is None) == (self.median is None):
            raise ValueError(f"Indicator {self.slug} needs either a numerator or a median.")
        if self.denominator and (self.median or self.per_day):
            raise ValueError(f"Indicator {self.slug} has a denominator that it does not use.")

    def __str__(self) -> str:
        return self.title

    @property
    def unit(self) -> Shown:
        if self.median:
            return Shown.MINUTES
        if self.denominator:
            return Shown.PERCENT
        return Shown.PER_DAY if self.per_day else Shown.COUNT

    @property
    def nature(self) -> Nature:
        if self.median:
            return Nature.MEDIAN
        return Nature.RATE if self.denominator else Nature.COUNT

    @property
    def adds_up(self) -> bool:
        """Whether months can be summed: not of a median, not of a position at a month's end."""
        return not (self.median or self.snapshot)

    @property
    def measures(self) -> dict[str, Measure]:
        """Its parts by name: `numerator`, `denominator` or `median`."""
        parts = ("numerator", self.numerator), ("denominator", self.denominator)
        return {name: part for name, part in (*parts, ("median", self.median)) if part}


REQUIRED = ("slug", "title", "row", "why", "how", "owner", "checked_by", "next_review", "sources")
