"""How a figure stands in its series, in words: the lowest since when, the second highest."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from fractions import Fraction

YEAR = 12
COUNTING = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
            "eleven", "twelve")  # fmt: skip
ORDINALS = ("", "", "second ", "third ", "fourth ", "fifth ")
MONTHS_NAMED = 24  # a month of the last two years is named, one before it is so many years ago

Known = Sequence[tuple[date, Fraction]]  # months with a value, oldest first; the last is judged


def months_apart(first: date, last: date) -> int:
    return (last.year - first.year) * YEAR + last.month - first.month


def extreme(known: Known, word: str) -> str:
    """`the lowest in at least ten years`, `the highest since March 2020`, `not the lowest`.

    `word` is lowest or highest. Blank where nothing is known before.
    """
    *before, (month, value) = known
    if not before:
        return ""
    sign = 1 if word == "lowest" else -1
    as_far = [at for at, other in before if (other - value) * sign <= 0]
    if as_far and months_apart(as_far[-1], month) <= 1:
        return f"not the {word}"
    return f"the {word} {_since(before[0][0], as_far, month)}"


def whichever(known: Known) -> str:
    """Of the lowest and the highest the one that it is, however near the month that was as far."""
    found = (extreme(known, word) for word in ("lowest", "highest"))
    told = [words for words in found if not words.startswith("not ")]
    return told[0] if told else "as the month before"


def _since(first: date, as_far: Sequence[date], month: date) -> str:
    if not as_far:
        apart = months_apart(first, month)
        return f"in at least {_span(apart)}"
    apart = months_apart(as_far[-1], month)
    if apart <= MONTHS_NAMED:
        return f"since {as_far[-1]:%B %Y}"
    return f"in over {_span(apart - 1)}"


def _span(months: int) -> str:
    if months < MONTHS_NAMED:
        return f"{months} months"
    years = months // YEAR
    return f"{COUNTING[years] if years < len(COUNTING) else years} years"


def ranked(known: Known) -> str:
    """`the second highest month on record`; blank beyond the fifth."""
    value = known[-1][1]
    above = sum(other > value for _, other in known)
    if above >= len(ORDINALS) - 1:
        return f"not among the {COUNTING[len(ORDINALS) - 1]} highest months on record"
    return f"the {ORDINALS[above + 1]}highest month on record"


def listed(names: Sequence[str], nothing: str = "none") -> str:
    """`Fenland`, `Fenland and Peterborough`, `A, B and C`."""
    if not names:
        return nothing
    *most, last = names
    return f"{', '.join(most)} and {last}" if most else last
