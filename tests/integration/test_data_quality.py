import pytest

from core.models import AuditEvent
from performance.services.figures import fold_changes
from tests.factories.crimes import CrimeFactory
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db
URL = "/data-quality/"


def test_data_quality_shows_freshness_and_coverage(sign_in):
    CrimeFactory.create()
    fold_changes()
    CrimeFactory.create()
    text = sign_in("manager").get(URL).text
    assert "January 2021" in text
    assert ", the oldest of " in text
    assert "Never" in text


def test_data_quality_lists_definitions_past_their_review(sign_in, time_machine):
    time_machine.move_to("2029-01-01")
    assert "Force crime registrar" in sign_in("manager").get(URL).text


def test_recompute_is_offered_to_those_who_may(sign_in):
    assert "Recompute every figure" in sign_in("analyst").get(URL).text
    assert "Recompute every figure" not in sign_in("manager").get(URL).text


def test_recompute_is_asked_for_and_audited(sign_in):
    browser = sign_in("analyst")
    assert "Recompute asked for." in browser.post(URL + "recompute/", follow=True).text
    assert AuditEvent.objects.get(action="figures.recomputed").actor == browser.user.username


def test_recompute_is_not_a_link(sign_in):
    assert sign_in("analyst").get(URL + "recompute/").status_code == 405


def test_data_quality_queries_are_pinned_and_flat(sign_in):
    browser = sign_in("manager")

    def add() -> None:
        CrimeFactory.create()
        fold_changes()

    assert_flat(lambda: browser.get(URL), add, rows=5)
    assert_queries("performance:data-quality", lambda: browser.get(URL))
