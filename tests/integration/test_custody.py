"""Journeys at the custody desk: log an arrest, keep the clock, end the detention."""

import re
from datetime import UTC, date, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent
from offenders.custody.clock import Kind
from offenders.models import Arrest, CustodyEvent, Detention
from offenders.selectors.custody import in_words
from offenders.services.custody import amend_detention, record_custody_event
from tests.factories.crimes import CrimeFactory
from tests.factories.custody import (
    ARRIVED,
    AUTHORISED,
    ArrestFactory,
    ArrestOffenceFactory,
    detained,
)
from tests.factories.nominals import NominalFactory
from tests.integration.custody_forms import arrest_form, moment

pytestmark = pytest.mark.django_db


REVIEW = {"authorised_rank": 3, "authorised_by": "Inspector Invented"}


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


@pytest.fixture
def at_desk():
    """11 January 2023, 13:00: review 1 is due in 45 minutes."""
    with time_machine.travel(datetime(2023, 1, 11, 13, 0, tzinfo=UTC), tick=False):
        yield


def log(officer, detention, kind, **payload):
    return officer.post(f"/custody/{detention.pk}/log/{kind}/", payload, follow=True)


def errors(response):
    assert response.status_code == 200
    return response.context["form"].errors


def test_arrest_is_logged_from_the_page_of_a_nominal(officer):
    nominal, crime = NominalFactory.create(), CrimeFactory.create()
    page = officer.get(f"/nominals/{nominal.pk}/")
    assert f"/nominals/{nominal.pk}/arrests/new/" in page.text
    payload = arrest_form(officer, crimes=crime.pk)
    response = officer.post(f"/nominals/{nominal.pk}/arrests/new/", payload, follow=True)
    assert "Arrest logged." in response.text
    assert Arrest.objects.get().offences.count() == 2


def test_arrest_and_custody_are_logged_in_one_form(officer):
    nominal = NominalFactory.create()
    payload = arrest_form(
        officer,
        nominal=nominal.ref,
        station="Parkside",
        **moment("arrived_at", time="07:30"),
        **moment("authorised_at", time="07:45"),
    )
    response = officer.post("/custody/arrest/new/", payload, follow=True)
    assert "An aid, not the custody record" in response.text
    assert Detention.objects.get().clock.next_review == datetime(2023, 1, 11, 13, 45, tzinfo=UTC)


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("nominal", {"nominal": "N-nobody"}),
        ("offence", {"offence": ""}),
        ("crimes", {"crimes": "none/such"}),
        ("place", {"place": ""}),
        ("arrested_at", moment("arrested_at", year="2099")),
        ("arrived_at", {"station": "Parkside"}),
        ("station", moment("arrived_at", time="07:30")),
        ("arrived_at", {"station": "Parkside", **moment("arrived_at", time="06:39")}),
    ],
)
def test_arrest_refuses_what_cannot_be_and_keeps_what_was_typed(officer, field, wrong):
    nominal = NominalFactory.create()
    payload = arrest_form(officer, nominal=nominal.ref, operation="Invented") | wrong
    response = officer.post("/custody/arrest/new/", payload)
    assert field in errors(response)
    assert 'value="Invented"' in response.text
    assert not Arrest.objects.exists()


def test_arrest_is_corrected_and_then_goes_into_custody(officer):
    arrest = ArrestFactory.create()
    url = f"/custody/arrest/{arrest.pk}/"
    change = {"version": 1, "place": "Elsewhere", "district": "", "operation": "", "note": ""}
    officer.post(f"{url}edit/", change)
    assert "Elsewhere" in officer.get(url).text
    payload = {"case": "ordinary", "station": "Parkside", **moment("arrived_at", time="07:30")}
    officer.post(f"{url}detention/", payload)
    assert Detention.objects.get().entries.count() == 2


def test_offences_of_an_arrest_are_corrected_with_their_history(officer):
    arrest = ArrestOffenceFactory.create().arrest
    url = f"/custody/arrest/{arrest.pk}/"
    first = arrest.offences.get()
    added = {"title": "Going equipped", "crime": "", "mode": "either"}
    officer.post(f"{url}offences/new/", added)
    assert "Going equipped" in officer.get(url).text
    form = officer.get(f"{url}offences/{first.pk}/edit/").context["form"]
    changed = {"title": "Handling", "crime": "", "mode": "either", "seen": form.initial["seen"]}
    officer.post(f"{url}offences/{first.pk}/edit/", changed)
    officer.post(f"{url}offences/{first.pk}/remove/", {"reason": "Not for that"})
    assert [row.title for row in arrest.offences.all()] == ["Going equipped"]
    titles = [revision.title for revision in officer.get(url).context["history"]]
    assert titles == ["Removed: arrest offence", "Changed: arrest offence"]


