"""A series from its first crime to its end, on the pages."""

import pytest
from django.urls import reverse

from core.models import AuditEvent, ExportRun
from offenders.models import CrimeSeries, SeriesSuspect
from offenders.services.series import close_series
from tests.factories.crimes import CrimeFactory
from tests.factories.nominals import NominalFactory
from tests.factories.series import SeriesCrimeFactory, SeriesFactory, SeriesSuspectFactory
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def opened(**facts):
    day = {"opened_on_day": "1", "opened_on_month": "2", "opened_on_year": "2021"}
    return {"name": "Back doors", "method": "Rear doors forced"} | day | facts


def test_series_is_opened_from_the_page_of_a_crime(officer):
    crime = CrimeFactory.create()
    page = officer.get(f"/crimes/{crime.pk}/")
    assert f"/crimes/{crime.pk}/series/" in page.text
    form = officer.get(f"/crimes/{crime.pk}/series/")
    url = f"/series/new/?crime={crime.pk.replace('/', '%2F')}"
    assert url in form.text
    assert f'value="{crime.pk}"' in officer.get(url).text
    said = opened(crime=crime.pk, why="The first")
    page = officer.post("/series/new/", said, follow=True)
    assert "Series opened." in page.text
    assert crime.pk in page.text
    assert "Back doors" in officer.get(f"/crimes/{crime.pk}/").text


def test_form_keeps_what_was_typed_when_it_is_refused(officer):
    page = officer.post("/series/new/", opened(name="", method="Kept what I typed"))
    assert "Kept what I typed" in page.text
    page = officer.post("/series/new/", opened(crime="99/00000/21"))
    assert "There is no crime with the reference “99/00000/21”." in page.text
    assert not CrimeSeries.objects.exists()


def test_life_of_a_series(officer):
    series, crime, nominal = SeriesFactory.create(), CrimeFactory.create(), NominalFactory.create()
    url = f"/series/{series.pk}/"
    officer.post(f"{url}crimes/new/", {"crime": crime.pk, "why": "Same way in"})
    officer.post(f"{url}suspects/new/", {"nominal": nominal.ref, "why": "Seen nearby"})
    page = officer.get(url)
    assert "Same way in" in page.text
    assert str(nominal) in page.text
    suspect = SeriesSuspect.objects.get()
    standing = f"{url}suspects/{suspect.pk}/standing/"
    assert "Eliminate" in officer.get(standing).text
    officer.post(standing, {"reason": "In prison"})
    assert "Eliminated" in officer.get(url).text
    link = series.links.get()
    officer.post(f"{url}crimes/{link.pk}/unlink/", {"reason": "Another hand"})
    assert "Taken out" in officer.get(url).text
    closed = {"on_day": "1", "on_month": "3", "on_year": "2021", "reason": "All charged"}
    officer.post(f"{url}close/", closed)
    page = officer.get(url)
    assert "Open it again" in page.text
    assert "Link a crime" not in page.text
    officer.post(f"{url}reopen/", {"reason": "It goes on"})
    assert "Link a crime" in officer.get(url).text


def test_series_stands_on_the_page_of_its_suspect_while_it_is_open(officer):
    suspect = SeriesSuspectFactory.create()
    SeriesCrimeFactory.create(series=suspect.series)
    url = f"/nominals/{suspect.nominal_id}/"
    page = officer.get(url).context["page"]
    (now,) = [now for now in page.nows if "Suspected of" in now.title]
    assert now.text == "1 crime, open since 1 February 2021"
    assert [entry.text for entry in page.entries if entry.kind == "Series"] == [suspect.why]
    close_series(by=officer.user, series=suspect.series, reason="Solved")
    page = officer.get(url).context["page"]
    assert [now for now in page.nows if "Suspected of" in now.title] == []


def test_nominal_is_named_from_their_own_page(officer):
    series, nominal = SeriesFactory.create(), NominalFactory.create()
    url = f"/nominals/{nominal.pk}/series/"
    assert url in officer.get(f"/nominals/{nominal.pk}/").text
    officer.post(url, {"series": series.pk, "why": "Footwear"})
    assert SeriesSuspect.objects.get().nominal == nominal


def test_page_of_a_series_leaves_one_look_that_names_everybody(officer):
    suspect = SeriesSuspectFactory.create()
    officer.get(f"/series/{suspect.series_id}/")
    look = AuditEvent.objects.get(action="nominal.viewed")
    assert look.detail == {f"series {suspect.series.ref}": [suspect.nominal_id]}


def test_closed_series_is_refused_on_the_page_that_was_open_meanwhile(officer):
    series = SeriesFactory.create()
    close_series(by=officer.user, series=series, reason="Solved")
    said = {"crime": CrimeFactory.create().pk, "why": "Kept what I typed"}
    page = officer.post(f"/series/{series.pk}/crimes/new/", said)
    assert "This series is closed. Open it again first." in page.text
    assert "Kept what I typed" in page.text


def test_series_changed_by_two_shows_both_values(officer):
    series = SeriesFactory.create()
    url = f"/series/{series.pk}/edit/"
    said = {"name": "Mine", "method": "x", "owner": officer.user.pk, "version": 1}
    officer.post(url, said)
    page = officer.post(url, said | {"name": "Theirs"})
    assert "Somebody else changed this record" in page.text


def test_list_is_filtered(officer):
    link = SeriesCrimeFactory.create()
    other = SeriesFactory.create(name="Quarry lorries", unit_id="fenland")
    for query, found in [
        ("q=quarry", [other]),
        (f"crime_ref={link.crime_id}", [link.series]),
        ("unit=north", [other]),
        ("state=closed", []),
        ("sort=-crimes", [link.series, other]),
    ]:
        assert list(officer.get(f"/series/?{query}").context["object_list"]) == found, query


def test_analyst_sees_the_series_of_a_crime_and_opens_none(sign_in):
    link = SeriesCrimeFactory.create()
    page = sign_in("analyst").get(f"/crimes/{link.crime_id}/")
    assert link.series.name in page.text
    assert f"/series/{link.series_id}/" not in page.text


def test_supervisor_takes_the_list_away_and_an_analyst_does_not(sign_in, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    SeriesFactory.create()
    said = {"kind": "series", "query": "", "format": "csv"}
    boss = sign_in("act-supervisor")
    assert "Export as CSV" in boss.get("/series/").text
    boss.post(reverse("core:export-create"), said)
    assert ExportRun.objects.get().by == boss.user
    assert sign_in("analyst").post(reverse("core:export-create"), said).status_code == 403


def test_page_of_a_series_keeps_its_queries(officer):
    series = SeriesFactory.create()
    url = f"/series/{series.pk}/"

    def add():
        SeriesCrimeFactory.create(series=series)
        SeriesSuspectFactory.create(series=series)

    assert_flat(lambda: officer.get(url), add, rows=5)
    assert_flat(lambda: officer.get("/series/"), SeriesFactory.create, rows=5)
