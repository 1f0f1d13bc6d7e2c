"""Numbers that stand in prose, without those that are names, dates or lengths of time."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from performance.selectors.values import half_up

NUMBER = re.compile(
    r"(?<![\w.,/-])£?(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(?![\d.]*\d)\s?(%|ppt|st\b|nd\b|rd\b|th\b)?"
)
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
NAMES = {"999", "101"}  # telephone lines
AFTER = re.compile(rf"(?:[-\u2013]\d+)?\s*[-\u2013]?\s*(?:(?:{MONTHS})|(?:calendar |working )?(?:month|year|day|week|hour|second|pounds)|million|\+|/)", re.IGNORECASE)  # fmt: skip
BEFORE = re.compile(rf"(?:(?:{MONTHS})\s|Covid|-|top |per |Op |Table |s)$", re.IGNORECASE)
REFERENCE = re.compile(r"(?<![\d.])(\d{1,2}\.\d{1,2}\.\d{1,2})(?![\d.]*\d)|(?:as in|(?:told|said|shown|set out|described|explained) in|see|paragraphs?|section|para\.?)\s+(\d{1,2}\.\d{1,2}(?:\.\d{1,2})?)", re.IGNORECASE)  # fmt: skip
YEARS = range(1990, 2101)


@dataclass(frozen=True)
class Number:
    """`text` as it is written, `at` where; `decimals` is how exactly it is told."""

    text: str
    value: Fraction
    decimals: int
    at: int
    is_percent: bool = False
    is_rank: bool = False

    @property
    def end(self) -> int:
        return self.at + len(self.text)

    def is_told_by(self, value: Fraction) -> bool:
        """Whether the value, to as many decimals, reads so."""
        step = Decimal(1).scaleb(-self.decimals)
        return Fraction(half_up(value, step)) == self.value


def numbers_in(text: str) -> Iterator[Number]:
    references = [found.span() for found in REFERENCE.finditer(text)]
    for found in NUMBER.finditer(text):
        if any(first <= found.start() < last for first, last in references):
            continue
        if not _is_name(text, found):
            whole, decimals, suffix = found[1], found[2] or "", found[3] or ""
            yield Number(
                text=found[0].strip(),
                value=Fraction(whole.replace(",", "") + decimals),
                decimals=max(0, len(decimals) - 1),
                at=found.start(),
                is_percent=suffix in {"%", "ppt"},
                is_rank=suffix in {"st", "nd", "rd", "th"},
            )


def _is_name(text: str, found: re.Match[str]) -> bool:
    """A year, a day of a month, a line of telephones, a length of time."""
    whole = found[1]
    if whole in NAMES or found[0].startswith("£"):
        return True
    if not found[2] and not found[3] and "," not in whole and int(whole) in YEARS:
        return True
    if found[3]:
        return found[3] not in {"%", "ppt"} and bool(AFTER.match(text[found.end() :]))
    return bool(BEFORE.search(text[: found.start()]) or AFTER.match(text[found.end() :]))


def references_in(text: str) -> Iterator[str]:
    """Numbers of paragraphs that the text sends its reader to."""
    for found in REFERENCE.finditer(text):
        yield found[1] or found[2]


def sentences_in(text: str) -> list[str]:
    return [part for part in re.split(r"(?<=[.;!?])\s+(?=[A-Z“\d])", text) if part]