def test_two_who_change_one_offence_are_told(officer):
    offence = ArrestOffenceFactory.create()
    url = f"/custody/arrest/{offence.arrest_id}/offences/{offence.pk}/edit/"
    seen = officer.get(url).context["form"].initial["seen"]
    said = {"crime": "", "mode": "either", "seen": seen}
    officer.post(url, said | {"title": "Mine"})
    page = officer.post(url, said | {"title": "Theirs"})
    assert "Arrested for is now “Mine”" in page.text
    assert 'value="Theirs"' in page.text


def test_night_at_the_desk(officer, at_desk):
    detention = detained()
    log(officer, detention, "reviewed", **moment("at", time="13:00"), **REVIEW)
    with time_machine.travel(datetime(2023, 1, 12, 6, 0, tzinfo=UTC)):
        log(officer, detention, "reviewed", **moment("at", time="21:30"), **REVIEW)
        given = {**moment("at", "12", "06:00"), "authorised_rank": 5, "hours": 36}
        log(officer, detention, "extended", **given, authorised_by="Superintendent Invented")
        assert "12 Jan 2023, 19:30" in officer.get(f"/custody/{detention.pk}/").text
        payload = {"version": 1, "result": "charged-bailed", **moment("ended_at", "12", "06:00")}
        response = officer.post(f"/custody/{detention.pk}/end/", payload, follow=True)
    assert response.context["title"] == "Record court bail"
    assert "Charged and bailed to court" in officer.get(f"/custody/{detention.pk}/").text
    assert Detention.objects.get().hours_used == 23  # 22 h 30, half up


def test_refusal_is_a_sentence_and_keeps_what_was_typed(officer):
    detention = detained(mode="summary")
    given = {**moment("at", "11", "20:00"), "authorised_rank": 5, "hours": 36}
    response = log(officer, detention, "extended", **given, authorised_by="Supt Invented")
    assert "Every offence of this arrest is summary only" in response.text
    assert 'value="Supt Invented"' in response.text
    assert detention.entries.count() == 3


def test_form_warns_of_what_is_refused_now(officer, at_desk):
    early = detained(mode="summary")
    assert "summary only" in officer.get(f"/custody/{early.pk}/log/extended/").text
    form = officer.get(f"/custody/{early.pk}/log/reviewed/")
    assert "As things stand now this is refused" not in form.text


def test_board_offers_an_extension_once_two_reviews_are_done(officer, at_desk):
    held = detained()
    extend = f"/custody/{held.pk}/log/extended/"
    assert extend not in officer.get("/custody/").text
    for minutes in (10, 20):
        at = AUTHORISED + timedelta(minutes=minutes)
        record_custody_event(by=officer.user, detention=held, kind=Kind.REVIEWED, at=at, **REVIEW)
    assert extend in officer.get("/custody/").text


def test_green_button_answers_what_is_due(officer, at_desk):
    page = officer.get(f"/custody/{detained().pk}/").text
    green = re.findall(r'class="govuk-button" data-module="govuk-button">([^<]+)<', page)
    assert green == ["Reviewed"]


def test_two_officers_log_the_same_review(officer, at_desk):
    detention = detained()
    for _ in range(2):
        response = log(officer, detention, "reviewed", **moment("at", time="13:00"), **REVIEW)
    assert "Reviews are logged in their order" in response.text
    assert detention.entries.filter(kind="reviewed").count() == 1


def test_end_from_a_stale_page_tells_both_values(officer):
    detention = detained()
    amend_detention(by=officer.user, detention=detention, version=1, station="Thorpe Wood")
    payload = {"version": 1, "result": "no-action", **moment("ended_at", time="16:00")}
    response = officer.post(f"/custody/{detention.pk}/end/", payload)
    assert "Somebody else changed this record" in response.text
    assert Detention.objects.get().ended_at is None


def test_wrong_entry_is_withdrawn_with_a_reason_and_stays_readable(officer, at_desk):
    detention = detained()
    log(officer, detention, "reviewed", **moment("at", time="13:00"), **REVIEW)
    entry = detention.entries.get(kind="reviewed")
    url = f"/custody/{detention.pk}/entries/{entry.pk}/withdraw/"
    response = officer.post(url, {"reason": "Wrong person"}, follow=True)
    assert "<del>Reviewed</del>" in response.text
    assert Detention.objects.get().clock.reviews_done == 0


def test_entry_of_another_detention_is_not_withdrawn(officer):
    entry = detained().entries.get(kind="arrived")
    url = f"/custody/{detained().pk}/entries/{entry.pk}/withdraw/"
    assert officer.post(url, {"reason": "x"}).status_code == 404


