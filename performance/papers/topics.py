"""Whether a text is about an indicator: by the words of its title that name a thing."""

from __future__ import annotations

import re
from functools import lru_cache

COMMON = {"a", "and", "by", "for", "in", "of", "on", "or", "that", "the", "time", "to", "with"}  # fmt: skip
# How a sentence says the word of a title.
SAME = {"satisfied": "satisfaction", "believe": "belief", "believed": "belief", "had": "have", "has": "have"}  # fmt: skip
# What is measured: a sentence that names one of these is about no title that names none of them.
MEASURED = {"rate", "outcome", "response", "median", "satisfaction", "confidence"}


@lru_cache(maxsize=4096)
def subject_of(title: str) -> frozenset[str]:
    """`dwelling`, `burglary` of “Dwelling burglary: recorded crime”. “All” is a word of its subject
    where there is but one other: else every text with the word crime would be about “All crime”.
    """
    words = words_of(re.split(r"[:(]", title)[0])
    without = words - {"all"}
    return without if len(without) > 1 else words


def words_of(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in re.findall(r"[a-z0-9]+", text.lower())) - COMMON


def _stem(word: str) -> str:
    """Plurals as their singular: burglaries, contracts."""
    if word in SAME:
        return SAME[word]
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    return words_of(text)


def about(title: str, text: str) -> bool:
    return subject_of(title) <= _words(text)


def is_measured(title: str, text: str) -> bool:
    """Whether the text may speak of what the title measures: of a rate, say, and not of offences."""
    named = MEASURED & _words(text)
    return not named or bool(named & words_of(title))
