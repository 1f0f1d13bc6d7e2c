"""Consultations, watch schemes, estate works, awareness: made, listed and changed by ISD staff."""

from datetime import timedelta

import pytest

from tests.factories.packs import GIVEN
from tests.integration.test_prevention import day

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(sign_in):
    return sign_in("isd-staff")


COMMUNITY = {
    "consultations": (
        {"title": "Sheds", "channel": "doors", "people": 40, "involved": 3}
        | day("held_on", GIVEN),
        {"involved": 41},
        "No more people stay involved",
    ),
    "watch-schemes": (
        {"name": "Invented Row", "area": "The Row", "coordinator": "a resident", "members": 12}
        | day("started_on", GIVEN),
        {"members": 0},
        "at least one household",
    ),
    "estates": (
        {"estate": "The Invented", "council": "Cambridge City Council", "homes": 60,
         "measures": ["doors"]} | day("started_on", GIVEN),
        day("done_on", GIVEN - timedelta(days=1)),
        "done before they started",
    ),
    "awareness": (
        {"subject": "cuckooing", "audience": "Housing staff", "people": 9}
        | day("given_on", GIVEN),
        {"people": 0},
        "At least one person",
    ),
}  # fmt: skip


@pytest.mark.parametrize("folder", COMMUNITY)
def test_community_records_are_made_listed_and_changed(staff, folder):
    facts, wrong, sentence = COMMUNITY[folder]
    url = f"/prevention/community/{folder}/"
    assert sentence in staff.post(f"{url}new/", facts | wrong).text
    page = staff.post(f"{url}new/", facts, follow=True)
    assert "recorded" in page.text.lower()
    one = page.context["object_list"][0]
    assert staff.get(f"{url}{one.pk}/").status_code == 200
    change = facts | {"version": one.version}
    change |= {"people": 44} if "people" in facts else {}
    page = staff.post(f"{url}{one.pk}/edit/", change, follow=True)
    assert page.status_code == 200
    assert staff.get("/prevention/community/").status_code == 200
