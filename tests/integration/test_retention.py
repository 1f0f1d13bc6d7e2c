"""A record falls due, is kept or proposed for disposal, held, and simulated: pages, API, command."""

import json
from datetime import UTC, date, datetime, timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.access.decision import NotAllowed
from core.dates import today
from core.models import AuditEvent
from core.services.approvals import approve
from offenders.models import (
    Nominal,
    RetentionClass,
    RetentionHold,
    RetentionPeriod,
    RetentionReview,
)
from offenders.retention.periods import years_after
from offenders.selectors.retention import outlook, subject_of, subjects
from offenders.services.merges import merge_nominals
from offenders.services.retention import open_due_reviews
from tests.factories.access import restricted
from tests.factories.cohorts import nominated
from tests.factories.convictions import ConvictionFactory
from tests.factories.custody import ArrestFactory, ArrestOffenceFactory
from tests.factories.nominals import NominalFactory
from tests.factories.retention import (
    LONG_AGO,
    NO,
    approval_of,
    due_review,
    held,
    old_nominal,
    proposed,
    supervisor,
)
from tests.factories.tags import consented

pytestmark = pytest.mark.django_db
NEXT = {"next_on_day": "1", "next_on_month": "2"}
ANSWERS = dict.fromkeys(NO, "false")


def reason_in(page: str) -> str:
    return " ".join(page.split())


class TestWhatDecides:
    def test_worst_offence_of_all_records(self) -> None:
        nominal = old_nominal("28E")
        assert subject_of(nominal).due.group == 3
        ConvictionFactory.create(nominal=nominal, offence_id="34B", convicted_on=date(2013, 1, 1))
        assert subject_of(nominal).due.group == 2
        arrest = ArrestFactory.create(nominal=nominal, arrested_at=datetime(2013, 5, 1, tzinfo=UTC))
        ArrestOffenceFactory.create(arrest=arrest, offence_id="1")
        assert subject_of(nominal).due.group == 1

    def test_nobody_with_an_offence_is_in_group_four(self) -> None:
        assert subject_of(NominalFactory.create(created_at=LONG_AGO)).due.group == 4

    def test_group_changes_on_its_day(self) -> None:
        nominal = old_nominal("28E")
        tomorrow = today() + timedelta(days=1)
        RetentionClass.objects.create(offence_id="28E", group=2, valid_from=tomorrow)
        assert subject_of(nominal).due.group == 3
        RetentionClass.objects.filter(offence="28E").update(valid_from=today())
        assert subject_of(nominal).due.group == 2

    def test_period_in_force_is_the_latest_that_has_begun(self) -> None:
        nominal = old_nominal()
        RetentionPeriod.objects.create(group=3, years=8, valid_from=today())
        RetentionPeriod.objects.create(group=3, years=9, valid_from=today() + timedelta(days=1))
        assert subject_of(nominal).due.on == date(2020, 5, 1)

    def test_what_goes_on_is_a_contact_today(self) -> None:
        nominal = old_nominal()
        consented(nominal=nominal)
        found = subject_of(nominal)
        assert found.due.on == years_after(today(), 6)
        assert "the tag that is worn or waited for" in found.due.why

    def test_place_in_a_cohort_is_one_too(self) -> None:
        nominal = old_nominal()
        nominated(nominal=nominal)
        assert subject_of(nominal).due.on == years_after(today(), 6)

    def test_records_of_a_merged_nominal_count(self) -> None:
        kept, gone = old_nominal(), NominalFactory.create(created_at=LONG_AGO)
        merge_nominals(by=supervisor(), kept=kept, gone=gone, reason="One person")
        held(gone)
        assert subject_of(kept).held == ("litigation",)
        assert [subject.nominal_id for subject in subjects()] == [kept.pk]

    def test_child_under_ten_is_marked(self) -> None:
        nominal = old_nominal(date_of_birth=date(2003, 1, 1))
        assert due_review(nominal=nominal).is_under_ten

    def test_queries_do_not_grow_with_the_people(self) -> None:
        held(old_nominal())
        with CaptureQueriesContext(connection) as one:
            subjects()
        for _ in range(3):
            held(old_nominal())
        with CaptureQueriesContext(connection) as many:
            subjects()
        assert len(many) == len(one) < 40


