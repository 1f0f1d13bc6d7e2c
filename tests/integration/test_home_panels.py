import pytest
from django.urls import reverse

from core.models import ImportRun, ImportState
from tests.factories.packs import GIVEN, DeliveryFactory, GiftFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def test_analyst_sees_imports_on_their_way(sign_in) -> None:
    ImportRun.objects.create(kind="crimes", file_name="january.csv", state=ImportState.RUNNING)
    ImportRun.objects.create(kind="crimes", file_name="december.csv", state=ImportState.DONE)
    page = sign_in("analyst").get("/").content.decode()
    assert "january.csv" in page
    assert "december.csv" not in page


def test_isd_staff_see_the_deliveries_that_wait_for_a_yes_and_none_of_other_work(sign_in) -> None:
    def sent(kind: str, name: str, state: str) -> None:
        ImportRun.objects.create(kind=kind, file_name=name, state=state, created=40)

    sent("pack-movements", "packs.csv", ImportState.CHECKED)
    sent("pack-movements", "last-week.csv", ImportState.DONE)
    sent("crimes", "crimes.csv", ImportState.CHECKED)
    page = sign_in("isd-staff").get("/").text
    assert "packs.csv</a>: 40 to be added; sent by a command" in page
    assert "last-week.csv" not in page
    assert "crimes.csv" not in page


def test_isd_staff_are_told_of_a_low_stock(sign_in) -> None:
    place = DeliveryFactory.create(number=50).place
    GiftFactory.create(place=place, number=40, moved_on=GIVEN)
    page = sign_in("isd-staff").get("/").text
    assert "10 are left in stock: enough for 7 days at 10 a week." in page


def test_administrator_sees_who_waits_for_a_role(sign_in) -> None:
    UserFactory.create(full_name="Wendy Waiting")
    left = UserFactory.create(full_name="Lee Left", roles=["analyst"])
    left.grants.update(ended_at="2100-01-01T00:00Z")
    UserFactory.create(full_name="Ana Analyst", roles=["analyst"])
    page = sign_in("administrator").get("/").content.decode()
    assert "Wendy Waiting" in page
    assert "Lee Left" in page
    assert "Ana Analyst" not in page


def test_auditor_is_led_to_the_log(sign_in) -> None:
    page = sign_in("auditor").get("/").content.decode()
    assert f'href="{reverse("core:audit-list")}"' in page
    assert "Imports" not in page


def test_somebody_without_a_role_is_told(sign_in) -> None:
    assert "Ask an administrator" in sign_in().get("/").content.decode()
