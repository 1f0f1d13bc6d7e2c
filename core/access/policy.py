"""How a view states who may use it: `@requires(Permission.X)`, `@signed_in` or `@public`."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Any, TypeVar

from core.access.decision import Decision, Reason
from core.access.permissions import ABOUT_PEOPLE, Permission


class Standing(StrEnum):
    PUBLIC = auto()
    SIGNED_IN = auto()
    ENROLLING = auto()  # signed in, second factor perhaps still missing
    NOBODY = auto()  # a page of a package that this product does not offer


@dataclass(frozen=True)
class AnyOf:
    """A page that several permissions open; what it shows differs."""

    permissions: frozenset[Permission]


Policy = Permission | Standing | AnyOf
Stated = (
    Policy | Mapping[str, Policy]
)  # a mapping states it by HTTP method: {"GET": ..., "POST": ...}

View = TypeVar("View", bound=Callable[..., Any])


def requires(permission: Permission | AnyOf) -> Callable[[View], View]:
    """On a function view, or on a View class."""
    return _state(permission)


def signed_in(view: View) -> View:
    return _state(Standing.SIGNED_IN)(view)


def public(view: View) -> View:
    return _state(Standing.PUBLIC)(view)


def _state(policy: Policy) -> Callable[[View], View]:
    def mark(view: View) -> View:
        view.access = policy  # type: ignore[attr-defined]  # a mark on whatever callable it is
        return view

    return mark


def for_method(stated: Stated | None, method: str) -> Policy | None:
    """HEAD is asked as GET, OPTIONS as any one of the stated; None when nothing is stated."""
    if not isinstance(stated, Mapping):
        return stated
    if method == "OPTIONS":
        return next(iter(stated.values()), None)
    return stated.get("GET" if method == "HEAD" else method)


def decide(policy: Policy | None, user: Any, *, second_factor_missing: bool = False) -> Decision:
    """First refusal wins: no policy, nobody signed in, second factor, permission."""
    return Decision(_refusal(policy, user, second_factor_missing))


def _refusal(policy: Policy | None, user: Any, second_factor_missing: bool) -> Reason | None:
    if policy is Standing.PUBLIC:
        return None
    if policy is None or policy is Standing.NOBODY:
        return Reason.NOT_OFFERED if policy else Reason.NO_POLICY
    if not user.is_authenticated:
        return Reason.SIGN_IN
    if second_factor_missing and policy is not Standing.ENROLLING:
        return Reason.SECOND_FACTOR
    if _holds(policy, user):
        return None
    return Reason.NOT_THERE if _is_hidden(policy, user) else Reason.PERMISSION


def _is_hidden(policy: Policy, user: Any) -> bool:
    """Whoever has no right to people at all does not learn which addresses are those of people."""
    wanted = policy.permissions if isinstance(policy, AnyOf) else frozenset([policy])
    return wanted <= ABOUT_PEOPLE and not any(user.has(right) for right in ABOUT_PEOPLE)


def _holds(policy: Policy, user: Any) -> bool:
    if isinstance(policy, AnyOf):
        return any(user.has(permission) for permission in policy.permissions)
    return not isinstance(policy, Permission) or bool(user.has(policy))
