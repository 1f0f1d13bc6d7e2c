"""Administrator and auditor are granted by two administrators, and one always remains."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import connection

from core.access.decision import NotAllowed, Reason
from core.models import Approval, AuditEvent, RoleGrant, User
from core.services.approvals import approve
from core.services.people import change_account, create_account, set_roles, sign_in_link
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
WHY = "Takes over from Ada in May"


@pytest.fixture
def first(sign_in):
    return sign_in("administrator")


@pytest.fixture
def second(sign_in):
    return sign_in("administrator")


@pytest.fixture
def person() -> User:
    return UserFactory.create(username="sam", full_name="Sam Slope", roles=["board-viewer"])


def roles_of(user: User) -> set[str]:
    return set(RoleGrant.objects.current().filter(user=user).values_list("role", flat=True))


def send(browser, *roles, reason=WHY):
    path = "/people/sam/roles/"
    seen = browser.get(path).context["form"]["seen"].value()
    sent = {"roles": roles, "reason": reason, "seen": seen}
    return browser.post(path, sent, follow=True)


def decide(browser, approval):
    return browser.post(f"/approvals/{approval.pk}/", {"decision": "approve"})


def test_second_administrator_grants_what_the_first_asked_for(first, second, person):
    page = send(first, "board-viewer", "analyst", "auditor").text
    assert "A second administrator is asked" in page
    assert "asked for auditor" in page
    assert roles_of(person) == {"board-viewer", "analyst"}  # what needs nobody else is done
    asked = Approval.objects.get()
    assert "Auditor for Sam Slope" in second.get("/approvals/").text
    assert decide(second, asked).status_code == 302
    assert roles_of(person) == {"board-viewer", "analyst", "auditor"}
    assert RoleGrant.objects.get(role="auditor").granted_by == second.user
    granted = AuditEvent.objects.filter(action="role.granted").latest("pk")
    assert granted.detail == {"role": "auditor", "asked_by": first.user.username}


def test_refused_grant_changes_nothing(first, second, person):
    send(first, "board-viewer", "administrator")
    asked = Approval.objects.get()
    second.post(f"/approvals/{asked.pk}/", {"decision": "refuse", "note": "Nobody told me"})
    assert roles_of(person) == {"board-viewer"}


def test_reason_is_asked_beside_its_field(first, person):
    page = send(first, "board-viewer", "auditor", reason=" ").text
    assert "Write why: a second administrator decides on this." in page
    assert not Approval.objects.exists()


def test_new_account_waits_for_its_powerful_role(first):
    sent = {
        "username": "new",
        "full_name": "New",
        "roles": ["analyst", "administrator"],
        "reason": WHY,
    }
    page = first.post("/people/new/", sent, follow=True).text
    assert "A second administrator is asked" in page
    assert roles_of(User.objects.get(username="new")) == {"analyst"}
    assert Approval.objects.get().payload["roles"] == ["administrator"]


def test_nobody_decides_on_their_own_role_or_request(first, second, person, sign_in):
    send(first, "board-viewer", "auditor")
    asked = Approval.objects.get()
    assert decide(first, asked).status_code == 403
    assert decide(sign_in("auditor"), asked).status_code == 403
    for_second = set_roles(
        by=first.user, user=second.user, roles=["administrator", "auditor"], reason=WHY
    )
    assert decide(second, for_second).status_code == 404
    assert roles_of(second.user) == {"administrator"}


def test_asked_twice_it_waits_once(first, person):
    send(first, "board-viewer", "auditor")
    assert "waits for a decision" in send(first, "board-viewer", "auditor").text
    assert Approval.objects.count() == 1


def test_grant_asked_by_somebody_who_left_is_not_carried_out(first, second, person):
    send(first, "board-viewer", "auditor")
    set_roles(by=second.user, user=first.user, roles=[])
    page = decide(second, Approval.objects.get()).text
    assert "Whoever asked manages no accounts any more" in page
    assert roles_of(person) == {"board-viewer"}


def test_granted_role_ends_the_sessions(first, second, sign_in):
    other = sign_in("manager")
    asked = set_roles(by=first.user, user=other.user, roles=["manager", "auditor"], reason=WHY)
    assert asked is not None
    approve(by=second.user, approval=asked)
    assert other.get("/").status_code == 302


def test_taking_a_powerful_role_away_needs_one_person(first, second):
    set_roles(by=first.user, user=second.user, roles=["board-viewer"])
    assert roles_of(second.user) == {"board-viewer"}


def test_first_administrator_comes_from_the_machine(capsys):
    call_command("create_account", "ada", name="Ada", role=["administrator"])
    assert roles_of(User.objects.get()) == {"administrator"}
    assert not Approval.objects.exists()


def test_last_administrator_stays(first):
    """Whoever would act has lost the role meanwhile; the answer of the page before still says so."""
    former = UserFactory.create(roles=["administrator"])
    assert former.permissions  # read, as a request does at its start
    former.grants.update(ended_at=former.grants.get().granted_at)
    for change in (
        lambda: set_roles(by=former, user=first.user, roles=[]),
        lambda: change_account(
            by=former,
            user=first.user,
            full_name="X",
            email=first.user.email,
            is_active=False,
        ),
    ):
        with pytest.raises(ValidationError, match="Nobody would be left"):
            change()
    assert roles_of(first.user) == {"administrator"}
    first.user.refresh_from_db()
    assert first.user.is_active


@pytest.mark.django_db(transaction=True)
def test_two_who_take_the_role_from_each_other_at_once_leave_one():
    pair = [UserFactory.create(roles=["administrator"]) for _ in range(2)]
    both = Barrier(2)

    def take(by: int) -> bool:
        try:
            actor, other = (User.objects.get(pk=pair[one].pk) for one in (by, 1 - by))
            assert actor.permissions
            both.wait(timeout=20)
            set_roles(by=actor, user=other, roles=[])
        except ValidationError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(take, range(2))) == [False, True]
    assert RoleGrant.objects.current().filter(role="administrator").count() == 1


def test_account_of_another_administrator_is_not_opened_by_link_or_address(first, second):
    for act in (
        lambda: sign_in_link(by=first.user, user=second.user),
        lambda: change_account(
            by=first.user,
            user=second.user,
            full_name=second.user.full_name,
            email="first@aware.example",
            is_active=True,
        ),
    ):
        with pytest.raises(NotAllowed) as refusal:
            act()
        assert refusal.value.reason is Reason.POWERFUL
    page = first.get(f"/people/{second.user.username}/").text
    assert "No sign-in link is made here" in page
    Authenticator.objects.create(user=second.user, type="totp", data={"secret": "x"})
    assert sign_in_link(by=first.user, user=second.user)
    assert sign_in_link(by=None, user=second.user)


def test_account_made_on_the_machine_needs_no_reason():
    user = create_account(by=None, username="ann", full_name="Ann", roles=["auditor"])
    assert roles_of(user) == {"auditor"}
