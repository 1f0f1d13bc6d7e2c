from datetime import UTC, datetime

import pytest

from core.models import AuditEvent
from offenders.models import Crime, HubReferral, Outcome
from offenders.services.crimes import amend_crime
from tests.factories.crimes import CrimeFactory
from tests.factories.hub_referrals import HubReferralFactory
from tests.factories.outcomes import OutcomeFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


def moment(name, day="15", month="1", year="2021", time="12:00"):
    values = {"day": day, "month": month, "year": year, "time": time}
    return {f"{name}_{box}": value for box, value in values.items()}


def _payload(**changes):
    return {
        **moment("recorded_at"),
        "offence": "28E",
        "is_dwelling": "true",
        "district": "cambridge",
        "department": "",
        "has_victim": "true",
        "is_allocated": "",
        **changes,
    }


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def errors(response):
    assert response.status_code == 200
    return response.context["form"].errors


def test_new_crime_is_recorded_and_audited(officer):
    response = officer.post("/crimes/new/", _payload(crime_ref="35/1/21"), follow=True)
    crime = Crime.objects.get()
    assert "Crime recorded." in response.text
    assert (crime.offence_id, crime.is_dwelling, crime.is_allocated) == ("28E", True, None)
    assert AuditEvent.objects.get(action="record.created").target_id == "35/1/21"


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("crime_ref", {"crime_ref": ""}),
        ("crime_ref", {"crime_ref": "taken"}),
        ("offence", {"offence": "nonsense"}),
        ("offence", {"offence": "28I"}),  # in force from April 2023
        ("recorded_at", moment("recorded_at", day="31", month="2")),
        ("recorded_at", moment("recorded_at", year="2031")),
        ("district", {"district": "north"}),
        ("__all__", {"latitude": "52.2"}),
        ("__all__", moment("occurred_from", day="16")),
    ],
)
def test_new_crime_refuses_what_cannot_be(officer, field, wrong):
    CrimeFactory.create(crime_ref="taken")
    response = officer.post("/crimes/new/", _payload(**{"crime_ref": "35/1/21"} | wrong))
    assert field in errors(response)
    assert Crime.objects.count() == 1


def test_new_crime_keeps_what_was_typed(officer):
    response = officer.post("/crimes/new/", _payload(crime_ref="35/1/21", offence=""))
    assert 'value="35/1/21"' in response.text


def test_edit_changes_a_crime(officer):
    crime = CrimeFactory.create()
    officer.post(f"/crimes/{crime.pk}/edit/", _payload(version=1, district="fenland"))
    crime.refresh_from_db()
    assert (crime.district_id, crime.version) == ("fenland", 2)


def test_edit_tells_the_second_editor_and_keeps_both(officer):
    crime = CrimeFactory.create()
    amend_crime(by=UserFactory.create(), crime=crime, version=1, district_id="fenland")
    edit = f"/crimes/{crime.pk}/edit/"
    response = officer.post(edit, _payload(version=1, district="huntingdonshire"))
    assert "Somebody else changed this record" in response.text
    assert response.context["form"]["version"].value() == "2"
    assert Crime.objects.get().district_id == "fenland"
    officer.post(edit, _payload(version=2, district="huntingdonshire"))
    assert Crime.objects.get().district_id == "huntingdonshire"


def test_cancel_takes_a_reason(officer):
    crime = CrimeFactory.create()
    payload = {**moment("cancelled_at", day="1", month="2"), "reason": ""}
    assert "reason" in errors(officer.post(f"/crimes/{crime.pk}/cancel/", payload))
    officer.post(f"/crimes/{crime.pk}/cancel/", payload | {"reason": "No crime"})
    crime.refresh_from_db()
    assert crime.cancelled_at == datetime(2021, 2, 1, 12, tzinfo=UTC)


def test_cancel_refuses_a_day_before_the_crime(officer):
    crime = CrimeFactory.create()
    payload = {**moment("cancelled_at", day="1"), "reason": "No crime"}
    assert errors(officer.post(f"/crimes/{crime.pk}/cancel/", payload))
    assert Crime.objects.get().cancelled_at is None


def test_outcome_becomes_the_live_one(officer):
    crime = CrimeFactory.create()
    officer.post(f"/crimes/{crime.pk}/outcomes/new/", {"code": "1", **moment("outcome_at", "20")})
    crime.refresh_from_db()
    assert crime.outcome_id == "1"


def test_outcome_refuses_to_be_older_than_its_crime(officer):
    crime = CrimeFactory.create()
    payload = {"code": "1", **moment("outcome_at", "14")}
    assert "outcome_at" in errors(officer.post(f"/crimes/{crime.pk}/outcomes/new/", payload))


def test_withdrawn_outcome_gives_way_to_the_one_before(officer):
    crime = CrimeFactory.create()
    OutcomeFactory.create(crime=crime, code_id="18")
    later = OutcomeFactory.create(crime=crime, outcome_at=datetime(2021, 1, 30, tzinfo=UTC))
    officer.post(f"/crimes/{crime.pk}/outcomes/{later.pk}/withdraw/", {"reason": "Not charged"})
    crime.refresh_from_db()
    assert crime.outcome_id == "18"
    assert Outcome.objects.get(pk=later.pk).cancelled_at is not None


def test_withdraw_answers_404_for_an_outcome_of_another_crime(officer):
    outcome, crime = OutcomeFactory.create(), CrimeFactory.create()
    url = f"/crimes/{crime.pk}/outcomes/{outcome.pk}/withdraw/"
    assert officer.get(url).status_code == 404
    assert officer.post(url, {"reason": "x"}).status_code == 404


def test_referral_is_recorded_once(officer):
    crime = CrimeFactory.create()
    url = f"/crimes/{crime.pk}/referral/"
    payload = {"referred_on_day": "16", "referred_on_month": "1", "referred_on_year": "2021"}
    officer.post(url, payload)
    assert HubReferral.objects.get().crime_id == crime.pk
    assert errors(officer.post(url, payload))


def test_cancelled_crime_takes_neither_outcome_nor_referral(officer):
    crime = CrimeFactory.create(cancelled_at=datetime(2021, 1, 20, tzinfo=UTC))
    outcome = {"code": "1", **moment("outcome_at", "21")}
    referral = {"referred_on_day": "21", "referred_on_month": "1", "referred_on_year": "2021"}
    assert errors(officer.post(f"/crimes/{crime.pk}/outcomes/new/", outcome))
    assert errors(officer.post(f"/crimes/{crime.pk}/referral/", referral))


def test_manager_changes_nothing(sign_in):
    crime = CrimeFactory.create()
    assert sign_in("manager").post(f"/crimes/{crime.pk}/edit/", _payload()).status_code == 403


def test_referred_victim_is_not_offered_again(officer):
    referral = HubReferralFactory.create()
    assert "Refer victim" not in officer.get(f"/crimes/{referral.crime_id}/").text
