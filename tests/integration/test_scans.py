"""Journeys through the daily scan: start, mark, link, act, finish; two people; gaps; by API."""

import json
from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from core.concurrency import EditConflict
from core.models import AuditEvent, Unit
from offenders.models import CrimeSeries
from offenders.services.series import open_series
from operations.models import Action, Scan, ScanRow
from operations.services.scans import finish_scan, mark_row, start_scan
from tests.factories.actions import officer
from tests.factories.crimes import CrimeFactory
from tests.factories.incidents import IncidentFactory
from tests.factories.scans import (
    HERE,
    MORNING,
    NIGHT,
    finished,
    neighbour,
    night_crime,
    started,
)
from tests.queries import assert_queries, queries_of

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


@pytest.fixture
def sergeant(sign_in):
    return sign_in("act-supervisor")


def url(scan, *rest):
    return "/".join(["/scans", str(scan.pk), *map(str, rest), ""])


def mark(browser, row, mark="seen", **payload):
    said = {"mark": mark, "version": row.version} | payload
    return browser.post(url(row.scan, "rows", row.position, "mark"), said, follow=True)


def test_scan_is_worked_through_and_handed_over(sergeant):
    crimes = [night_crime(), night_crime(metres_north=5_000), night_crime(metres_north=9_000)]
    with time_machine.travel(MORNING):
        page = sergeant.post("/scans/new/", {"area": "south"}, follow=True)
        assert "<strong>0 of 3</strong>" in page.text
        scan = Scan.objects.get()
        first, second, third = scan.rows.all()
        assert "<strong>1 of 3</strong>" in mark(sergeant, first).text
        mark(sergeant, second, "no-action", note="Reported twice")
        owner = officer()
        action = {
            "kind": "fast-track",
            "aim": "pursue",
            "task": "Fetch the film",
            "owner": owner.pk,
            "subject": "record",
            "version": third.version,
        }
        sergeant.post(url(scan, "rows", 3, "action"), action, follow=True)
        page = sergeant.post(url(scan, "finish"), {"handover": "Mind the Mill Road"}, follow=True)
    for said in ("Mind the Mill Road", "Fetch the film", "Reported twice", str(owner)):
        assert said in page.text
    raised = Action.objects.get()
    assert (raised.crime, raised.unit_id, raised.scan_row) == (crimes[2], "south", third)
    scan.refresh_from_db()
    assert scan.covers == MORNING.date()


def test_scan_holds_what_its_area_recorded_since_the_last_one():
    night_crime(recorded_at=MORNING - 2 * DAY)
    finished(at=MORNING - DAY)
    wanted = night_crime()
    night_crime(district_id="fenland")
    night_crime(offence_id="8Q")  # stalking
    night_crime(cancelled_at=NIGHT)
    IncidentFactory.create(opened_at=NIGHT, category="road-traffic")
    call = IncidentFactory.create(opened_at=NIGHT, category="vehicle-crime")
    IncidentFactory.create(opened_at=NIGHT, category="Burglary dwelling", crime_ref=wanted.pk)
    rows = started().rows.all()
    assert {row.ref for row in rows} == {wanted.pk, call.pk}
    assert [row.incident_id is not None for row in rows if row.crime_id] == [True]


def test_record_that_reached_us_after_its_scan_is_in_the_next():
    night_crime(recorded_at=MORNING - 3 * DAY)
    finished(at=MORNING - 2 * DAY)
    finished(at=MORNING - DAY)
    late = night_crime(recorded_at=MORNING - 2.5 * DAY)
    assert [row.ref for row in started().rows.all()] == [late.pk]


def test_first_scan_begins_a_day_before_the_newest_record():
    night_crime(recorded_at=MORNING - 40 * DAY)
    newest = night_crime(recorded_at=MORNING - 30 * DAY)
    assert [row.ref for row in started().rows.all()] == [newest.pk]


