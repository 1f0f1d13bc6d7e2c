"""What needs a second person. An app registers its kinds here; core keeps the requests.

`register("disposal", name="Disposal of a record", may_ask=..., may_decide=..., carry_out=...)` in a
module `approvals.py` of the app, which is read at the start as `panels.py` is. Ask with
`core.services.approvals.ask`: another person then finds the request on their home page.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.apps import apps

from core.access.decision import ALLOWED, Decision
from core.models import Approval, User


def about_target(approval: Approval) -> str:
    """What kind of record, and its number: no name of a person, whose look would have to be kept."""
    name = str(apps.get_model(approval.target_type)._meta.verbose_name)
    return f"{name.capitalize()} {approval.target_id}"


def anybody(by: User, target: Any) -> Decision:
    """For kinds whose own service asked its policy before it asked for the approval."""
    return ALLOWED


def nothing(by: User, approval: Approval) -> None:
    """For what only needs to be known."""


@dataclass(frozen=True)
class ApprovalKind:
    """`may_ask` takes the target; the others take the approval. `carry_out` runs inside of the
    approval's transaction, as the person who approves: what it refuses leaves the request open.

    `about` is the target in words, `url` the page to judge it by, `details` are more facts of the
    request, as pairs. None of them may name a nominal: they stand on pages that leave no look.
    """

    slug: str
    name: str
    may_ask: Callable[[User, Any], Decision]
    may_decide: Callable[[User, Approval], Decision]
    carry_out: Callable[[User, Approval], Any]
    on_refusal: Callable[[User, Approval], Any] = nothing
    about: Callable[[Approval], str] = about_target
    url: Callable[[Approval], str] = lambda approval: ""
    details: Callable[[Approval], list[tuple[str, str]]] = lambda approval: []


_KINDS: dict[str, ApprovalKind] = {}


def register(
    kind: str,
    *,
    name: str,
    may_decide: Callable[[User, Approval], Decision],
    may_ask: Callable[[User, Any], Decision] = anybody,
    carry_out: Callable[[User, Approval], Any] = nothing,
    **more: Any,
) -> ApprovalKind:
    if kind in _KINDS:
        raise ValueError(f"An approval “{kind}” is declared already.")
    _KINDS[kind] = ApprovalKind(kind, name, may_ask, may_decide, carry_out, **more)
    return _KINDS[kind]


def kind_called(slug: str) -> ApprovalKind:
    """Raises KeyError for a kind that nobody declared."""
    return _KINDS[slug]


def kind_or_none(slug: str) -> ApprovalKind | None:
    """A request outlives the declaration of its kind."""
    return _KINDS.get(slug)
