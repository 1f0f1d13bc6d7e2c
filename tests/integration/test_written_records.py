import pytest

from core.models import AuditEvent
from performance.models import IntegrityAudit, SupervisoryReview
from performance.services.supervisory_reviews import amend_supervisory_review
from tests.factories.integrity_audits import IntegrityAuditFactory
from tests.factories.supervisory_reviews import SupervisoryReviewFactory
from tests.factories.users import UserFactory
from tests.queries import assert_queries

pytestmark = pytest.mark.django_db
REVIEWS, AUDITS = "/records/reviews/", "/records/integrity-audits/"


def day(name, number):
    return {f"{name}_day": str(number), f"{name}_month": "1", f"{name}_year": "2021"}


def _review(**changes):
    return {
        "review_ref": "SR-1",
        "department": "local-north",
        **day("opened_on", 11),
        **day("due_on", 25),
        **changes,
    }


def _audit(**changes):
    return {
        "audit_ref": "CDI-1",
        **day("audited_on", 12),
        "subject": "Sexual offences",
        "incidents_audited": "60",
        "crimes_required": "40",
        "crimes_recorded": "38",
        **changes,
    }


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def test_review_is_recorded_and_audited(officer):
    response = officer.post(REVIEWS + "new/", _review(), follow=True)
    assert "Review recorded." in response.text
    assert SupervisoryReview.objects.get().department_id == "local-north"
    assert AuditEvent.objects.get(action="record.created").target_id == "SR-1"


@pytest.mark.parametrize(
    "wrong", [{"review_ref": ""}, {"department": "cambridge"}, day("due_on", 10), day("done_on", 1)]
)
def test_review_refuses_what_cannot_be(officer, wrong):
    response = officer.post(REVIEWS + "new/", _review(**wrong))
    assert response.context["form"].errors
    assert not SupervisoryReview.objects.exists()


def test_review_edit_tells_the_second_editor(officer):
    review = SupervisoryReviewFactory.create()
    amend_supervisory_review(
        by=UserFactory.create(), review=review, version=1, direction="House to house"
    )
    response = officer.post(f"{REVIEWS}{review.pk}/edit/", _review(version=1, direction="CCTV"))
    assert "Somebody else changed this record" in response.text
    assert SupervisoryReview.objects.get().direction == "House to house"


def test_review_done_shows_in_its_history(officer):
    review = SupervisoryReviewFactory.create()
    officer.post(f"{REVIEWS}{review.pk}/edit/", _review(version=1, **day("done_on", 20)))
    assert "Done on" in officer.get(f"{REVIEWS}{review.pk}/").text
    assert SupervisoryReview.objects.get().version == 2


def test_audit_is_recorded(officer):
    officer.post(AUDITS + "new/", _audit())
    audited = IntegrityAudit.objects.get()
    assert (audited.crimes_required, audited.crimes_recorded) == (40, 38)


def test_audit_refuses_more_recorded_than_required(officer):
    response = officer.post(AUDITS + "new/", _audit(crimes_recorded="41"))
    assert "No more crimes can be recorded than were required." in response.text


def test_audit_is_changed(officer):
    audited = IntegrityAuditFactory.create()
    officer.post(f"{AUDITS}{audited.pk}/edit/", _audit(version=1, finding="Two missed"))
    assert IntegrityAudit.objects.get().finding == "Two missed"


def test_detail_offers_changes_to_those_who_may(sign_in):
    url = f"{AUDITS}{IntegrityAuditFactory.create().pk}/"
    assert "/edit/" in sign_in("analyst").get(url).text
    assert "/edit/" not in sign_in("manager").get(url).text


def test_detail_queries_are_pinned(sign_in):
    browser = sign_in("manager")
    review, audited = SupervisoryReviewFactory.create(), IntegrityAuditFactory.create()
    assert_queries("performance:review-detail", lambda: browser.get(f"{REVIEWS}{review.pk}/"))
    assert_queries("performance:audit-detail", lambda: browser.get(f"{AUDITS}{audited.pk}/"))