@pytest.mark.parametrize("kind", ["arrested", "released", "bailed", "nonsense"])
def test_form_of_an_event_that_is_not_logged_by_itself_is_404(officer, kind):
    assert officer.get(f"/custody/{detained().pk}/log/{kind}/").status_code == 404


def test_detention_says_what_is_open_and_why_the_rest_is_not(officer, at_desk):
    page = officer.get(f"/custody/{detained().pk}/").text
    assert "Why the rest is not open" in page
    assert "before the second review" in page
    assert "Detention cannot be extended" in page


@pytest.mark.parametrize(
    ("time", "words", "urgency"),
    [
        ((12, 0), "in 1 h 45", ""),
        ((12, 45), "in 1 h 00", "amber"),
        ((13, 29), "in 16 min", "amber"),
        ((13, 30), "in 15 min", "red"),
        ((13, 45), "in 0 min", "red"),
        ((13, 50), "late by 5 min", "late"),
    ],
)
def test_board_says_how_soon_in_words(officer, time, words, urgency):
    detained()
    with time_machine.travel(datetime(2023, 1, 11, time[0], time[1], tzinfo=UTC), tick=False):
        response = officer.get("/custody/")
    (row,) = response.context["rows"]
    assert row.urgency == urgency
    assert f"<strong>Review 1</strong> {words}" in response.text


def test_board_sorts_by_what_is_due_next(officer, at_desk):
    later = detained(nominal=NominalFactory.create(surname="Later"))
    first = detained(nominal=NominalFactory.create(surname="First"))
    record_custody_event(
        by=officer.user,
        detention=later,
        kind=Kind.REVIEWED,
        at=AUTHORISED + timedelta(hours=5),
        authorised_rank=3,
    )
    rows = officer.get("/custody/").context["rows"]
    assert [row.detention for row in rows] == [first, later]


def test_board_answers_a_poll_with_its_lines_and_logs_one_look(officer, at_desk):
    detained()
    officer.get("/custody/")
    lines = officer.get("/custody/", HTTP_HX_REQUEST="true").text
    assert lines.lstrip().startswith("<div")
    assert 'hx-trigger="every 30s"' in lines
    assert AuditEvent.objects.filter(action="nominal.viewed").count() == 1


def test_board_marks_a_child_and_carries_no_style(officer, at_desk):
    detained(nominal=NominalFactory.create(date_of_birth=date(2009, 1, 1)))
    page = officer.get("/custody/").text
    assert "Child" in page
    assert not re.search(r"\sstyle=", page)


def test_page_of_a_detention_leaves_one_look(officer):
    detention = detained()
    officer.get(f"/custody/{detention.pk}/")
    looks = AuditEvent.objects.filter(action="nominal.viewed")
    assert [look.target_id for look in looks] == [str(detention.arrest.nominal_id)]


def test_page_of_a_nominal_says_that_they_are_in_custody(officer, at_desk):
    page = officer.get(f"/nominals/{detained().arrest.nominal_id}/").text
    assert "In custody" in page
    assert "Arrested at Invented Street" in page


def test_board_keeps_its_queries_however_many_are_held(officer, at_desk, django_assert_num_queries):
    detained()
    with CaptureQueriesContext(connection) as few:
        officer.get("/custody/")
    for _ in range(5):
        detained()
    with django_assert_num_queries(len(few)):
        officer.get("/custody/")


def test_detention_keeps_its_queries_with_200_entries(officer, django_assert_num_queries):
    detention = detained()
    pages = [f"/custody/{detention.pk}/", f"/nominals/{detention.arrest.nominal_id}/?kind=Custody"]
    before = []
    for page in pages:
        with CaptureQueriesContext(connection) as few:
            officer.get(page)
        before.append(len(few))
    CustodyEvent.objects.bulk_create(
        CustodyEvent(
            detention=detention,
            kind="reviewed",
            at=ARRIVED + timedelta(hours=hour),
            authorised_rank=3,
            by=officer.user,
        )
        for hour in range(1, 201)
    )
    for page, queries in zip(pages, before, strict=True):
        with django_assert_num_queries(queries):
            officer.get(page)


def test_words_of_a_length():
    assert [in_words(timedelta(minutes=minutes)) for minutes in (0, 59, 65, 1500)] == [
        "0 min",
        "59 min",
        "1 h 05",
        "25 h 00",
    ]


def test_name_in_place_of_a_reference_is_answered_with_whom_it_may_mean(officer):
    meant = NominalFactory.create(surname="Quillfeather", ref="N004711")
    said = arrest_form(officer, nominal="qilfether")
    page = officer.post("/custody/arrest/new/", said).text
    assert "N004711" in page
    assert str(meant) in page
    assert "Invented Street" in page
    assert not Arrest.objects.exists()
    assert AuditEvent.objects.filter(action="nominal.searched").exists()
