"""The claim check: what a paper's words claim, held against the figures. Pure: it asks nobody.

A fault is wrong beyond doubt, and keeps a paper from being sent on. A doubt is for its author to
think about: a number may be right and its figure not held here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from performance.papers.figures import Told
from performance.papers.numbers import Number, numbers_in, references_in, sentences_in
from performance.papers.topics import about, is_measured

SMALL = 100  # a percentage of fewer than this needs its n beside it
# A number this near to a figure of its own paragraph is that figure, told wrongly; a share as near
# as this to one of its subject; what is but as near as this is told what stands nearest.
NEAR_BOUND, NEAR_SUBJECT, NEAR = 0.05, 0.02, 0.1
CHANGES = {"change-year", "change-month", "change-baseline"}
CHANGED = re.compile(r"\s(?:lower|higher|more|fewer|less|up|down)\b", re.IGNORECASE)
SIGNIFICANT = re.compile(r"\bsignificant(?:ly)?\b", re.IGNORECASE)
EXTREME = re.compile(
    r"\b(lowest|highest|low|high)\b[^.;]{0,60}?\b(since|in (?:at least|over|more than)|of the last|over the last)\b"
    r"\s*(?:the\s)?((?:January|February|March|April|May|June|July|August|September|October|November|December)?)",
    re.IGNORECASE,
)
MANY = 4  # paragraphs that may be meant: no hint
NOTHING = {"-", "not known"}
NO_RECORD = "No record of this is held: write it in the place of this list, or take it out."
TESTED = {"significance", "other-significance", "districts-above"}


class Claim(Enum):
    """`is_fault`: wrong beyond doubt."""

    DISAGREES = "disagrees", "Disagrees with its figure", True
    REFERENCE = "reference", "Wrong cross-reference", True
    EXTREME = "extreme", "Not the lowest or highest", True
    UNKNOWN = "unknown", "Unknown figure", True
    UNSUPPORTED = "unsupported", "No figure supports this", False
    SIGNIFICANT = "significant", "“Significant” without a test", False
    SMALL = "small", "Percentage without its n", False
    CHANCE = "chance", "Chance alone would explain it", False
    BASELINES = "baselines", "Two baselines", False

    def __init__(self, slug: str, label: str, is_fault: bool) -> None:
        self.slug = slug
        self.label = label
        self.is_fault = is_fault


@dataclass(frozen=True)
class Finding:
    """`place` is the paragraph's number, or the caption of a table."""

    kind: Claim
    place: str
    words: str
    message: str

    @property
    def is_fault(self) -> bool:
        return self.kind.is_fault


@dataclass(frozen=True)
class Passage:
    """A paragraph. `typed` is its text with every bound figure blanked out, letter for letter, so
    what is left was typed. `told` are its bound figures."""

    number: str
    text: str
    heading: str = ""
    typed: str | None = None
    told: tuple[Told, ...] = ()

    @property
    def by_hand(self) -> str:
        return self.text if self.typed is None else self.typed

    @property
    def subject(self) -> str:
        return f"{self.heading} {self.text}"


def check_passages(passages: Sequence[Passage], known: Sequence[Told]) -> list[Finding]:
    """`known`: every figure that may be told of the month, beside those that are bound."""
    numbers = {passage.number for passage in passages}
    return [
        finding
        for passage in passages
        for finding in (
            *_references(passage, numbers),
            *_unknown(passage),
            *_lists(passage),
            *_numbers(passage, known),
            *_significant(passage, known),
            *_extremes(passage, known),
            *_small(passage, known),
            *_chance(passage),
            *_baselines(passage),
        )
    ]


def _references(passage: Passage, numbers: set[str]) -> Iterator[Finding]:
    for reference in references_in(passage.by_hand):
        if reference in numbers:
            continue
        tail = reference.partition(".")[2]
        meant = sorted(each for each in numbers if each.partition(".")[2] == tail)
        hint = f" Perhaps {' or '.join(meant)} is meant." if 0 < len(meant) < MANY else ""
        message = f"It sends the reader to {reference}, and there is no such paragraph.{hint}"
        yield Finding(Claim.REFERENCE, passage.number, reference, message)


def _unknown(passage: Passage) -> Iterator[Finding]:
    """Once for all the shapes of one figure: they are unknown together."""
    missing = {
        (found.title, found.unit, found.period): found
        for found in passage.told
        if _is_nothing(found)
    }
    for found in missing.values():
        where = "" if found.unit == "force" else f", {found.unit_name}"
        message = f"{found.title}{where}, {found.period}: the records give no such figure."
        yield Finding(Claim.UNKNOWN, passage.number, found.reference, message)


def _is_nothing(found: Told) -> bool:
    return found.words in NOTHING or found.words.startswith("[")


def _lists(passage: Passage) -> Iterator[Finding]:
    if NO_RECORD in passage.text:
        message = "A list stands here of which no record is held."
        yield Finding(Claim.UNSUPPORTED, passage.number, "", message)


