"""The sentences that the paper tells of, from the records of the courts."""

import csv

from core.models import Unit
from tests.integration.demo.figures import burglars, vehicle_thieves
from tests.shared import shared

TWO_TO_THREE_YEARS = 22, 38  # months, about
EIGHT_YEARS = 96
SEVERAL = 5


def test_burglars_get_two_or_three_years_and_one_over_eight_for_more(force: Unit) -> None:
    found = burglars()
    assert found.between(*TWO_TO_THREE_YEARS) >= SEVERAL
    assert found.longer_than(EIGHT_YEARS) == 1
    longest = found.hearings[0]
    assert "29A" in longest.offences
    assert len(longest.offences) > 1


def test_vehicle_thieves_get_the_years_that_the_paper_tells(force: Unit) -> None:
    found = vehicle_thieves()
    with shared("paper/statements_2021-01.csv").open() as file:
        note = next(row["note"] for row in csv.DictReader(file) if row["id"] == "tomv-convictions")
    told = [words.split(" (")[0].strip() for words in note.split(";")]
    assert sorted(hearing.words for hearing in found.hearings) == sorted(told)
    assert [one.operation for one in found.hearings[:2]] == ["Op Bethesda"] * 2
