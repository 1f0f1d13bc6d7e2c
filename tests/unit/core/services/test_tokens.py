from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from core.access.decision import NotAllowed, Reason
from core.models import ApiToken, AuditEvent, User
from core.services.tokens import issue_token, revoke_token
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def analyst() -> User:
    return UserFactory.create(roles=["analyst"])


def test_issued_token_is_found_by_its_secret_only(analyst: User) -> None:
    token, secret = issue_token(by=analyst, owner=analyst, name="Nightly upload")
    assert ApiToken.objects.live().with_secret(secret) == token
    assert secret not in (token.digest, *map(str, AuditEvent.objects.values_list("detail")))


def test_revoked_token_is_dead(analyst: User) -> None:
    token, secret = issue_token(by=analyst, owner=analyst, name="Nightly upload")
    revoke_token(by=analyst, token=token)
    assert ApiToken.objects.live().with_secret(secret) is None
    assert list(AuditEvent.objects.values_list("action", flat=True)) == [
        "token.revoked",
        "token.issued",
    ]


def test_token_runs_out(analyst: User) -> None:
    _, secret = issue_token(by=analyst, owner=analyst, name="Nightly upload")
    with time_machine.travel(timezone.now() + timedelta(days=366)):
        assert ApiToken.objects.live().with_secret(secret) is None


@pytest.mark.parametrize(
    ("by", "owner", "reason"),
    [
        ("board-viewer", None, Reason.PERMISSION),
        ("analyst", "machine", Reason.NOT_YOURS),
        ("administrator", "analyst", Reason.NOT_A_MACHINE),
        ("administrator", "analyst machine", Reason.NOT_A_MACHINE),
    ],
)
def test_issue_token_refuses(by: str, owner: str | None, reason: Reason) -> None:
    person = UserFactory.create(roles=[by])
    other = UserFactory.create(roles=owner.split()) if owner else person
    with pytest.raises(NotAllowed) as refusal:
        issue_token(by=person, owner=other, name="x")
    assert refusal.value.reason is reason


def test_administrator_makes_a_token_for_a_machine() -> None:
    machine = UserFactory.create(roles=["machine"])
    token, _ = issue_token(by=UserFactory.create(roles=["administrator"]), owner=machine, name="x")
    assert token.user == machine


def test_stranger_revokes_nothing(analyst: User) -> None:
    token, _ = issue_token(by=analyst, owner=analyst, name="x")
    with pytest.raises(NotAllowed):
        revoke_token(by=UserFactory.create(roles=["analyst"]), token=token)