def _numbers(passage: Passage, known: Sequence[Told]) -> Iterator[Finding]:
    subject = [each for each in known if about(each.title, passage.subject)]
    for number in numbers_in(passage.by_hand):
        if any(_supports(each, number) for each in (*passage.told, *subject)):
            continue
        if near := _slip(number, passage, subject):
            message = f"says {number.text}, the figure is {near.words}: {near.origin}."
            yield Finding(Claim.DISAGREES, passage.number, number.text, message)
        else:
            nearest = _nearest(number, _alike(number, passage, subject), NEAR)
            hint = f" The nearest is {nearest.words}: {nearest.origin}." if nearest else ""
            message = (
                f"{number.text} stands in the prose, and no figure of the month says so.{hint}"
            )
            yield Finding(Claim.UNSUPPORTED, passage.number, number.text, message)


def _slip(number: Number, passage: Passage, subject: Iterable[Told]) -> Told | None:
    """The figure that the number was meant to be. A count may be that of something else, so it is
    held against the figures of its own paragraph alone."""
    if bound := _nearest(number, _alike(number, passage, passage.told), NEAR_BOUND):
        return bound
    if not number.is_percent and not number.decimals:
        return None
    of_force = (each for each in subject if each.unit == "force")
    return _nearest(number, _alike(number, passage, of_force), NEAR_SUBJECT)


def _alike(number: Number, passage: Passage, figures: Iterable[Told]) -> Iterator[Told]:
    """“66.8% lower” is held against changes, “66.8%” against figures."""
    shapes = CHANGES if CHANGED.match(passage.by_hand, number.end) else {"value"}
    yield from (each for each in figures if each.shape in shapes)


def _supports(told: Told, number: Number) -> bool:
    if number.is_rank:
        return False
    if number.is_percent:
        return told.percent and told.value is not None and number.is_told_by(told.value)
    beneath = {told.numerator, told.denominator, told.n}
    if number.value in {each for each in beneath if each is not None}:
        return True
    return not told.percent and told.value is not None and number.is_told_by(told.value)


def _nearest(number: Number, subject: Iterable[Told], near: float) -> Told | None:
    """Only an exact-looking number (a decimal, or a large one) can be held to be another's slip."""
    if number.is_rank or (not number.decimals and number.value < SMALL):
        return None
    values = [
        (abs(each.value - number.value), each)
        for each in subject
        if each.percent == number.is_percent and each.value
        if abs(each.value - number.value) <= abs(each.value) * near
    ]
    return min(values, key=lambda pair: pair[0])[1] if values else None


def _significant(passage: Passage, known: Sequence[Told]) -> Iterator[Finding]:
    for sentence in sentences_in(passage.by_hand):
        if not SIGNIFICANT.search(sentence):
            continue
        bound = any(each.shape in TESTED and each.beyond_chance for each in passage.told)
        if bound or _has_test(sentence, passage, known):
            continue
        message = "“Significant” needs a test that says so: bind the test, or say it otherwise."
        yield Finding(Claim.SIGNIFICANT, passage.number, sentence.strip(), message)


def _has_test(sentence: str, passage: Passage, known: Sequence[Told]) -> bool:
    subject = f"{passage.heading} {sentence}"
    return any(
        each.shape in TESTED
        and each.beyond_chance
        and about(each.title, subject)
        and is_measured(each.title, sentence)
        for each in known
    )


def _extremes(passage: Passage, known: Sequence[Told]) -> Iterator[Finding]:
    for found in EXTREME.finditer(passage.by_hand):
        word = "lowest" if found[1].lower().startswith("low") else "highest"
        told = [
            each
            for each in (*passage.told, *known)
            if each.shape == word and about(each.title, passage.subject)
        ]
        if not told or any(_stands(each.words, found) for each in told):
            continue
        message = f"The series says: {told[0].words} ({told[0].title})."
        yield Finding(Claim.EXTREME, passage.number, found[0].strip(), message)


def _stands(words: str, claim: re.Match[str]) -> bool:
    if words.startswith("not "):
        return False
    month = claim[3]
    return not month or "since" not in words or month.lower() in words.lower()


def _small(passage: Passage, known: Sequence[Told]) -> Iterator[Finding]:
    said = {number.value for number in numbers_in(passage.text)}
    for told in _percentages(passage, known):
        n = told.n or told.denominator or 0
        if 0 < n < SMALL and n not in said:
            message = f"{told.words} rests on {n} alone ({told.origin}): say so beside it."
            yield Finding(Claim.SMALL, passage.number, told.words, message)


def _percentages(passage: Passage, known: Sequence[Told]) -> Iterator[Told]:
    yield from (each for each in passage.told if each.percent and each.shape == "value")
    subject = [each for each in known if each.percent and about(each.title, passage.subject)]
    for number in numbers_in(passage.by_hand):
        if number.is_percent:
            told = [each for each in subject if _supports(each, number)]
            # The largest is the likeliest to be meant: nobody is asked about a district's few.
            yield from sorted(told, key=lambda each: -(each.n or each.denominator or 0))[:1]


def _chance(passage: Passage) -> Iterator[Finding]:
    for told in passage.told:
        judged = told.shape.startswith("verdict") and told.words != "Comparable"
        if judged and told.beyond_chance is False:
            message = f"“{told.words}”, {told.origin}"
            yield Finding(Claim.CHANCE, passage.number, told.words, message)


def _baselines(passage: Passage) -> Iterator[Finding]:
    for told in passage.told:
        if told.shape == "other-baseline" and not _is_nothing(told):
            message = (
                f"{told.words} is told as a baseline of {told.title}, and the table has another:"
                f" say which is which{told.note}"
            )
            yield Finding(Claim.BASELINES, passage.number, told.words, message)
