"""The catalogue of indicators, and how well each definition is looked after."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from performance.boards import BOARDS, BoardDefinition
from performance.indicators import INDICATORS
from performance.measures import Indicator


class Standing(StrEnum):
    CURRENT = "Current"
    PAST_REVIEW = "Past review"
    ARCHIVED = "Archived"


@dataclass(frozen=True)
class Entry:
    indicator: Indicator
    standing: Standing
    boards: Sequence[BoardDefinition]


def catalogue(*, on: date, indicators: Mapping[str, Indicator] = INDICATORS) -> list[Entry]:
    """By title; what is archived comes last."""
    entries = [
        Entry(indicator, standing_of(indicator, on), boards_of(indicator))
        for indicator in indicators.values()
    ]
    return sorted(
        entries, key=lambda entry: (entry.standing is Standing.ARCHIVED, entry.indicator.title)
    )


def standing_of(indicator: Indicator, on: date) -> Standing:
    if indicator.archived_on and indicator.archived_on <= on:
        return Standing.ARCHIVED
    return Standing.PAST_REVIEW if indicator.next_review < on else Standing.CURRENT


def boards_of(indicator: Indicator) -> list[BoardDefinition]:
    return [board for board in BOARDS.values() if indicator.slug in board.indicators]
