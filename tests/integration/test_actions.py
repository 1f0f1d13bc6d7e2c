"""Journeys with an action: raise, accept, hand on, close; on the nominal's page, on My work, by API."""

import json
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.models import AuditEvent
from operations.models import Action
from operations.services.actions import cancel_action, complete_action
from tests.factories.actions import ActionFactory, accepted, officer, raised
from tests.factories.crimes import CrimeFactory
from tests.factories.incidents import IncidentFactory
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db
FORM = {"kind": "fast-track", "aim": "pursue", "task": "Knock at the door"}


@pytest.fixture
def sergeant(sign_in):
    return sign_in("act-supervisor")


def moment(at):
    local = timezone.localtime(at)
    boxes = {"day": local.day, "month": local.month, "year": local.year, "time": f"{local:%H:%M}"}
    return {f"due_at_{box}": value for box, value in boxes.items()}


def test_action_is_raised_accepted_and_done(sergeant, sign_in):
    owner, nominal = sign_in("act-officer"), NominalFactory.create()
    assert "Raise an action" in sergeant.get(f"/nominals/{nominal.pk}/").text
    form = FORM | {"owner": owner.user.pk}
    page = sergeant.post(f"/nominals/{nominal.pk}/actions/new/", form, follow=True)
    assert "Raised for" in page.text
    action = Action.objects.get()
    assert "Accept" in owner.get(f"/actions/{action.pk}/").text
    assert "Fast-track action: Knock at the door" in owner.get("/my-work/").text
    owner.post(f"/actions/{action.pk}/steps/accept/", follow=True)
    page = owner.post(f"/actions/{action.pk}/steps/done/", {"result": "Nobody was in"}, follow=True)
    assert "Nobody was in" in page.text
    action.refresh_from_db()
    assert action.state == "done"
    assert "Knock at the door" not in owner.get("/my-work/").text
    assert "Nobody was in" in sergeant.get(f"/nominals/{nominal.pk}/").text


def test_pursue_and_prevent_stand_side_by_side_on_the_page_of_a_nominal(sergeant):
    nominal = NominalFactory.create()
    raised(nominal=nominal, aim="pursue", task="Arrest on sight")
    raised(nominal=nominal, aim="prevent", task="Offer the drug service")
    text = sergeant.get(f"/nominals/{nominal.pk}/").text
    assert "Ordinary action, pursue" in text
    assert "Ordinary action, prevent" in text


def test_usual_due_time_is_a_working_day_for_fast_track_and_five_for_others():
    thursday = datetime(2023, 4, 6, 15, tzinfo=UTC)  # before Easter, 16:00 in London
    with time_machine.travel(thursday, tick=False):
        fast, slow = raised(kind="fast-track"), raised(kind="ordinary")
    assert fast.due_at == datetime(2023, 4, 11, 15, tzinfo=UTC)
    assert slow.due_at == datetime(2023, 4, 17, 17, tzinfo=UTC)


def test_action_due_before_it_was_raised_is_a_sentence(sergeant):
    form = FORM | {"owner": officer().pk, "place": "1 Nowhere Row"}
    late = form | moment(timezone.now() - timedelta(days=1))
    page = sergeant.post("/actions/new/", late)
    assert "An action cannot be due before it was raised." in page.text
    assert "Knock at the door" in page.text
    assert not Action.objects.exists()


@pytest.mark.parametrize(
    ("subject", "sentence"),
    [
        ({}, "Say what the action is about."),
        ({"place": "1 Nowhere Row", "about": "Op X"}, "An action is about one thing"),
        ({"crime": "NO/1"}, "There is no crime NO/1."),
        ({"incident": "NO-1"}, "There is no incident NO-1."),
        ({"nominal": "N999"}, "No nominal has the reference “N999”."),
    ],
)
def test_subject_that_is_missing_twofold_or_unknown_is_a_sentence(sergeant, subject, sentence):
    page = sergeant.post("/actions/new/", FORM | {"owner": officer().pk} | subject)
    assert sentence in page.text
    assert not Action.objects.exists()


