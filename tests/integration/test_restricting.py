"""Supervisors restrict, clear, keep out and lift, by page and API."""

import pytest

from core.models import Approval, AuditEvent
from core.services.approvals import approve
from offenders.models import Exclusion, Restriction, RestrictionClearance
from tests.factories.access import CONTACT, excluded, restricted
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory


@pytest.fixture
def supervisor(sign_in):
    return sign_in("act-supervisor")


@pytest.fixture
def officer():
    return UserFactory.create(roles=["act-officer"])


def url(nominal, *path):
    return "/".join(["/nominals", str(nominal.pk), "access", *path, ""])


def test_supervisor_masks_a_record_and_clears_an_officer(supervisor, officer, client):
    nominal = NominalFactory.create(surname="Xylobrand")
    said = {"kind": "masked", "contact": CONTACT, "reason": "A live inquiry."}
    assert supervisor.post(url(nominal, "restrict"), said).status_code == 302
    client.force_login(officer)
    assert client.get(f"/nominals/{nominal.pk}/").status_code == 403
    said = {"user": officer.pk, "reason": "Runs the inquiry."}
    assert supervisor.post(url(nominal, "clear"), said).status_code == 302
    page = client.get(f"/nominals/{nominal.pk}/").content.decode()
    assert "Others see that there is a record." in page
    actions = AuditEvent.objects.filter(target_id=str(nominal.pk)).values_list("action", flat=True)
    assert {"nominal.restricted", "nominal.cleared"} <= set(actions)


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"kind": "masked", "reason": "An inquiry."}, "Say whom others should ask"),
        ({"kind": "hidden", "reason": ""}, "Enter a reason"),
        ({"kind": "secret", "reason": "An inquiry."}, "not one of the available choices"),
    ],
)
def test_what_a_restriction_lacks_is_said(supervisor, said, words):
    nominal = NominalFactory.create()
    page = supervisor.post(url(nominal, "restrict"), said)
    assert words in page.content.decode()
    assert not Restriction.objects.exists()


def test_a_record_is_restricted_once(supervisor):
    nominal = restricted("hidden", cleared=supervisor.user)
    said = {"kind": "hidden", "reason": "Again."}
    page = supervisor.post(url(nominal, "restrict"), said).content.decode()
    assert "restricted already" in page


def test_two_supervisors_lift_it(supervisor):
    nominal = restricted("hidden", cleared=supervisor.user)
    row = nominal.restrictions.get()
    other = UserFactory.create(roles=["act-supervisor"])
    RestrictionClearance.objects.create(
        restriction=row, user=other, by=supervisor.user, reason="Second pair of eyes."
    )
    assert supervisor.post(url(nominal, "lift"), {"reason": "Trial is over."}).status_code == 302
    assert "asked on" in supervisor.get(url(nominal)).content.decode()
    approve(by=other, approval=Approval.objects.get())
    row.refresh_from_db()
    assert (row.lifted_by, row.lift_approved_by) == (supervisor.user, other)
    assert row.lifted_why == "Trial is over."
    officer = UserFactory.create(roles=["act-officer"])
    supervisor.force_login(officer)
    assert supervisor.get(f"/nominals/{nominal.pk}/").status_code == 200


def test_supervisor_who_is_not_cleared_can_neither_see_nor_approve(supervisor, sign_in):
    nominal = restricted("hidden", cleared=supervisor.user)
    supervisor.post(url(nominal, "lift"), {"reason": "Trial is over."})
    other = sign_in("act-supervisor")
    approval = Approval.objects.get()
    assert other.get(url(nominal)).status_code == 404
    page = other.get("/approvals/").content.decode()
    assert f"Restriction {approval.target_id}" not in page
    assert nominal.ref not in page
    page = other.post(f"/approvals/{approval.pk}/", {"decision": "approve", "note": "Yes"})
    assert page.status_code in {302, 403, 404, 200}
    assert Restriction.objects.get().lifted_at is None


def test_request_says_of_whom_it_is_and_that_nobody_may_decide_yet(supervisor):
    nominal = restricted("masked", cleared=supervisor.user)
    supervisor.post(url(nominal, "lift"), {"reason": "The inquiry is over."})
    page = supervisor.get("/approvals/").content.decode()
    assert f"Restriction of {nominal.ref}" in page
    assert ">Waiting<" in page
    stuck = "Nobody else who is cleared is a supervisor"
    assert stuck in supervisor.get(url(nominal)).content.decode()
    other = UserFactory.create(roles=["act-supervisor"])
    supervisor.post(url(nominal, "clear"), {"user": other.pk, "reason": "Decides on it."})
    assert stuck not in supervisor.get(url(nominal)).content.decode()


def test_last_cleared_supervisor_stays(supervisor):
    nominal = restricted("masked", cleared=supervisor.user)
    row = nominal.restrictions.get().clearances.get()
    page = supervisor.post(url(nominal, "clear", str(row.pk), "end"))
    assert "Clear another supervisor first" in page.content.decode()


def test_officer_is_kept_out_and_let_back(supervisor, officer, client):
    nominal = NominalFactory.create()
    said = {"user": officer.pk, "reason": "A cousin."}
    assert supervisor.post(url(nominal, "exclude"), said).status_code == 302
    client.force_login(officer)
    assert client.get(f"/nominals/{nominal.pk}/").status_code == 404
    assert "A cousin." in supervisor.get(url(nominal)).content.decode()
    row = Exclusion.objects.get()
    assert supervisor.post(url(nominal, "exclude", str(row.pk), "end")).status_code == 302
    assert client.get(f"/nominals/{nominal.pk}/").status_code == 200


def test_nobody_keeps_themselves_out_nor_lets_themselves_back(supervisor):
    nominal = NominalFactory.create()
    said = {"user": supervisor.user.pk, "reason": "My brother."}
    assert supervisor.post(url(nominal, "exclude"), said).status_code == 403
    excluded(supervisor.user, nominal)
    row = Exclusion.objects.get()
    assert supervisor.post(url(nominal, "exclude", str(row.pk), "end")).status_code == 404
    assert supervisor.delete(f"/api/v1{url(nominal)}exclusions/{row.pk}/").status_code == 404


def test_the_api_does_the_same(supervisor, officer):
    nominal = NominalFactory.create()
    api = f"/api/v1{url(nominal)}"

    def post(address, said):
        return supervisor.post(address, said, content_type="application/json")

    said = {"kind": "hidden", "reason": "An inquiry."}
    assert post(api, said).status_code == 201
    person = {"user": officer.username, "reason": "Works on it."}
    cleared = post(f"{api}clearances/", person)
    kept_out = post(f"{api}exclusions/", person)
    found = supervisor.get(api).json()
    assert found["restriction"]["kind"] == "hidden"
    assert [row["user"] for row in found["cleared"]] == [
        supervisor.user.username,
        officer.username,
    ]
    assert [row["user"] for row in found["excluded"]] == [officer.username]
    assert supervisor.delete(f"{api}clearances/{cleared.json()['id']}/").status_code == 204
    assert supervisor.delete(f"{api}exclusions/{kept_out.json()['id']}/").status_code == 204
    assert post(f"{api}lift/", {"reason": "Over."}).status_code == 201
    assert post(api, {"kind": "masked", "reason": "x", "contact": "y"}).status_code == 400
