"""What a paper makes whole from the records: where the force stands, and what packs are expected."""

from datetime import date, timedelta

import pytest
from django.urls import reverse

from core.dates import add_months
from operations.selectors.packs import tiles
from performance.models import Paper
from performance.papers.document import ChartBlock, ListBlock, Table
from performance.selectors.forecasts import expected, forecast_blocks
from performance.selectors.paper_national import ladder_blocks, national_blocks
from tests.factories.national_months import NationalMonthFactory
from tests.factories.packs import GIVEN, DeliveryFactory, GiftFactory, PackTargetFactory

NOVEMBER = date(2020, 11, 1)
JANUARY = Paper(month=date(2021, 1, 1))

pytestmark = pytest.mark.django_db


@pytest.fixture
def shared() -> None:
    """Twelve months of three forces, and eleven of one."""
    for name, outcomes, months in (("A", 30, 12), ("B", 20, 12), ("C", 10, 12), ("D", 40, 11)):
        for back in range(months):
            NationalMonthFactory.create(
                month=add_months(NOVEMBER, -back), force_name=name, outcomes=outcomes
            )


@pytest.mark.usefixtures("shared")
def test_national_position_ranks_forces_and_names_those_left_out() -> None:
    ranks, people = national_blocks(JANUARY)
    (ladder,) = ladder_blocks(JANUARY, "dwelling-burglary-outcome-rate")

    assert isinstance(ranks, Table)
    assert "12 months to November 2020" in ranks.caption
    assert ranks.header[4:] == ("Rank", "Rank a year before", "Interval of the rank")
    assert any("for incomplete data, D" in note for note in ranks.notes)
    assert isinstance(people, Table)
    assert people.rows[0][0].words == "Dwelling burglary"
    assert isinstance(ladder, ChartBlock)
    assert [[cell.words for cell in row] for row in ladder.table.rows] == [
        ["A", "1", "30.0%", "1 to 1"],
        ["B", "2", "20.0%", "2 to 2"],
        ["C", "3", "10.0%", "3 to 3"],
    ]


def test_national_position_says_that_nothing_was_shared() -> None:
    (found,) = national_blocks(JANUARY)

    assert isinstance(found, ListBlock)
    assert "No other force" in found.items[0][0].words


def test_forecast_of_packs_has_its_interval_and_a_table() -> None:
    delivery = DeliveryFactory.create()
    GiftFactory.create(place=delivery.place, number=20)
    PackTargetFactory.create()
    day = GIVEN + timedelta(days=2)

    (block,) = forecast_blocks(day)
    (bronze,) = expected(tiles(day))

    assert isinstance(block, ChartBlock)
    assert bronze.whole
    assert bronze.low is not None
    assert bronze.high is not None
    assert bronze.given <= bronze.low < bronze.whole < bronze.high
    assert block.table.rows[0][1].words == "20"
    assert "app-forecast__expected" in block.svg
    assert "Bronze: 20 done" in block.alt


def test_nothing_is_forecast_where_nothing_is_given_or_aimed_at() -> None:
    assert list(forecast_blocks(GIVEN)) == []


def test_page_of_packs_shows_the_bars_and_their_table(sign_in) -> None:
    delivery = DeliveryFactory.create()
    GiftFactory.create(place=delivery.place, number=20)
    PackTargetFactory.create()

    page = sign_in("isd-staff").get(reverse("operations:packs")).content.decode()

    assert "app-forecast__done" in page
    assert "The same as a table" in page
