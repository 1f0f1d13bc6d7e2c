"""Did it work: repeat burglary at treated homes, beside similar ones that were not."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from performance.selectors.treated_homes import Watched, treated_homes
from tests.factories.crimes import CrimeFactory
from tests.factories.packs import DeliveryFactory, GiftFactory
from tests.factories.properties import AssessmentFactory, PropertyFactory, WorksOrderFactory
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db
URL = "/prevention/did-it-work/"
BURGLED = datetime(2020, 6, 1, 12, tzinfo=UTC)
TREATED = date(2020, 7, 1)
LAST = datetime(2020, 12, 28, 12, tzinfo=UTC)  # 180 days after


def burgled(latitude, at=BURGLED, **changes):
    place = {"latitude": latitude, "longitude": 0.1}
    return CrimeFactory.create(recorded_at=at, **(place | changes))


def treat(latitude, on=TREATED):
    home = PropertyFactory.create(latitude=latitude, longitude=0.1)
    place = DeliveryFactory.create(moved_on=on).place
    return GiftFactory.create(place=place, home=home, partner=None, number=1, moved_on=on)


def test_treated_and_similar_homes_are_counted_and_watched_alike():
    for latitude in (52.1, 52.2):
        burgled(latitude)
        treat(latitude)
    burgled(52.3)  # similar
    burgled(52.3, LAST)  # and burgled again, on the last day of the records
    burgled(52.2, BURGLED + timedelta(days=60))  # a treated one again
    burgled(52.4, district_id="fenland")  # another district
    burgled(52.5, is_dwelling=False)  # a shop
    found = treated_homes()
    assert found.treated == Watched(homes=2, again=1, days=360)
    assert found.similar == Watched(homes=1, again=1, days=180)
    assert found.until == LAST.date()
    assert found.chance is not None


def test_home_that_was_not_burgled_before_is_left_out_of_both():
    burgled(52.1)
    treat(52.1)
    treat(52.6)
    burgled(52.6, LAST)
    found = treated_homes()
    assert (found.treated.homes, found.similar.homes) == (1, 0)


def test_finished_works_are_a_treatment_and_ordered_ones_are_not():
    for latitude, state in ((52.1, "done"), (52.2, "ordered")):
        burgled(latitude)
        home = PropertyFactory.create(latitude=latitude, longitude=0.1)
        days: dict[str, Any] = {"quoted_on": TREATED, "ordered_on": TREATED}
        if state == "done":
            days |= {"done_on": TREATED, "cost": 1}
        assessment = AssessmentFactory.create(home=home, assessed_on=TREATED)
        WorksOrderFactory.create(assessment=assessment, state=state, **days)
    burgled(52.9, LAST, district_id="fenland")
    found = treated_homes()
    assert (found.treated.homes, found.similar.homes) == (1, 1)


def test_withdrawn_gift_treats_nothing(sign_in):
    burgled(52.1)
    gift = treat(52.1)
    type(gift).objects.filter(pk=gift.pk).update(withdrawn_at=LAST, withdrawn_why="Slip")
    assert treated_homes().treated.homes == 0
    assert "has been watched yet" in sign_in("isd-staff").get(URL).text


def test_page_says_numbers_intervals_and_that_it_is_not_causal(sign_in):
    burgled(52.1)
    treat(52.1)
    burgled(52.3)
    crime = burgled(52.3, LAST)
    text = sign_in("isd-staff").get(URL).text
    assert "This is not causal." in text
    assert "0 further burglaries at 1 treated home, 1 at 1 similar untreated one" in text
    assert "95% interval" in text
    assert crime.pk not in text


def test_queries_stay_flat(sign_in):
    staff, places = sign_in("isd-staff"), iter(range(40))

    def add():
        latitude = 52 + next(places) / 100
        burgled(latitude)
        treat(latitude)

    assert_flat(lambda: staff.get(URL), add)
