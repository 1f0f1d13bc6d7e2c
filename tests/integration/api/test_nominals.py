import pytest

from core.models import AuditEvent
from offenders.models import Nominal
from tests.factories.nominals import NominalFactory

pytestmark = pytest.mark.django_db
URL = "/api/v1/nominals/"
FACTS = {"surname": "Quillfeather", "forenames": "Oswin", "date_of_birth": "1990-05-17"}


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


def post(browser, url, data):
    return browser.post(url, data, content_type="application/json")


def test_nominal_is_recorded_found_and_changed(officer):
    made = post(officer, URL, FACTS)
    assert made.status_code == 201
    assert made.json()["lead"] == officer.user.username
    found = officer.get(URL, {"q": "qilfeather oswin"}).json()["results"]
    assert [row["id"] for row in found] == [made.json()["id"]]
    url = f"{URL}{made.json()['id']}/"
    change = {"note": "Seen in the market", "version": 1}
    assert officer.patch(url, change, content_type="application/json").json()["version"] == 2
    assert officer.patch(url, change, content_type="application/json").status_code == 409


def test_likely_duplicate_is_refused_until_it_is_said_to_be_another(officer):
    NominalFactory.create(surname="Quilfeather", forenames="Oswin")
    assert post(officer, URL, FACTS).status_code == 400
    assert post(officer, URL, FACTS | {"none_of_these": True}).status_code == 201


def test_lead_officer_changes_by_a_handover_alone(officer):
    nominal = NominalFactory.create()
    change = {"lead": officer.user.username, "version": 1}
    response = officer.patch(f"{URL}{nominal.pk}/", change, content_type="application/json")
    assert response.status_code == 400
    assert "by a handover" in response.json()["lead"][0]
    nominal.refresh_from_db()
    assert nominal.lead_officer != officer.user


def test_look_is_logged_once(officer):
    nominal = NominalFactory.create()
    assert officer.get(f"{URL}{nominal.pk}/").json()["ref"] == nominal.ref
    assert AuditEvent.objects.filter(action="nominal.viewed").count() == 1


@pytest.mark.parametrize(
    ("part", "said"),
    [
        ("alias", {"forenames": "Spindle"}),
        ("warning", {"marker": "drugs", "since": "2024-01-02"}),
        ("vehicle", {"registration": "zz12zzz"}),
        ("typology", {"kind": "burglar"}),
    ],
)
def test_part_is_added_listed_and_removed(officer, part, said):
    url = f"{URL}{NominalFactory.create().pk}/parts/{part}/"
    made = post(officer, url, said)
    assert made.status_code == 201, made.text
    assert [row["id"] for row in officer.get(url).json()] == [made.json()["id"]]
    assert post(officer, url, said | {"colour": "blue"}).status_code == 400
    gone = officer.delete(
        f"{url}{made.json()['id']}/", {"reason": "Mistaken"}, content_type="application/json"
    )
    assert gone.status_code == 204
    assert officer.get(url).json() == []


def test_associate_is_named_by_reference_and_never_oneself(officer):
    one, two = NominalFactory.create(), NominalFactory.create()
    url = f"{URL}{one.pk}/parts/association/"
    assert post(officer, url, {"other": two.ref, "kind": "rival"}).status_code == 201
    refused = post(officer, url, {"other": one.ref, "kind": "rival"})
    assert "their own associate" in refused.text


def test_priority_is_decided_with_a_reason(officer):
    url = f"{URL}{NominalFactory.create().pk}/priorities/"
    levels = {"threat": 3, "risk": 3, "harm": 3, "vulnerability": 0}
    assert post(officer, url, levels).status_code == 400
    made = post(officer, url, levels | {"reason": "Night burglaries"}).json()
    assert (made["total"], made["word"]) == (9, "High")
    assert len(officer.get(url).json()) == 1


def test_merge_and_undo(sign_in):
    supervisor, kept, gone = (
        sign_in("act-supervisor"),
        NominalFactory.create(),
        NominalFactory.create(),
    )
    url = f"{URL}{kept.pk}/merges/"
    made = post(supervisor, url, {"gone": gone.ref, "reason": "Same fingerprints"})
    assert made.status_code == 201, made.text
    assert Nominal.objects.live().count() == 1
    undone = post(supervisor, f"{url}{made.json()['id']}/undo/", {"reason": "Two brothers"})
    assert undone.json()["undone_at"]
    assert Nominal.objects.live().count() == 2


@pytest.mark.parametrize(
    ("part", "said", "change"),
    [
        ("alias", {"forenames": "Spindle"}, {"forenames": "Spindel"}),
        ("identifier", {"kind": "local", "value": "L1"}, {"value": "L2"}),
        ("address", {"line": "1 Invented Street"}, {"until": "2024-01-02"}),
        ("vehicle", {"registration": "zz12zzz"}, {"description": "Blue van"}),
        ("warning", {"marker": "drugs"}, {"until": "2024-01-02"}),
        ("typology", {"kind": "burglar"}, {"text": "Rear doors"}),
    ],
)
def test_part_is_amended_from_the_version_that_was_read(officer, part, said, change):
    url = f"{URL}{NominalFactory.create().pk}/parts/{part}/"
    made = post(officer, url, said).json()
    row = f"{url}{made['id']}/"
    sent = change | {"version": made["version"]}
    changed = officer.patch(row, sent, content_type="application/json")
    assert changed.status_code == 200, changed.text
    assert changed.json().items() >= change.items()
    assert officer.patch(row, sent, content_type="application/json").status_code == 409
    unversioned = officer.patch(row, change, content_type="application/json")
    assert "version" in unversioned.json()


def test_associate_is_amended_and_is_never_the_nominal(officer):
    nominal, other = NominalFactory.create(), NominalFactory.create()
    url = f"{URL}{nominal.pk}/parts/association/"
    made = post(officer, url, {"other": other.ref}).json()
    sent = {"other": nominal.ref, "version": made["version"]}
    refused = officer.patch(f"{url}{made['id']}/", sent, content_type="application/json")
    assert "cannot be their own associate" in refused.text
