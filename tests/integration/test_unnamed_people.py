"""Analysts get people as rows that name nobody and join nothing."""

import csv
from datetime import date

import pytest
from django.core.exceptions import ValidationError
from django.http import QueryDict

from core.exports.kinds import export_kind
from core.models import AuditEvent, ExportRun
from core.services.exports import run_export
from offenders.selectors.unnamed import age_band, pseudonym_of
from tests.factories.access import excluded, restricted
from tests.factories.nominals import NominalFactory

PAGE = "/people-without-names/"
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


def test_page_shows_what_the_api_gives(sign_in):
    analyst = sign_in("analyst")
    nominal = NominalFactory.create(surname="Xylobrand", note="quincunx", unit_id="north")
    empty = analyst.get(PAGE).text
    assert "Publication" in empty
    assert "Export as" not in empty
    assert not AuditEvent.objects.filter(action="record.listed").exists()
    text = analyst.get(PAGE, {"publication": "Board 2026"}).text
    [row] = analyst.get(f"{URL}Board 2026").json()["results"]
    assert row["pseudonym"] in text
    assert not [secret for secret in ("Xylobrand", "quincunx", nominal.ref) if secret in text]
    looks = AuditEvent.objects.filter(action="record.listed")
    assert [look.people for look in looks] == [[nominal.pk], [nominal.pk]]


def test_page_turns_its_pages_and_asks_for_a_plain_name(sign_in):
    analyst = sign_in("analyst")
    NominalFactory.create_batch(51)
    shown = analyst.get(PAGE, {"publication": "Board"}).text
    assert "1 to 50 of 51 people" in shown
    assert "publication=Board&amp;page=2" in shown
    assert "51 to 51 of 51" in analyst.get(PAGE, {"publication": "Board", "page": 2}).text
    assert "has 3 to 60 letters" in analyst.get(PAGE, {"publication": "<b>"}).text


def test_file_holds_the_rows_of_the_page(sign_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    analyst = sign_in("analyst")
    people = [NominalFactory.create(surname="Xylobrand", note="quincunx") for _ in range(3)]
    restricted("hidden")
    said = {"kind": "people-without-names", "query": "publication=Board", "format": "csv"}
    run = ExportRun.objects.get(pk=analyst.post("/exports/new/", said).url.split("/")[-2])
    run_export(run.pk)
    lines = b"".join(analyst.get(f"/exports/{run.pk}/download/").streaming_content).decode()
    rows = [list(row.values())[:-1] for row in csv.DictReader(lines.splitlines())]
    given = analyst.get(f"{URL}Board").json()["results"]
    assert rows == [[str(value) for value in row.values()] for row in given]
    assert "Xylobrand" not in lines
    assert "quincunx" not in lines
    made = AuditEvent.objects.filter(action__in=["export.finished", "export.downloaded"])
    assert [event.people for event in made] == [sorted(one.pk for one in people)] * 2


@pytest.mark.parametrize("query", ["", "publication=ab", "publication=Board&area=north"])
def test_file_needs_a_publication_and_nothing_else(query):
    with pytest.raises(ValidationError):
        export_kind("people-without-names").rows(QueryDict(query))


def test_file_is_for_analysts(sign_in):
    supervisor = sign_in("act-supervisor")
    said = {"kind": "people-without-names", "query": "publication=Board", "format": "csv"}
    assert supervisor.post("/exports/new/", said).status_code == 403
    assert supervisor.get(PAGE).status_code == 403


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
