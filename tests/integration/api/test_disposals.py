from datetime import timedelta

import pytest
from django.utils import timezone

from offenders.models import Disposal
from tests.factories.crimes import CrimeFactory
from tests.factories.disposals import BORN, offered, running
from tests.factories.nominals import NominalFactory
from tests.queries import assert_flat

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def post(browser, path, said):
    return browser.post(f"/api/v1/{path}", said, content_type="application/json")


def an_offer(**changes):
    due = timezone.localdate() + timedelta(days=10)
    return {
        "type": "conditional-caution",
        "crimes": [CrimeFactory.create().pk],
        "rationale": "A warning did not do.",
        "authorised_by": "Sergeant Invented",
        "authorised_rank": 2,
        "admission": "guilt",
        "victim_view": "supports",
        "conditions": [{"kind": "reparative", "text": "Write", "due_on": str(due)}],
        **changes,
    }


def test_disposal_is_offered_accepted_and_completed(officer):
    nominal = NominalFactory.create(date_of_birth=BORN)
    made = post(officer, f"nominals/{nominal.pk}/disposals/", an_offer()).json()
    url = f"disposals/{made['id']}/"
    given = {"at": timezone.now().isoformat(), "has_consent": True}
    assert post(officer, f"{url}accept/", given).json()["state"] == "running"
    condition = made["conditions"][0]["id"]
    post(officer, f"{url}conditions/{condition}/met/", {"evidence": "Seen"})
    done = post(officer, f"{url}complete/", {"at": timezone.now().isoformat()})
    assert done.json()["state"] == "completed"
    assert officer.get(f"/api/v1/{url}").json() == done.json()


def test_refusal_is_a_sentence_beside_its_field(officer):
    nominal = NominalFactory.create(date_of_birth=BORN)
    answer = post(officer, f"nominals/{nominal.pk}/disposals/", an_offer(admission="none"))
    assert answer.status_code == 400
    assert "needs the person to admit" in str(answer.json())
    assert not Disposal.objects.exists()


@pytest.mark.parametrize(
    ("step", "said", "status"),
    [
        ("accept", {}, 400),
        ("decline", {"reason": "No", "at": "2021-01-01T00:00:00Z"}, 400),
        ("complete", {"at": "2021-02-01T00:00:00Z"}, 400),
        ("decide", {"decision": "withdrawn", "reason": "x"}, 400),
        ("nothing", {}, 404),
        ("decline", {"reason": "Wants a court"}, 200),
    ],
)
def test_step_takes_what_it_needs(officer, step, said, status):
    assert post(officer, f"disposals/{offered().pk}/{step}/", said).status_code == status


def test_condition_is_varied(officer):
    disposal = running()
    due = str(timezone.localdate() + timedelta(days=30))
    wanted = {"kind": "reparative", "text": "Repair it", "due_on": due}
    url = f"disposals/{disposal.pk}/conditions/{disposal.conditions.get().pk}/vary/"
    found = post(officer, url, {"reason": "Moved", "wanted": wanted}).json()["conditions"]
    assert [(row["text"], row["state"]) for row in found] == [
        ("Write to the victim", "varied"),
        ("Repair it", "pending"),
    ]


def test_conviction_is_recorded_with_its_sentences(officer):
    nominal = NominalFactory.create()
    day = "2021-01-20"
    custody = {"kind": "custody", "sentenced_on": day, "months": 48}
    said = {"court": "Court", "convicted_on": day, "title": "Theft", "sentences": [custody]}
    made = post(officer, f"nominals/{nominal.pk}/convictions/", said).json()
    fine = {"kind": "fine", "sentenced_on": day, "pounds": 100}
    found = post(officer, f"convictions/{made['id']}/sentences/", fine).json()
    assert [row["kind"] for row in found["sentences"]] == ["custody", "fine"]
    assert officer.get(f"/api/v1/nominals/{nominal.pk}/convictions/").json() == [found]


def test_query_counts_stay_flat(officer):
    nominal = NominalFactory.create(date_of_birth=BORN)
    path = f"/api/v1/nominals/{nominal.pk}/disposals/"
    assert_flat(lambda: officer.get(path), lambda: running(nominal=nominal), rows=4)
