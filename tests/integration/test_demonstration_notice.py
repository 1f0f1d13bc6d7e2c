"""While the demonstration force is being loaded, pages of figures say so."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.demonstration import loading_goes_on, loading_has_ended

pytestmark = pytest.mark.django_db
NOTICE = "The demonstration force is still being loaded: figures are not complete yet."


@pytest.fixture(autouse=True)
def unmarked():
    yield
    loading_has_ended()


@pytest.mark.parametrize("path", ["/", "/boards/", "/boards/combat-acquisitive-crime/"])
def test_pages_of_figures_say_that_they_are_not_complete_until_the_force_is_loaded(
    sign_in, settings, path
):
    settings.DEMO, browser = True, sign_in("manager")
    loading_goes_on()
    assert NOTICE in browser.get(path).text

    loading_has_ended()
    assert NOTICE not in browser.get(path).text


def test_notice_is_shown_nowhere_but_in_a_demonstration(sign_in, settings):
    settings.DEMO = False
    loading_goes_on()

    assert NOTICE not in sign_in("manager").get("/").text


def test_notice_costs_no_query(sign_in, settings):
    settings.DEMO, browser = True, sign_in("manager")
    browser.get("/")
    with CaptureQueriesContext(connection) as without:
        browser.get("/")
    loading_goes_on()
    with CaptureQueriesContext(connection) as marked:
        browser.get("/")

    assert len(marked) == len(without)