class TestNightly:
    def test_opens_what_is_due_once(self) -> None:
        nominal = old_nominal()
        NominalFactory.create()
        assert open_due_reviews() == {"opened": 1, "closed": 0}
        assert open_due_reviews() == {"opened": 0, "closed": 0}
        review = RetentionReview.objects.get()
        assert (review.nominal, review.due_on, review.group) == (nominal, date(2018, 5, 1), 3)

    def test_closes_what_a_new_contact_put_off_and_takes_the_request_back(self) -> None:
        review = proposed()
        RetentionReview.objects.update(is_asked_for=False)
        asked = approval_of(review)
        ArrestFactory.create(nominal=review.nominal)
        assert open_due_reviews() == {"opened": 0, "closed": 1}
        review.refresh_from_db()
        asked.refresh_from_db()
        assert (review.state, asked.is_open) == ("closed", False)

    def test_leaves_a_review_that_somebody_asked_for(self) -> None:
        due_review(nominal=NominalFactory.create())
        assert open_due_reviews()["closed"] == 0


class TestPages:
    def test_list_says_who_and_why(self, sign_in) -> None:
        review = due_review()
        page = sign_in("data-protection").get("/retention/").text
        assert str(review.nominal) in page
        assert "6 clear years since the arrest on 1 May 2012" in reason_in(page)
        assert "Due, overdue" in page

    def test_list_shows_open_ones_first_and_others_on_request(self, sign_in) -> None:
        review = due_review()
        RetentionReview.objects.update(state="closed")
        browser = sign_in("data-protection")
        assert str(review.nominal) not in browser.get("/retention/").text
        assert str(review.nominal) in browser.get("/retention/?state=closed").text

    def test_record_is_retained_with_a_reason_and_a_date(self, sign_in) -> None:
        review, browser = due_review(), sign_in("data-protection")
        said = ANSWERS | NEXT | {"next_on_year": str(today().year + 5), "reason": "A pattern."}
        answer = browser.post(f"/retention/{review.pk}/retain/", said | {"version": "1"})
        assert answer.status_code == 302
        review.refresh_from_db()
        assert (review.state, review.next_on) == ("retained", date(today().year + 5, 2, 1))
        assert subject_of(review.nominal).due.on == review.next_on

    @pytest.mark.parametrize(
        ("years", "sentence"),
        [
            (-1, "The next review has to lie in the future."),
            (9, "The next review cannot lie further ahead than the period of the group."),
        ],
    )
    def test_next_review_lies_within_the_period(self, sign_in, years: int, sentence: str) -> None:
        review, browser = due_review(), sign_in("data-protection")
        said = ANSWERS | NEXT | {"next_on_year": str(today().year + years), "reason": "A pattern."}
        page = browser.post(f"/retention/{review.pk}/retain/", said | {"version": "1"}).text
        assert sentence in page
        assert "A pattern." in page  # nothing typed is lost

    def test_every_question_is_answered(self, sign_in) -> None:
        review, browser = due_review(), sign_in("data-protection")
        page = browser.post(
            f"/retention/{review.pk}/dispose/", {"reason": "x", "version": "1"}
        ).text
        assert "Is there a risk of violence or serious harm?" in page
        assert page.count("govuk-radios--inline") >= 4
        assert RetentionReview.objects.get().state == "due"

    def test_second_of_two_reviewers_is_told(self, sign_in) -> None:
        review, browser = due_review(), sign_in("data-protection")
        RetentionReview.objects.update(reason="Somebody else's")
        said = ANSWERS | {"reason": "Mine", "version": "1"}
        page = browser.post(f"/retention/{review.pk}/dispose/", said).text
        assert "Somebody else changed this record" in page

    def test_disposal_is_proposed_and_waits_for_another(self, sign_in) -> None:
        review, browser = due_review(), sign_in("data-protection")
        said = ANSWERS | {"reason": "Nothing since.", "version": "1"}
        assert browser.post(f"/retention/{review.pk}/dispose/", said).status_code == 302
        asked = approval_of(review)
        assert (asked.asked_by, asked.reason) == (browser.user, "The period of group 3 has passed.")
        page = browser.get(f"/retention/{review.pk}/").text
        assert f"/approvals/{asked.pk}/" in page
        other = sign_in("act-supervisor")
        assert other.get(f"/approvals/{asked.pk}/").status_code == 200

    def test_nothing_is_proposed_before_its_time(self, sign_in) -> None:
        review = due_review(nominal=NominalFactory.create())
        browser = sign_in("data-protection")
        sentence = "The period of this record has not passed"
        assert sentence in browser.get(f"/retention/{review.pk}/").text
        answer = browser.get(f"/retention/{review.pk}/dispose/")
        assert (answer.status_code, sentence in answer.text) == (403, True)

    def test_review_is_asked_for_on_the_page_of_the_nominal(self, sign_in) -> None:
        nominal, browser = NominalFactory.create(), sign_in("act-supervisor")
        page = f"/nominals/{nominal.pk}/retention/"
        assert "Review the record now" in browser.get(page).text
        answer = browser.post(f"{page}new/")
        assert answer.url == f"/retention/{RetentionReview.objects.get().pk}/"
        assert browser.post(f"{page}new/", follow=True).text.count("is open already") == 1

    def test_officer_reads_how_long_and_decides_nothing(self, sign_in) -> None:
        nominal, browser = old_nominal(), sign_in("act-officer")
        page = browser.get(f"/nominals/{nominal.pk}/retention/").text
        assert "Review due on 1 May 2018." in page
        assert "Review the record now" not in page
        assert browser.get("/retention/").status_code == 403

    def test_each_look_is_in_the_log(self, sign_in) -> None:
        review, browser = due_review(), sign_in("data-protection")
        AuditEvent.objects.filter(action="nominal.viewed").count()
        for path in (f"/retention/{review.pk}/", "/retention/", "/retention/simulate/"):
            browser.get(path)
        looks = AuditEvent.objects.filter(action="nominal.viewed", actor=browser.user.username)
        assert [review.nominal_id in look.people for look in looks] == [True] * 3

    def test_home_says_how_many_wait(self, sign_in) -> None:
        due_review()
        page = reason_in(sign_in("data-protection").get("/").text)
        assert "1 review of records due</a>, 1 overdue; 0 disposals" in page


