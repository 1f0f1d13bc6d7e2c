"""The prevention of the demonstration stands by itself: it needs no crimes, and is made once."""

from datetime import date

import pytest

from operations.models import PackMovement, Property, WorksOrder
from operations.selectors.prevention import planning_summary, prevention_summary
from performance.demo.prevention import load_prevention
from performance.demo.totals import prevention as totals
from tests.factories.crimes import CrimeFactory

pytestmark = pytest.mark.django_db


def test_records_add_up_to_their_totals():
    made = load_prevention()
    found = prevention_summary(totals.UNTIL)
    bronze = found.packs["bronze"]
    assert bronze.received == bronze.given + bronze.balance
    assert made["packs given"] == bronze.given + found.packs["silver"].given
    assert found.works["quoted"] == totals.WORKS["quoted"]
    answered = planning_summary(date(2020, 4, 1), date(2021, 1, 31))
    assert answered.answered == sum(totals.PLANNING_ANSWERED.values())
    assert 0 < answered.in_time < answered.answered
    assert PackMovement.objects.filter(moved_on__gt=totals.UNTIL).count() == 0
    assert set(load_prevention().values()) == {0}


def test_homes_lie_where_burglaries_were():
    burgled = CrimeFactory.create(
        recorded_at="2020-06-10T12:00Z", latitude=52.2001, longitude=0.1001
    )
    load_prevention()
    homes = Property.objects.filter(latitude=burgled.latitude, longitude=burgled.longitude)
    assert homes.count() == 1
    assert WorksOrder.objects.get(kind="sheds").assessment.home.kind == "sheds"
