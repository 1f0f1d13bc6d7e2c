from datetime import date

import pytest

from core.models import Unit
from performance.indicators import INDICATORS
from performance.models import Figure, HistoricFigure
from performance.selectors.extremes import standing_of

pytestmark = pytest.mark.django_db

SLUG = "dwelling-burglary-recorded"
JANUARY = date(2021, 1, 1)


def put(month, numerator):
    for indicator in (SLUG, "basis:recorded"):
        Figure.objects.create(indicator=indicator, unit="force", month=month, numerator=numerator)


def standing():
    return standing_of(indicator=INDICATORS[SLUG], unit=Unit.objects.get(pk="force"), month=JANUARY)


def test_lowest_since_the_last_month_as_low():
    for month, numerator in ((10, 70), (11, 80), (12, 90)):
        put(date(2020, month, 1), numerator)
    put(JANUARY, 77)
    found = standing()
    assert (found.lower, found.higher) == (date(2020, 10, 1), date(2020, 12, 1))


def test_lowest_of_all_known():
    put(date(2020, 12, 1), 90)
    put(JANUARY, 77)
    assert (standing().lower, standing().first) == (None, date(2020, 12, 1))


def test_imported_totals_are_looked_at_and_told():
    put(JANUARY, 77)
    HistoricFigure.objects.create(
        indicator=SLUG, unit_id="force", month=date(2010, 1, 1), numerator=300
    )
    found = standing()
    assert (found.first, found.historic) == (date(2010, 1, 1), True)


def test_first_month_stands_nowhere():
    put(JANUARY, 77)
    assert standing() is None


def test_unknown_month_stands_nowhere():
    put(date(2020, 12, 1), 90)
    assert standing() is None