def test_record_without_a_district_is_in_one_of_the_scans():
    lost = night_crime(district_id=None)
    assert [row.ref for row in started(area="north").rows.all()] == [lost.pk]
    assert not started(area="south").rows.exists()


def test_second_person_joins_the_scan_that_runs_and_is_told(sergeant, sign_in):
    night_crime()
    first, other = started(), sign_in("act-officer")
    with time_machine.travel(MORNING):
        page = other.post("/scans/new/", {"area": "south"}, follow=True)
    assert "started this scan on 16 January at 07:30" in page.text
    assert Scan.objects.get() == first


def test_second_mark_on_a_row_is_told_of_the_first_and_loses_nothing(sergeant, sign_in):
    night_crime()
    scan, other = started(), sign_in("act-officer")
    row = scan.rows.get()
    mark(sergeant, row, "no-action", note="Reported twice")
    page = mark(other, row)
    assert f"{sergeant.user} marked this row “No action” at" in page.text.replace("&#x27;", "'")
    row.refresh_from_db()
    assert (row.mark, row.note, row.marked_by) == ("no-action", "Reported twice", sergeant.user)
    with pytest.raises(EditConflict):
        mark_row(by=other.user, row=row, mark="seen", version=1)


def test_scan_finished_with_rows_unseen_is_a_sentence(sergeant):
    night_crime()
    scan = started()
    page = sergeant.post(url(scan, "finish"), {"handover": "All quiet"})
    assert "some are not seen yet" in page.text
    assert f'{url(scan)}#row-1">row 1</a>' in page.text
    assert "All quiet" in page.text
    answer = sergeant.post(f"/api/v1/scans/{scan.pk}/finish/", {}, content_type="application/json")
    assert answer.status_code == 400
    with pytest.raises(IntegrityError, match="some are not seen yet"), transaction.atomic():
        Scan.objects.filter(pk=scan.pk).update(
            finished_at=MORNING + DAY, finished_by=sergeant.user.pk
        )


def test_rows_of_a_finished_scan_stay_as_they_are(sergeant):
    night_crime()
    scan = finished()
    row = scan.rows.get()
    page = mark(sergeant, row, "no-action", note="Too late")
    assert "This scan is finished" in page.text
    with pytest.raises(IntegrityError, match="This scan is finished"), transaction.atomic():
        ScanRow.objects.filter(pk=row.pk).update(note="Changed")


def test_no_action_without_a_reason_is_a_sentence(sergeant):
    night_crime()
    row = started().rows.get()
    assert "Say why no action is needed." in mark(sergeant, row, "no-action", note=" ").text
    row.refresh_from_db()
    assert row.mark == "unseen"


def test_repeats_and_near_repeats_are_told_with_metres_and_days(sergeant):
    same = night_crime(recorded_at=NIGHT - 200 * DAY, metres_north=8)
    near = night_crime(recorded_at=NIGHT - 5 * DAY, metres_north=300)
    call = IncidentFactory.create(opened_at=NIGHT - 3 * DAY, category="vehicle-crime", **HERE)
    night_crime(recorded_at=NIGHT - 400 * DAY)  # too long ago
    night_crime(recorded_at=NIGHT - 20 * DAY, metres_north=300)  # likewise for near
    night_crime(recorded_at=NIGHT - 5 * DAY, metres_north=450)  # too far
    night_crime(recorded_at=NIGHT - 5 * DAY, offence_id="8Q")  # not acquisitive
    finished(at=NIGHT - timedelta(hours=1))
    night_crime()
    line = sergeant.get(url(started())).context["page"].lines[0]
    assert [(one.ref, one.metres, one.days) for one in line.same] == [
        (call.pk, 0, 3),
        (same.pk, 8, 200),
    ]
    assert [(one.ref, one.metres, one.days) for one in line.near] == [(near.pk, 300, 5)]


