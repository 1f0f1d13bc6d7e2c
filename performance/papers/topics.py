"""Whether a text is about an indicator: by the words of its title that name a thing."""

from __future__ import annotations

import re
from functools import lru_cache

COMMON = {"a", "all", "and", "by", "for", "in", "of", "on", "or", "that", "the", "time", "to", "with"}  # fmt: skip


@lru_cache(maxsize=4096)
def subject_of(title: str) -> frozenset[str]:
    """`dwelling`, `burglary` of “Dwelling burglary: recorded crime”."""
    return words_of(re.split(r"[:(]", title)[0])


def words_of(text: str) -> frozenset[str]:
    return frozenset(_stem(word) for word in re.findall(r"[a-z0-9]+", text.lower())) - COMMON


def _stem(word: str) -> str:
    """Plurals as their singular: burglaries, contracts."""
    if word.endswith("ies"):
        return word[:-3] + "y"
    return word[:-1] if word.endswith("s") and not word.endswith("ss") else word


@lru_cache(maxsize=512)
def _words(text: str) -> frozenset[str]:
    return words_of(text)


def about(title: str, text: str) -> bool:
    return subject_of(title) <= _words(text)