@pytest.mark.parametrize("subject", ["crime", "incident", "place", "about"])
def test_action_is_about_one_of_five_things(sergeant, subject):
    values = {
        "crime": lambda: CrimeFactory.create().pk,
        "incident": lambda: IncidentFactory.create().pk,
        "place": lambda: "1 Nowhere Row",
        "about": lambda: "Operation Nowhere",
    }
    value = values[subject]()
    form = FORM | {"owner": officer().pk, subject: value}
    page = sergeant.post("/actions/new/", form, follow=True)
    assert str(value) in page.text
    assert Action.objects.count() == 1


def test_action_closed_without_a_result_is_a_sentence(sign_in):
    owner = sign_in("act-officer")
    action = accepted(owner=owner.user)
    page = owner.post(f"/actions/{action.pk}/steps/done/", {"result": " "})
    assert "an action is not closed without its result" in page.text
    answer = owner.post(
        f"/api/v1/actions/{action.pk}/steps/done/",
        json.dumps({"result": " "}),
        content_type="application/json",
    )
    assert answer.status_code == 400
    assert "Say what came of it" in answer.text
    action.refresh_from_db()
    assert action.state == "accepted"


def test_database_refuses_an_action_closed_without_a_result():
    action = accepted()
    with pytest.raises(IntegrityError, match="action_closed_with_a_result"), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(
            state="done", closed_at=timezone.now(), result=" "
        )


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"due_at": datetime(2021, 1, 1, tzinfo=UTC)}, "action_due_after_it_was_raised"),
        ({"place": ""}, "action_has_one_subject"),
        ({"about": "Something else too"}, "action_has_one_subject"),
        ({"task": " "}, "action_has_a_task"),
        ({"state": "accepted"}, "action_accepted_at_a_time"),
        ({"state": "cancelled", "result": "No need"}, "action_closed_at_a_time"),
    ],
)
def test_database_refuses_an_action_that_cannot_be(changes, name):
    action = ActionFactory.create()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        Action.objects.filter(pk=action.pk).update(**changes)


def test_action_is_handed_on_with_a_reason_and_accepted_anew(sign_in):
    owner, other = sign_in("act-officer"), officer()
    action = accepted(owner=owner.user)
    url = f"/actions/{action.pk}/steps/hand-on/"
    assert "Enter a reason" in owner.post(url, {"owner": other.pk}).text
    page = owner.post(url, {"owner": other.pk, "reason": "On leave"}, follow=True)
    assert f"Handed on from {owner.user} to {other}" in page.text
    action.refresh_from_db()
    assert (action.owner, action.state, action.accepted_at) == (other, "open", None)


def test_only_the_owner_accepts_and_closes(sign_in):
    action, another = raised(), sign_in("act-officer")
    assert "Accept" not in another.get(f"/actions/{action.pk}/").text
    assert another.post(f"/actions/{action.pk}/steps/accept/").status_code == 403
    supervisor = sign_in("act-supervisor")
    page = supervisor.post(
        f"/actions/{action.pk}/steps/cancel/", {"reason": "Not needed"}, follow=True
    )
    assert "Cancelled" in page.text


def test_step_that_is_not_open_is_a_sentence_and_an_unknown_one_404(sign_in):
    owner = sign_in("act-officer")
    action = raised(owner=owner.user)
    page = owner.post(f"/actions/{action.pk}/steps/done/", {"result": "Done"})
    assert "The action is open: it cannot be done now." in page.text
    assert owner.get(f"/actions/{action.pk}/steps/nonsense/").status_code == 404


