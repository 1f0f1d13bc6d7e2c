"""One person asks, another decides, and what was asked for happens at once or not at all."""

from dataclasses import replace

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core import approvals as kinds
from core.access.decision import ALLOWED, Decision, NotAllowed, Reason
from core.access.permissions import Permission
from core.models import Approval, AuditEvent, Unit
from core.services.approvals import approve, ask, refuse, withdraw
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
KIND = "close-unit"


def supervises(user, _):
    return ALLOWED if user.has(Permission.NOMINAL_SUPERVISE) else Decision(Reason.PERMISSION)


@pytest.fixture(autouse=True)
def done(monkeypatch):
    """A kind of request for these tests, and what its approvals did."""
    monkeypatch.setattr(kinds, "_KINDS", dict(kinds._KINDS))
    done: list[tuple[str, object]] = []
    kinds.register(
        KIND,
        name="Close a unit",
        may_ask=supervises,
        may_decide=supervises,
        carry_out=lambda by, approval: done.append(("closed", approval.target)),
        on_refusal=lambda by, approval: done.append(("kept", approval.target)),
    )
    return done


@pytest.fixture
def unit():
    return Unit.objects.get(pk="fenland")


@pytest.fixture
def asker(sign_in):
    return sign_in("act-supervisor")


@pytest.fixture
def decider(sign_in):
    return sign_in("act-supervisor")


@pytest.fixture
def asked(asker, unit):
    return ask(by=asker.user, kind=KIND, target=unit, reason="Nobody works there")


def reason_of(refusal):
    return refusal.value.reason


def decide(browser, approval, decision="approve", note=""):
    return browser.post(f"/approvals/{approval.pk}/", {"decision": decision, "note": note})


def test_another_person_finds_it_at_home_and_approves(decider, asked, done, unit):
    assert "1 request for approval" in decider.get("/").text
    page = decider.get("/approvals/").text
    assert "Close a unit" in page
    assert f"/approvals/{asked.pk}/" in page
    assert "Nobody works there" in decider.get(f"/approvals/{asked.pk}/").text
    assert decide(decider, asked).status_code == 302
    assert done == [("closed", unit)]
    asked.refresh_from_db()
    assert (asked.is_approved, asked.decided_by) == (True, decider.user)
    assert "for approval" not in decider.get("/").text
    rows = AuditEvent.objects.filter(action__startswith="approval.").order_by("pk")
    assert [row.action for row in rows] == ["approval.asked", "approval.given"]
    assert [row.target_id for row in rows] == ["fenland", "fenland"]


def test_refusal_needs_its_reason_and_does_nothing_but_say_so(decider, asker, asked, done, unit):
    assert "Write why you refuse." in decide(decider, asked, "refuse").text
    assert done == []
    assert decide(decider, asked, "refuse", "Two people do").status_code == 302
    assert done == [("kept", unit)]
    page = asker.get(f"/approvals/{asked.pk}/").text
    assert "Refused" in page
    assert "Two people do" in page


def test_answer_is_needed(decider, asked):
    assert "Select your decision." in decide(decider, asked, "").text
    asked.refresh_from_db()
    assert asked.is_open


def test_nobody_decides_what_they_asked_for(asker, asked, done):
    home = asker.get("/").text
    assert "for approval" not in home
    assert "1 request of yours" in home
    page = asker.get(f"/approvals/{asked.pk}/").text
    assert "You asked for this, so somebody else decides." in page
    assert decide(asker, asked).status_code == 403
    with pytest.raises(NotAllowed) as refusal:
        refuse(by=asker.user, approval=asked, note="No")
    assert reason_of(refusal) is Reason.OWN_REQUEST
    assert done == []


def test_a_decision_stands(decider, asked, sign_in):
    stale = Approval.objects.get(pk=asked.pk)
    approve(by=decider.user, approval=asked)
    with pytest.raises(NotAllowed) as refusal:
        refuse(by=UserFactory.create(roles=["act-supervisor"]), approval=stale, note="No")
    assert reason_of(refusal) is Reason.DECIDED
    assert decide(sign_in("act-supervisor"), asked).status_code == 403


def test_somebody_whom_it_does_not_concern_finds_nothing(asked, sign_in):
    for role in ("act-officer", "analyst", "isd-staff", "administrator"):
        browser = sign_in(role)
        assert browser.get(f"/approvals/{asked.pk}/").status_code == 404
        assert decide(browser, asked).status_code == 404
        assert browser.get(f"/api/v1/approvals/{asked.pk}/").status_code == 404
        assert browser.post(f"/approvals/{asked.pk}/withdraw/").status_code == 404
        assert browser.get("/api/v1/approvals/?waiting=true").json()["results"] == []
    asked.refresh_from_db()
    assert asked.is_open


