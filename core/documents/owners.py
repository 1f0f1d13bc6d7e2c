"""Whose a document is: each app says which of its records take documents, and who sees those."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.http import Http404

from core.access.permissions import Permission
from core.access.policy import AnyOf
from core.models import User

# Whose records take documents; then each record's own rule.
HOLDERS = AnyOf(frozenset([Permission.NOMINAL_VIEW, Permission.OPERATION_CHANGE]))


@dataclass(frozen=True)
class OwnerKind:
    """`find` looks the record up as that person: it leaves its look, and raises Http404 or
    NotAllowed for what they may not see. `url` is its page; `is_person`, that the log names it;
    `gone`, which of these keys are of records that were disposed of."""

    slug: str
    name: str
    view: Permission
    change: Permission
    find: Callable[[User, str], Any]
    url: Callable[[str], str]
    is_person: bool = False
    gone: Callable[[list[str]], list[str]] = lambda keys: []


_KINDS: dict[str, OwnerKind] = {}


def register(kind: OwnerKind) -> OwnerKind:
    if kind.slug in _KINDS:
        raise ValueError(f"Documents of “{kind.slug}” are declared already.")
    _KINDS[kind.slug] = kind
    return kind


def owner_kind(slug: str) -> OwnerKind:
    """Raises Http404 for records that take no documents."""
    if slug not in _KINDS:
        raise Http404("There are no documents of this kind of record.")
    return _KINDS[slug]


def owner_of(by: User, slug: str, key: str, *, to_change: bool = False) -> Any:
    """The record, for whoever may see it. Raises Http404 also where the role alone refuses: the
    address of a document must not say that there is one."""
    kind = owner_kind(slug)
    if not by.has(kind.change if to_change else kind.view):
        raise Http404("There is no such record.")
    return kind.find(by, key)