class TestWhoIsShown:
    def test_hidden_person_is_in_no_list_and_is_decided_by_nobody_else(self, sign_in) -> None:
        review = proposed()
        asked = approval_of(review)
        restricted("hidden", review.nominal)
        browser = sign_in("act-supervisor")
        for path in ("/retention/", "/retention/simulate/", "/api/v1/retention/"):
            assert review.nominal.ref not in browser.get(path).text
        assert "1 of this page is not shown to you." in browser.get("/retention/simulate/").text
        assert browser.get(f"/retention/{review.pk}/").status_code == 404
        with pytest.raises(NotAllowed, match="You may not see whom this is about"):
            approve(by=browser.user, approval=asked)

    def test_of_somebody_disposed_of_a_number_is_left(self, sign_in) -> None:
        review = proposed()
        was = review.nominal
        approve(by=supervisor(), approval=approval_of(review))
        browser = sign_in("data-protection")
        page = browser.get(f"/retention/{review.pk}/").text
        assert "The record was disposed of on" in page
        assert was.ref not in page
        assert was.surname not in browser.get("/retention/?state=disposed").text
        assert browser.get(f"/nominals/{was.pk}/").status_code == 404

    def test_disposal_in_the_browser(self, sign_in) -> None:
        review = proposed()
        browser, asked = sign_in("act-supervisor"), approval_of(review)
        answer = browser.post(f"/approvals/{asked.pk}/", {"decision": "approve", "note": ""})
        assert answer.status_code == 302
        assert Nominal.objects.get(pk=review.nominal_id).surname == "Disposed of"


