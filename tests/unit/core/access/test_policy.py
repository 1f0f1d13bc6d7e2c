from types import SimpleNamespace
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser

from core.access.decision import NotAllowed, Reason
from core.access.permissions import Permission
from core.access.policy import AnyOf, Policy, Standing, decide, for_method

VIEWER = SimpleNamespace(is_authenticated=True, has=lambda wanted: wanted is Permission.BOARD_VIEW)
OFFICER = SimpleNamespace(
    is_authenticated=True, has=lambda wanted: wanted is Permission.NOMINAL_VIEW
)
NOBODY = AnonymousUser()


@pytest.mark.parametrize(
    ("policy", "user", "reason"),
    [
        (None, VIEWER, Reason.NO_POLICY),
        (Standing.NOBODY, VIEWER, Reason.NOT_OFFERED),
        (Standing.PUBLIC, NOBODY, None),
        (Standing.SIGNED_IN, NOBODY, Reason.SIGN_IN),
        (Standing.SIGNED_IN, VIEWER, None),
        (Permission.BOARD_VIEW, NOBODY, Reason.SIGN_IN),
        (Permission.BOARD_VIEW, VIEWER, None),
        (Permission.RECORD_VIEW, VIEWER, Reason.PERMISSION),
        (Permission.NOMINAL_VIEW, VIEWER, Reason.NOT_THERE),
        (Permission.NOMINAL_SUPERVISE, OFFICER, Reason.PERMISSION),
        (AnyOf(frozenset([Permission.NOMINAL_VIEW])), VIEWER, Reason.NOT_THERE),
        (
            AnyOf(frozenset([Permission.NOMINAL_VIEW, Permission.RECORD_VIEW])),
            VIEWER,
            Reason.PERMISSION,
        ),
        (AnyOf(frozenset([Permission.RECORD_VIEW])), VIEWER, Reason.PERMISSION),
        (AnyOf(frozenset([Permission.RECORD_VIEW, Permission.BOARD_VIEW])), VIEWER, None),
    ],
)
def test_decide_gives_the_first_refusal(
    policy: Policy | None, user: Any, reason: Reason | None
) -> None:
    assert decide(policy, user).reason is reason


@pytest.mark.parametrize(
    ("policy", "reason"),
    [
        (Standing.ENROLLING, None),
        (Standing.PUBLIC, None),
        (Standing.SIGNED_IN, Reason.SECOND_FACTOR),
        (Permission.BOARD_VIEW, Reason.SECOND_FACTOR),
        (Permission.RECORD_VIEW, Reason.SECOND_FACTOR),
    ],
)
def test_decide_asks_for_the_second_factor_first(policy: Policy, reason: Reason | None) -> None:
    assert decide(policy, VIEWER, second_factor_missing=True).reason is reason


def test_refusal_raises_with_its_reason() -> None:
    with pytest.raises(NotAllowed) as refusal:
        decide(Permission.RECORD_VIEW, VIEWER).require()
    assert refusal.value.reason is Reason.PERMISSION
    assert str(refusal.value) == "Your roles do not allow this."


STATED = {"GET": Permission.RECORD_VIEW, "POST": Permission.RECORD_CHANGE}


@pytest.mark.parametrize(
    ("method", "policy"),
    [
        ("GET", Permission.RECORD_VIEW),
        ("HEAD", Permission.RECORD_VIEW),
        ("OPTIONS", Permission.RECORD_VIEW),
        ("POST", Permission.RECORD_CHANGE),
        ("DELETE", None),
    ],
)
def test_policy_may_differ_by_method(method: str, policy: Permission | None) -> None:
    assert for_method(STATED, method) is policy


def test_one_policy_holds_for_every_method() -> None:
    assert for_method(Permission.RECORD_VIEW, "DELETE") is Permission.RECORD_VIEW