def test_isd_staff_see_their_actions_about_places_and_none_about_people(sign_in):
    staff = sign_in("isd-staff")
    theirs = raised(owner=staff.user, task="Mend the gate")
    others = raised(task="Another gate")
    about = raised(nominal=NominalFactory.create(), task="Arrest on sight")
    page = staff.get("/actions/").text
    assert "Mend the gate" in page
    assert "Another gate" not in page
    assert "Arrest on sight" not in page
    assert staff.get(f"/actions/{theirs.pk}/").status_code == 200
    for hidden in (others, about):
        assert staff.get(f"/actions/{hidden.pk}/").status_code == 404
        assert staff.get(f"/api/v1/actions/{hidden.pk}/").status_code == 404


def test_action_about_a_person_is_not_given_to_isd_staff():
    staff = UserFactory.create(roles=["isd-staff"])
    with pytest.raises(ValidationError, match="may not see nominals"):
        raised(owner=staff, nominal=NominalFactory.create())
    with pytest.raises(ValidationError, match="does not work on actions"):
        raised(owner=UserFactory.create(roles=["manager"]))


def test_looks_at_the_nominals_of_actions_are_logged(sergeant):
    nominal = NominalFactory.create()
    action = raised(nominal=nominal)
    sergeant.get("/actions/")
    sergeant.get(f"/actions/{action.pk}/")
    looks = AuditEvent.objects.filter(
        action="nominal.viewed", actor=sergeant.user.get_username()
    ).order_by("pk")
    assert [look.detail for look in looks] == [
        {"why": "actions", "nominals": [nominal.pk]},
        {"why": "action"},
    ]


def test_list_is_filtered_to_what_is_overdue(sergeant):
    ActionFactory.create(task="Long ago")
    raised(task="In good time")
    page = sergeant.get("/actions/?overdue=true").text
    assert "Long ago" in page
    assert "In good time" not in page
    assert sergeant.get("/api/v1/actions/?overdue=false").json()["count"] == 1
    assert sergeant.get("/api/v1/actions/?nonsense=1").status_code == 400


def test_list_of_actions_asks_a_fixed_number_of_queries(sergeant):
    raised(nominal=NominalFactory.create())
    assert_queries("operations:action-list", lambda: sergeant.get("/actions/"))
    assert_flat(lambda: sergeant.get("/actions/"), lambda: raised(nominal=NominalFactory.create()))


def test_page_of_an_action_asks_a_fixed_number_of_queries(sergeant):
    action = raised(nominal=NominalFactory.create())
    assert_queries("operations:action-detail", lambda: sergeant.get(f"/actions/{action.pk}/"))


def test_api_raises_and_closes_as_the_page_does(sign_in):
    browser = sign_in("act-officer")

    def post(path, **body):
        return browser.post(path, json.dumps(body), content_type="application/json")

    said = {"task": "Knock", "owner": browser.user.username, "place": "1 Nowhere Row"}
    made = post("/api/v1/actions/", **said).json()
    assert made["state"] == "open"
    steps = f"/api/v1/actions/{made['id']}/steps"
    assert post(f"{steps}/done/").status_code == 400
    assert post(f"{steps}/accept/", result="x").status_code == 400
    assert post(f"{steps}/accept/").json()["state"] == "accepted"
    assert post(f"{steps}/accept/").status_code == 400
    stale = post(f"{steps}/done/", result="Nobody in", version=1)
    assert stale.status_code == 409
    assert post(f"{steps}/done/", result="Nobody in").json()["state"] == "done"
    titles = [row["title"] for row in browser.get(f"/api/v1/actions/{made['id']}/").json()["steps"]]
    assert titles[1:] == ["Accepted", "Done"]
    twice = post("/api/v1/actions/", **said, about="Another thing")
    assert "about one thing" in twice.text


def test_action_knows_whether_it_was_done_in_time():
    action = accepted()
    late = complete_action(
        by=action.owner, action=action, result="Done", at=action.due_at + timedelta(hours=1)
    )
    late.refresh_from_db()
    assert late.is_in_time is False
    gone = raised()
    cancel_action(by=gone.owner, action=gone, reason="Moved away")
    gone.refresh_from_db()
    assert gone.is_in_time is True