class TestHolds:
    def test_supervisor_places_and_lifts_one(self, sign_in) -> None:
        nominal, browser = old_nominal(), sign_in("act-supervisor")
        page = f"/nominals/{nominal.pk}/holds/new/"
        said = {"kind": "complaint", "reason": "The IOPC asked.", "case_ref": "IX/7"}
        assert browser.post(page, said).status_code == 302
        hold = RetentionHold.objects.get()
        shown = browser.get(f"/nominals/{nominal.pk}/").text
        assert "Complaint, or the IOPC: nothing may be disposed of" in reason_in(shown)
        assert "IX/7" in browser.get("/retention/holds/").text
        lift = f"/nominals/{nominal.pk}/holds/{hold.pk}/lift/"
        assert browser.post(lift, {"reason": "Closed without action."}).status_code == 302
        hold.refresh_from_db()
        assert (hold.is_live, hold.lifted_by) == (False, browser.user)
        assert browser.get(lift).status_code == 404

    def test_hold_needs_its_reason(self, sign_in) -> None:
        nominal, browser = old_nominal(), sign_in("act-supervisor")
        page = browser.post(f"/nominals/{nominal.pk}/holds/new/", {"kind": "cpia"}).text
        assert "Enter what has to be kept, and why." in page

    def test_held_record_is_not_proposed(self, sign_in) -> None:
        review = due_review()
        held(review.nominal)
        browser = sign_in("data-protection")
        assert "Propose disposal" not in browser.get(f"/retention/{review.pk}/").text
        said = ANSWERS | {"reason": "Nothing since.", "version": "1"}
        answer = browser.post(f"/retention/{review.pk}/dispose/", said)
        assert (answer.status_code, "A hold is on this nominal" in answer.text) == (403, True)


class TestSimulation:
    def test_counts_by_group_and_changes_nothing(self) -> None:
        held(old_nominal("28E"))
        old_nominal("34B")
        NominalFactory.create()
        before = AuditEvent.objects.count()
        found = outlook(date(2022, 5, 1))
        assert (found.people, found.held) == (3, 1)
        assert found.by_group == [(1, 0), (2, 1), (3, 1), (4, 0)]
        assert [len(outlook(day).subjects) for day in (date(2022, 4, 30), date(2018, 4, 30))] == [
            1,
            0,
        ]
        assert (RetentionReview.objects.count(), AuditEvent.objects.count()) == (0, before)

    def test_page_lists_who_falls_due(self, sign_in) -> None:
        nominal, other = old_nominal(), NominalFactory.create()
        page = sign_in("data-protection").get("/retention/simulate/?on=2026-01-01").text
        assert nominal.ref in page
        assert other.ref not in page
        assert "By 1 January 2026: 1 of 2 records" in page

    def test_page_refuses_what_is_no_day(self, sign_in) -> None:
        page = sign_in("data-protection").get("/retention/simulate/?on=tomorrow").text
        assert "Enter a valid date." in page

    def test_command_prints_the_same(self) -> None:
        nominal = old_nominal()
        out = StringIO()
        call_command("retention", "--on=2026-01-01", "--json", "--list", stdout=out)
        said = json.loads(out.getvalue())
        assert (said["due"], said["people"], said["groups"]["3"]) == (1, 1, 1)
        assert said["records"][0]["nominal"] == nominal.pk
        out = StringIO()
        call_command("retention", "--on=2026-01-01", stdout=out)
        assert out.getvalue().startswith("By 2026-01-01, 1 of 1 records fall due for review; 0 of")

    def test_command_refuses_what_is_no_day(self) -> None:
        with pytest.raises(CommandError, match="is not a day"):
            call_command("retention", "--on=soon")

    def test_command_opens_the_reviews(self) -> None:
        old_nominal()
        out = StringIO()
        call_command("retention", "--open", stdout=out)
        assert out.getvalue().strip() == "1 reviews opened, 0 closed."


def test_period_under_six_years_is_refused_with_its_sentence() -> None:
    period = RetentionPeriod(group=3, years=5, valid_from=today())
    with pytest.raises(Exception, match="Everything is kept for six years at least"):
        period.full_clean()


def test_merge_leaves_the_review_of_the_duplicate_and_the_night_closes_it() -> None:
    kept = due_review()
    gone = due_review(nominal=NominalFactory.create(created_at=LONG_AGO))
    merge_nominals(by=supervisor(), kept=kept.nominal, gone=gone.nominal, reason="One person")
    assert Nominal.objects.live().count() == 1
    open_due_reviews()
    gone.refresh_from_db()
    assert gone.state == "closed"
