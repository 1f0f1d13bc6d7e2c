from dataclasses import replace
from datetime import date

from performance.indicators import INDICATORS
from performance.selectors.catalogue import Standing, boards_of, catalogue, standing_of

INDICATOR = replace(INDICATORS["all-crime-recorded"], next_review=date(2027, 4, 1))
ARCHIVED = replace(INDICATOR, slug="old", title="A", archived_on=date(2026, 6, 1))


def test_standing_turns_on_the_day_after_the_review():
    assert standing_of(INDICATOR, date(2027, 4, 1)) is Standing.CURRENT
    assert standing_of(INDICATOR, date(2027, 4, 2)) is Standing.PAST_REVIEW


def test_standing_of_an_archived_indicator_is_no_longer_reviewed():
    assert standing_of(ARCHIVED, date(2026, 5, 31)) is Standing.CURRENT
    assert standing_of(ARCHIVED, date(2040, 1, 1)) is Standing.ARCHIVED


def test_catalogue_puts_the_archived_last():
    entries = catalogue(on=date(2026, 7, 1), indicators={"old": ARCHIVED, "new": INDICATOR})
    assert [entry.indicator.slug for entry in entries] == [INDICATOR.slug, "old"]


def test_boards_of_an_indicator_are_those_that_show_it():
    slugs = [board.slug for board in boards_of(INDICATORS["dwelling-burglary-recorded"])]
    assert slugs == ["combat-acquisitive-crime", "acquisitive-crime-in-depth"]