def test_repeat_victim_is_told_wherever_it_was_and_without_coordinates(sergeant):
    far = night_crime(recorded_at=NIGHT - 300 * DAY, metres_north=20_000, victim_ref="V1")
    unplaced = CrimeFactory.create(recorded_at=NIGHT - 30 * DAY, victim_ref="V1")
    here = night_crime(recorded_at=NIGHT - 5 * DAY, victim_ref="V1")
    night_crime(recorded_at=NIGHT - 400 * DAY, victim_ref="V1", metres_north=900)  # too long ago
    night_crime(recorded_at=NIGHT - 5 * DAY, victim_ref="V2", metres_north=900)  # somebody else
    night_crime(recorded_at=NIGHT - 5 * DAY, metres_north=900)  # nobody that is known
    CrimeFactory.create(recorded_at=NIGHT - DAY, victim_ref="V1", cancelled_at=NIGHT)
    finished(at=NIGHT - timedelta(hours=1))
    night_crime(victim_ref="v1")
    CrimeFactory.create(recorded_at=NIGHT + timedelta(minutes=1), victim_ref="V2")
    page = sergeant.get(url(started()))
    first, second = page.context["page"].lines
    assert [(one.ref, one.days) for one in first.victim] == [
        (here.pk, 5),
        (unplaced.pk, 30),
        (far.pk, 300),
    ]
    assert [one.metres for one in first.victim][:2] == [0, None]
    assert [one.ref for one in first.same] == [here.pk]
    assert [one.metres for one in second.victim] == [None]
    assert page.text.count("Repeat victim") == 2
    assert ">V1<" not in page.text  # the key itself is nobody's business


def test_row_without_coordinates_says_that_nothing_can_be_known(sergeant):
    CrimeFactory.create(recorded_at=NIGHT)
    assert "No coordinates" in sergeant.get(url(started())).text


def test_link_to_a_new_series_and_to_an_open_one(sergeant):
    night_crime(), night_crime(metres_north=5_000)
    scan = started()
    first, second = scan.rows.all()
    form = {"name": "Rear windows", "why": "Same method", "version": first.version}
    sergeant.post(url(scan, "rows", 1, "link"), form, follow=True)
    series = CrimeSeries.objects.get()
    form = {"series": series.pk, "why": "Same shoe", "version": second.version}
    sergeant.post(url(scan, "rows", 2, "link"), form, follow=True)
    assert {row.series for row in scan.rows.all()} == {series}
    assert series.links.count() == 2
    nothing = sergeant.post(url(scan, "rows", 2, "link"), {"why": "x", "version": 2})
    assert "Choose a series, or name a new one." in nothing.text


def test_action_on_a_neighbour_is_about_that_nominal(sergeant):
    nominal = neighbour(metres_north=200)
    night_crime()
    scan = started()
    row = scan.rows.get()
    assert str(nominal) in sergeant.get(url(scan, "rows", 1, "action")).text
    form = {
        "kind": "fast-track",
        "aim": "pursue",
        "task": "Ask where they were",
        "version": 1,
        "owner": officer().pk,
        "subject": f"nominal-{nominal.pk}",
    }
    sergeant.post(url(scan, "rows", 1, "action"), form, follow=True)
    assert Action.objects.get().nominal == nominal
    row.refresh_from_db()
    assert row.mark == "action"


def test_look_at_every_nominal_on_the_page_is_logged(sergeant):
    nominal = neighbour(metres_north=200)
    neighbour(metres_north=4_000)
    night_crime()
    scan = started()
    sergeant.get(url(scan))
    look = AuditEvent.objects.get(action="nominal.viewed", actor=sergeant.user.get_username())
    assert look.detail == {"why": "daily scan", "nominals": [nominal.pk]}


