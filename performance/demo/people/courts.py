"""What the courts gave: a dozen burglars and three vehicle thieves, as records that a court sends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from offenders.models import Conviction, Nominal, OffenceCode, Sentence
from offenders.models.conviction import Runs, SentenceKind

FIRST = date(2020, 10, 5)
COURTS = {"north": "Peterborough Crown Court", "south": "Cambridge Crown Court"}
APART = timedelta(days=7)
PASSED_OVER = 10


@dataclass(frozen=True)
class Result:
    """Months of custody for each offence, one after the other; `suspended` is a sentence apart."""

    offences: tuple[tuple[str, int], ...]
    operation: str = "Op Aware"
    suspended: int = 0


RESULTS = (
    Result((("28E", 26),)),
    Result((("28E", 30), ("28F", 12))),
    Result((("28E", 36),)),
    Result((("28E", 28),)),
    Result((("29A", 84), ("34B", 18))),
    Result((("28E", 20),)),
    Result((("28E", 33), ("45", 4))),
    Result((("28E", 24),)),
    Result((("28E", 16),), suspended=18),
    Result((("28E", 32),)),
    Result((("28F", 14),)),
    Result((("28E", 40),)),
    Result((("48", 48),), operation="Op Camacho"),
    Result((("48", 54),), operation="Op Bethesda"),
    Result((("48", 54),), operation="Op Bethesda"),
)
TOGETHER = {"28F", "45"}  # beside a longer sentence these run together with it
CONSPIRACY = "Conspiracy to steal motor vehicles"


def convictions(people: Sequence[Nominal]) -> int:
    """How many people were convicted, one a week. The first of the list wear tags: they are at large."""
    able = people[PASSED_OVER:]
    titles = dict(OffenceCode.objects.values_list("pk", "title"))
    pairs = [
        (conviction, sentence)
        for place, result in enumerate(RESULTS)
        for conviction, sentence in _given(able[place], result, FIRST + place * APART, titles)
    ]
    Conviction.objects.bulk_create(conviction for conviction, _ in pairs)
    Sentence.objects.bulk_create(sentence for _, sentence in pairs)
    return len(RESULTS)


def _given(
    one: Nominal, result: Result, day: date, titles: dict[str, str]
) -> Iterator[tuple[Conviction, Sentence]]:
    for place, (code, months) in enumerate(result.offences):
        conviction = Conviction(
            nominal=one,
            court=COURTS[str(one.unit_id)],
            convicted_on=day,
            offence_id=code,
            title=CONSPIRACY if result.operation == "Op Bethesda" else titles[code],
            operation=result.operation,
        )
        sentence = Sentence(
            conviction=conviction,
            kind=SentenceKind.SUSPENDED if result.suspended else SentenceKind.CUSTODY,
            sentenced_on=day,
            months=months,
            operational_months=result.suspended or None,
        )
        if place:
            sentence.runs = Runs.CONCURRENT if code in TOGETHER else Runs.CONSECUTIVE
        yield conviction, sentence