def test_auditor_reads_and_decides_nothing(asked, sign_in):
    auditor = sign_in("auditor")
    assert "Nobody works there" in auditor.get(f"/approvals/{asked.pk}/").text
    assert "Close a unit" in auditor.get("/approvals/").text
    assert decide(auditor, asked).status_code == 403


def test_who_may_not_ask_is_refused(unit):
    with pytest.raises(NotAllowed):
        ask(by=UserFactory.create(roles=["act-officer"]), kind=KIND, target=unit, reason="Please")


def test_one_request_of_a_kind_waits_for_a_record(asker, asked, decider, unit):
    with pytest.raises(ValidationError, match="waits for a decision"):
        ask(by=decider.user, kind=KIND, target=unit, reason="Me too")
    refuse(by=decider.user, approval=asked, note="No")
    again = ask(by=asker.user, kind=KIND, target=unit, reason="Now nobody does")
    assert again.pk != asked.pk


def test_asking_without_a_reason_is_refused(asker, unit):
    with pytest.raises(ValidationError):
        ask(by=asker.user, kind=KIND, target=unit, reason="  ")


def test_what_the_work_refuses_leaves_the_request_open(decider, asked, monkeypatch):
    def cannot(by, approval):
        raise ValidationError("People still work there.")

    kind = kinds.kind_called(KIND)
    monkeypatch.setitem(kinds._KINDS, KIND, replace(kind, carry_out=cannot))
    assert "People still work there." in decide(decider, asked).text
    asked.refresh_from_db()
    assert asked.is_open
    assert not AuditEvent.objects.filter(action="approval.given").exists()


def test_whoever_asked_takes_it_back(asker, decider, asked, done, unit):
    with pytest.raises(NotAllowed):
        withdraw(by=decider.user, approval=asked)
    assert asker.post(f"/approvals/{asked.pk}/withdraw/").status_code == 302
    assert done == [("kept", unit)]
    assert "Taken back" in asker.get("/approvals/").text
    assert decide(decider, asked).status_code == 403


def test_a_kind_that_is_gone_can_be_read_and_taken_back(asker, decider, asked):
    del kinds._KINDS[KIND]
    assert asked.kind in asker.get(f"/approvals/{asked.pk}/").text
    assert decide(decider, asked).status_code == 404
    assert asker.post(f"/approvals/{asked.pk}/withdraw/").status_code == 302


def test_request_about_a_person_stands_under_that_person_in_the_log(asker, decider):
    nominal = NominalFactory.create()
    asked = ask(by=asker.user, kind=KIND, target=nominal, reason="A reason")
    assert decide(decider, asked).status_code == 302
    rows = AuditEvent.objects.filter(action__startswith="approval.")
    assert [row.people for row in rows] == [[nominal.pk], [nominal.pk]]


def test_list_that_waits_names_nobody_and_needs_no_look(asker, decider):
    nominal = NominalFactory.create()
    ask(by=asker.user, kind=KIND, target=nominal, reason="A reason")
    page = decider.get("/approvals/").text
    assert f"Nominal {nominal.pk}" in page
    assert nominal.surname not in page


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"is_approved": True}, "approval_decided_by_somebody_at_a_time"),
        ({"own": True, "is_approved": True}, "approval_decided_by_another"),
        ({"is_approved": False, "whole": True}, "approval_refused_with_a_note"),
        ({"early": True, "whole": True, "is_approved": True}, "approval_decided_after_asking"),
    ],
)
def test_database_holds_the_rules_by_itself(asked, wrong, constraint):
    row = Approval.objects.get(pk=asked.pk)
    row.is_approved = wrong["is_approved"]
    if wrong.get("whole") or wrong.get("own"):
        row.decided_by = asked.asked_by if wrong.get("own") else UserFactory.create()
        row.decided_at = timezone.now()
    if wrong.get("early"):
        row.decided_at = row.asked_at.replace(year=row.asked_at.year - 1)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        row.save()


def test_api_lists_shows_and_decides(decider, asker, asked, done):
    path = f"/api/v1/approvals/{asked.pk}/"
    [row] = decider.get("/api/v1/approvals/?waiting=true").json()["results"]
    assert (row["id"], row["kind"], row["asked_by"]) == (asked.pk, KIND, asker.user.username)
    assert decider.get("/api/v1/approvals/").json()["results"] == []
    assert asker.get("/api/v1/approvals/").json()["results"][0]["id"] == asked.pk
    json = "application/json"
    missing = decider.post(f"{path}decision/", {"approve": False}, json)
    assert missing.status_code == 400
    assert "Write why you refuse." in missing.text
    assert asker.post(f"{path}decision/", {"approve": True}, json).status_code == 403
    assert decider.post(f"{path}decision/", {"approved": True}, json).status_code == 400
    answer = decider.post(f"{path}decision/", {"approve": True}, json)
    assert answer.json()["is_approved"] is True
    assert [what for what, _ in done] == ["closed"]
    assert asker.post(f"{path}withdraw/").status_code == 403
