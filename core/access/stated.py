from collections.abc import Callable
from typing import Any

from django.urls import ResolverMatch

from core.access import third_party
from core.access.policy import Stated


def stated_policy(view: Callable[..., Any], match: ResolverMatch | None) -> Stated | None:
    """What the view itself says, else what is said for it; None means nobody may use it."""
    own: Stated | None = getattr(_class_of(view) or view, "access", None)
    if own is not None:
        return own
    return third_party.policy_of(match) if match else None


def is_api(view: Callable[..., Any]) -> bool:
    """True for a view of the REST framework: it knows the user only once it has read the token."""
    return hasattr(getattr(view, "cls", None), "permission_classes")


def asks_policy(view: Callable[..., Any]) -> bool:
    """Whether an API view still holds the permission class that asks (core.api.permissions)."""
    classes = getattr(getattr(view, "cls", None), "permission_classes", ())
    return any(getattr(permission, "asks_policy", False) for permission in classes)


def _class_of(view: Callable[..., Any]) -> type | None:
    return getattr(view, "cls", None) or getattr(view, "view_class", None)
