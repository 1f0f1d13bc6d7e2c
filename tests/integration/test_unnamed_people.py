"""Analysts get people as rows that name nobody and join nothing."""

from datetime import date

import pytest

from core.models import AuditEvent
from offenders.selectors.unnamed import age_band, pseudonym_of
from tests.factories.access import excluded, restricted
from tests.factories.nominals import NominalFactory

URL = "/api/v1/people-without-names/?publication="


def test_rows_hold_no_identity(sign_in):
    analyst = sign_in("analyst")
    nominal = NominalFactory.create(surname="Xylobrand", note="quincunx", unit_id="north")
    found = analyst.get(f"{URL}Board 2026").json()
    assert set(found["results"][0]) == {
        "pseudonym",
        "age_band",
        "sex",
        "ethnicity",
        "area",
        "arrests",
        "convictions",
    }
    text = str(found)
    for secret in ("Xylobrand", "quincunx", nominal.ref, "1990"):
        assert secret not in text
    row = AuditEvent.objects.get(action="record.listed")
    assert (row.people, row.detail["without names"]) == ([nominal.pk], "Board 2026")


def test_two_publications_cannot_be_joined(sign_in, settings):
    analyst = sign_in("analyst")
    people = [NominalFactory.create().pk for _ in range(8)]
    one, two = (
        [row["pseudonym"] for row in analyst.get(f"{URL}{name}").json()["results"]]
        for name in ("First", "Second")
    )
    assert not set(one) & set(two)
    assert one == sorted(pseudonym_of("First", pk) for pk in people)
    before = pseudonym_of("First", people[0])
    settings.PSEUDONYM_KEY = "another"
    assert pseudonym_of("First", people[0]) != before


def test_those_who_are_kept_from_the_analyst_are_not_among_them(sign_in):
    analyst = sign_in("analyst")
    restricted("hidden")
    restricted("masked")
    excluded(analyst.user)
    assert analyst.get(f"{URL}Board").json()["count"] == 0


@pytest.mark.parametrize("role", ["act-supervisor", "manager", "isd-staff", "administrator"])
def test_it_is_for_analysts(sign_in, role):
    assert sign_in(role).get(f"{URL}Board").status_code == 403


@pytest.mark.parametrize("name", ["", "ab", "x" * 61, "<b>", "a\x00bc"])
def test_a_publication_has_a_plain_name(sign_in, name):
    assert sign_in("analyst").get(URL, {"publication": name}).status_code == 400


@pytest.mark.parametrize(
    ("born", "band"),
    [
        (None, "not known"),
        (date(2016, 11, 29), "under 10"),
        (date(2008, 11, 28), "18 to 24"),
        (date(2008, 11, 29), "10 to 17"),
        (date(1976, 11, 28), "50 or over"),
        (date(1976, 11, 29), "35 to 49"),
    ],
)
def test_bands_end_on_birthdays(born, band):
    assert age_band(born, date(2026, 11, 28)) == band