def test_day_without_a_finished_scan_shows_as_a_gap(sergeant):
    night_crime(recorded_at=MORNING - 4 * DAY)
    finished(at=MORNING - 3 * DAY)
    night_crime(recorded_at=MORNING - DAY)
    finished(at=MORNING - DAY)
    with time_machine.travel(MORNING + 900 * DAY):
        page = sergeant.get("/scans/")
    # 14 January had none; the 16th is the day after the newest record
    assert page.context["calendar"].gaps == 2
    assert "<strong>2 scans are missing.</strong>" in page.text


def test_second_scan_of_a_day_covers_no_day_anew():
    night_crime()
    first = finished()
    second = finished(at=MORNING + timedelta(hours=5))
    assert (first.covers, second.covers) == (MORNING.date(), None)


def test_scan_is_of_an_area():
    with pytest.raises(ValidationError, match="A scan is of an area"):
        start_scan(by=officer(), area=Unit.objects.get(pk="cambridge"))


def test_finished_scan_is_not_finished_again():
    night_crime()
    scan = finished()
    with pytest.raises(ValidationError, match="This scan is finished"):
        finish_scan(by=officer(), scan=scan)


def test_page_asks_as_many_queries_for_sixty_rows_as_for_one(sergeant):
    neighbour(metres_north=200)
    night_crime()
    one = finished(at=NIGHT + timedelta(minutes=1))
    for place in range(60):
        night_crime(recorded_at=NIGHT + timedelta(minutes=2 + place), metres_north=place * 40)
    sixty = started()
    assert sixty.rows.count() == 60
    assert_queries("operations:scan-detail", lambda: sergeant.get(url(sixty)))
    many = queries_of(lambda: sergeant.get(url(sixty)))
    few = queries_of(lambda: sergeant.get(url(one)))
    assert len(many) == len(few), "\n".join(many)


def test_list_of_scans_asks_a_fixed_number_of_queries(sergeant):
    night_crime()
    finished()
    assert_queries("operations:scan-list", lambda: sergeant.get("/scans/"))


def test_htmx_gets_the_row_and_the_progress_alone(sergeant):
    night_crime()
    scan = started()
    said = {"mark": "seen", "version": 1}
    page = sergeant.post(url(scan, "rows", 1, "mark"), said, headers={"HX-Request": "true"}).text
    assert 'id="mark-1"' in page
    assert "<strong>1 of 1</strong>" in page
    assert "<html" not in page


def test_api_works_a_scan_through(sign_in):
    browser = sign_in("act-officer")
    night_crime(), night_crime(metres_north=5_000), night_crime(metres_north=9_000)
    nominal = neighbour(metres_north=100)

    def post(path, **body):
        return browser.post(path, json.dumps(body), content_type="application/json")

    with time_machine.travel(MORNING):
        scan = post("/api/v1/scans/", area="south").json()
        again = post("/api/v1/scans/", area="south").json()
        assert (again["id"], scan["total"], scan["unseen"]) == (scan["id"], 3, 3)
        at = f"/api/v1/scans/{scan['id']}"
        shown = browser.get(f"{at}/").json()["rows"][0]
        assert shown["neighbours"][0]["nominal"] == nominal.pk
        assert shown["neighbours"][0]["facts"][0]["rule"]
        assert post(f"{at}/rows/1/mark/", mark="no-action").status_code == 400
        assert post(f"{at}/rows/1/mark/", mark="seen", version=1).json()["mark"] == "seen"
        assert post(f"{at}/rows/1/mark/", mark="seen", version=1).status_code == 409
        said = {"task": "Knock", "owner": browser.user.username, "nominal": nominal.pk}
        assert post(f"{at}/rows/2/action/", **said).json()["mark"] == "action"
        series = open_series(by=browser.user, name="Rear windows", method="By night")
        linked = post(f"{at}/rows/3/link/", series=series.pk, why="Same shoe").json()
        assert linked["series"] == series.pk
        assert post(f"{at}/finish/", handover="All quiet").json()["covers"] == "2021-01-16"
    assert post(f"{at}/rows/9/mark/", mark="seen").status_code == 404
    assert len(browser.get("/api/v1/scans/").json()) == 1
