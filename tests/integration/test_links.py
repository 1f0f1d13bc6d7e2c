"""No page shows a link or a button to somebody who would be refused behind it."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.urls import Resolver404, ResolverMatch, resolve, reverse

from core.models import AuditEvent
from performance.services.figures import fold_changes
from tests.browser.pages import arguments, is_page
from tests.factories.crimes import CrimeFactory
from tests.factories.packs import DELIVERED, DeliveryFactory, GiftFactory
from tests.factories.planning import PlanningFactory
from tests.factories.properties import AssessmentFactory
from tests.integration.access_matrix import MATRIX
from tests.integration.access_rows import EVERYBODY

LINK = re.compile(r'<a [^>]*href="(/[^"#]*)')
BUTTON = re.compile(r'<form [^>]*method="post"[^>]*action="(/[^"]*)"')
BOARD = "/boards/prevention-and-operations/"
MONTH = {"month": f"{DELIVERED:%Y-%m}"}


def leads(text: str) -> Iterator[tuple[str, str]]:
    """Path and method of every link and every button of a page."""
    yield from ((unescape(path), "GET") for path in LINK.findall(text))
    yield from ((unescape(path), "POST") for path in BUTTON.findall(text))


def found_at(path: str) -> ResolverMatch | None:
    try:
        return resolve(path.partition("?")[0])
    except Resolver404:
        return None


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("role", sorted(EVERYBODY))
def test_pages_show_only_what_leads_on(sign_in, role):
    browser = sign_in(role)
    records = arguments(browser.user)
    shut: set[tuple[str, str, str]] = set()
    for name, row in MATRIX.items():
        if not is_page(name, row) or role not in row.allowed:
            continue
        page = browser.get(reverse(name, kwargs=records.get(name, row.kwargs)))
        for path, method in leads(page.text) if page.status_code == 200 else ():
            match = found_at(path)
            key = match and (match.view_name if method == "GET" else f"{match.view_name} POST")
            if key in MATRIX and role not in MATRIX[key].allowed:
                shut.add((name, method, path))
    assert shut == set()


@pytest.fixture
def prevented(db):
    """A pack given, a home assessed as gold, a planning answer; and a crime of the same month."""
    GiftFactory.create(place=DeliveryFactory.create().place)
    AssessmentFactory.create(result="gold", assessed_on=DELIVERED, why="Rotten frames")
    PlanningFactory.create(
        received_on=DELIVERED, answered_on=DELIVERED, advice="no-objection", days_taken=0
    )
    CrimeFactory.create()
    fold_changes()


def rows_on(page: str) -> set[str]:
    return {path for path, _ in leads(page) if "/rows/" in path}


def test_isd_staff_open_the_rows_of_prevention_and_no_others(sign_in, prevented):
    staff = sign_in("isd-staff")
    shown = rows_on(staff.get(BOARD, MONTH).text)
    assert {path.split("/")[2] for path in shown} >= {
        "packs-given-bronze",
        "packs-in-stock-bronze",
        "gold-properties",
        "planning-answered",
    }
    assert {path: code for path in shown if (code := staff.get(path).status_code) != 200} == {}
    assert not rows_on(staff.get("/boards/combat-acquisitive-crime/", MONTH).text)
    assert staff.get("/indicators/dwelling-burglary-recorded/rows/", MONTH).status_code == 403


def test_figures_rows_are_refused_in_the_api_as_on_the_page(sign_in, prevented):
    staff = sign_in("isd-staff")
    cells = {
        row["slug"]: row["cells"]["current"]
        for row in staff.get(f"/api/v1{BOARD}", MONTH | {"unit": "force"}).json()["rows"]
    }
    own = cells["gold-properties"]["rows"]["numerator"]
    assert staff.get(own).json()["count"] == 1
    assert cells["actions-in-time"]["rows"] == {}
    crimes = "/api/v1/indicators/dwelling-burglary-recorded/rows/"
    assert staff.get(crimes, MONTH | {"unit": "force"}).status_code == 403
    assert AuditEvent.objects.filter(action="access.refused", actor=staff.user.username).exists()


def test_rows_of_a_figure_are_taken_away_with_the_right_of_their_list(sign_in, prevented):
    staff = sign_in("isd-staff")
    query = "indicator=packs-given-bronze&month=2021-01"
    asked = {"kind": "figure-pack-movements", "query": query, "format": "csv"}
    assert staff.post("/exports/new/", asked).status_code == 302
    crimes = asked | {"query": "indicator=dwelling-burglary-recorded&month=2021-01"}
    assert "counts other records" in staff.post("/exports/new/", crimes, follow=True).text
