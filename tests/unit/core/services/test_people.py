import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.test import Client

from core.access.decision import NotAllowed, Reason
from core.access.permissions import Permission
from core.models import ApiToken, AuditEvent, RoleGrant, User
from core.services.people import change_account, create_account, set_roles, sign_in_link
from core.services.tokens import issue_token
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator() -> User:
    return UserFactory.create(roles=["administrator"])


@pytest.fixture
def person() -> User:
    return UserFactory.create(username="sam", roles=["board-viewer"])


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("pk").values_list("action", flat=True))


def test_create_account_grants_its_roles(administrator: User) -> None:
    user = create_account(by=administrator, username="new", full_name="New", roles=["analyst"])
    assert user.has(Permission.RECORD_IMPORT)
    assert not user.has_usable_password()
    assert actions() == ["account.created", "role.granted"]


def test_create_account_refuses_a_name_that_is_taken(administrator: User, person: User) -> None:
    with pytest.raises(ValidationError, match="already exists"):
        create_account(by=administrator, username="sam", full_name="Another Sam")


def test_create_account_refuses_an_unknown_role(administrator: User) -> None:
    with pytest.raises(ValidationError, match="no role emperor"):
        create_account(by=administrator, username="new", full_name="New", roles=["emperor"])


def test_set_roles_grants_and_ends(administrator: User, person: User) -> None:
    set_roles(by=administrator, user=person, roles=["analyst", "manager"])
    held = RoleGrant.objects.current().filter(user=person).values_list("role", flat=True)
    assert sorted(held) == ["analyst", "manager"]
    ended = RoleGrant.objects.get(user=person, role="board-viewer")
    assert ended.ended_by == administrator
    assert actions() == ["role.ended", "role.granted", "role.granted"]


def test_set_roles_shows_at_once(administrator: User, person: User) -> None:
    assert not person.has(Permission.PAPER_RELEASE)
    set_roles(by=administrator, user=person, roles=["manager"])
    assert person.has(Permission.PAPER_RELEASE)


def test_changed_role_ends_the_sessions(administrator: User, person: User) -> None:
    browser = Client()
    browser.force_login(person)
    set_roles(by=administrator, user=person, roles=["manager"])
    assert browser.get("/").status_code == 302


def test_same_roles_end_no_session(administrator: User, person: User) -> None:
    browser = Client()
    browser.force_login(person)
    set_roles(by=administrator, user=person, roles=["board-viewer"])
    assert browser.get("/").status_code == 200


def test_nobody_changes_their_own_roles(administrator: User) -> None:
    with pytest.raises(NotAllowed) as refusal:
        set_roles(by=administrator, user=administrator, roles=["analyst"])
    assert refusal.value.reason is Reason.OWN_ACCOUNT


def test_set_roles_refuses_who_may_not(person: User) -> None:
    with pytest.raises(NotAllowed) as refusal:
        set_roles(by=person, user=UserFactory.create(), roles=["analyst"])
    assert refusal.value.reason is Reason.PERMISSION


def test_closed_account_loses_its_sessions(administrator: User, person: User) -> None:
    browser = Client()
    browser.force_login(person)
    change_account(
        by=administrator, user=person, full_name="Sam", email=person.email, is_active=False
    )
    assert browser.get("/").status_code == 302
    assert AuditEvent.objects.get(action="account.changed").detail["is_active"] == [True, False]


def test_unchanged_account_leaves_no_trace(administrator: User, person: User) -> None:
    change_account(
        by=administrator,
        user=person,
        full_name=person.full_name,
        email=person.email,
        is_active=True,
    )
    assert actions() == []


def test_sign_in_link_opens_the_password_page(administrator: User, person: User) -> None:
    path = sign_in_link(by=administrator, user=person)
    browser = Client()
    answer = browser.get(path, follow=True)
    assert answer.status_code == 200
    assert b'name="password1"' in answer.content
    chosen = {"password1": "correct horse battery", "password2": "correct horse battery"}
    done = browser.post(answer.redirect_chain[-1][0], chosen, follow=True)
    assert 'href="/accounts/login/">Sign in</a>' in done.text  # or it would be a dead end


def test_lost_second_factor_is_removed_on_the_machine(person: User) -> None:
    Authenticator.objects.create(user=person, type=Authenticator.Type.TOTP, data={})
    call_command("remove_second_factor", "sam")
    assert not is_mfa_enabled(person)
    event = AuditEvent.objects.get(action="second-factor.removed")
    assert (event.job, event.target_id) == ("remove_second_factor", "sam")


def test_unknown_account_has_no_second_factor() -> None:
    with pytest.raises(CommandError, match="no account sam"):
        call_command("remove_second_factor", "sam")


def test_machine_is_no_person(administrator: User, person: User) -> None:
    with pytest.raises(ValidationError, match="no other role"):
        set_roles(by=administrator, user=person, roles=["machine", "board-viewer"])


@pytest.mark.parametrize(
    ("held", "wanted", "live"),
    [
        ("machine", "analyst", False),  # a machine becomes a person
        ("analyst", "board-viewer", False),  # the right to tokens ends
        ("analyst", "machine", True),
    ],
)
def test_tokens_end_with_the_role_that_gave_them(
    administrator: User, held: str, wanted: str, live: bool
) -> None:
    owner = UserFactory.create(roles=[held])
    token, _ = issue_token(by=owner, owner=owner, name="x")
    set_roles(by=administrator, user=owner, roles=[wanted])
    assert ApiToken.objects.live().filter(pk=token.pk).exists() is live
