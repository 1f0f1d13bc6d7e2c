from datetime import date

import pytest
from django.db import transaction
from django.db.models import Sum

from core.dates import add_months
from core.models import Unit
from performance.indicators import INDICATORS
from performance.models import Figure
from performance.selectors.rows import rows_behind
from performance.services.figures import fold_changes
from tests.factories.crimes import CrimeFactory
from tests.factories.force import Force

pytestmark = pytest.mark.django_db

SUMMED = {"integrity-required": "crimes_required", "integrity-recorded": "crimes_recorded"}
UNITS = ["force", "north", "fenland", "pvp", "local-north"]
FIRST, LAST = date(2019, 1, 1), date(2021, 6, 1)


def counted(indicator, part, unit, first, last):
    rows = rows_behind(
        indicator=indicator, part=part, unit=Unit.objects.get(pk=unit), first=first, last=last
    )
    if summed := SUMMED.get(indicator.measures[part].basis):
        return rows.aggregate(total=Sum(summed))["total"] or 0
    return rows.count()


def figured(indicator, part, unit, first, last):
    figures = Figure.objects.filter(indicator=indicator.slug, unit=unit, month__range=(first, last))
    name = "n" if part == "median" else part
    return figures.aggregate(total=Sum(name))["total"] or 0


@pytest.fixture(scope="module")
def force(django_db_setup, django_db_blocker):
    """Records and their figures, made once: the tests only read."""
    with django_db_blocker.unblock(), transaction.atomic():
        made = Force(seed=7)
        made.populate()
        fold_changes()
        yield made
        transaction.set_rollback(True)


PARTS = [(slug, part) for slug, each in INDICATORS.items() for part in each.measures]


@pytest.mark.parametrize(("slug", "part"), PARTS)
def test_rows_are_as_many_as_the_figure_says(force, slug, part):
    indicator = INDICATORS[slug]
    for unit in UNITS:
        first = date(2020, 11, 1) if indicator.snapshot else FIRST
        last = first if indicator.snapshot else LAST
        span = indicator, part, unit, first, last
        assert counted(*span) == figured(*span), unit


def test_rows_of_a_month_are_of_that_month(force):
    months = [add_months(FIRST, n) for n in range(30)]
    indicator = INDICATORS["all-crime-recorded"]
    found = [counted(indicator, "numerator", "force", month, month) for month in months]
    assert found == [figured(indicator, "numerator", "force", month, month) for month in months]
    assert sum(found) > 0


def test_rows_of_the_force_hold_those_without_a_district():
    crime = CrimeFactory(district_id=None)
    rows = rows_behind(
        indicator=INDICATORS["all-crime-recorded"],
        part="numerator",
        unit=Unit.objects.get(pk="force"),
        first=date(2021, 1, 1),
        last=date(2021, 1, 1),
    )
    assert crime in rows


def test_unknown_part_is_an_error():
    with pytest.raises(KeyError):
        rows_behind(
            indicator=INDICATORS["incidents"],
            part="denominator",
            unit=Unit(code="force"),
            first=FIRST,
            last=LAST,
        )
