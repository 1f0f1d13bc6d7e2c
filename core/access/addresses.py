"""What the view behind an address says of who may use it, before anybody goes there."""

from typing import Any
from urllib.parse import urlsplit

from django.urls import Resolver404, resolve

from core.access.decision import Decision, Reason
from core.access.policy import decide, for_method
from core.access.stated import stated_policy


def may_open(user: Any, address: str) -> Decision:
    """Of an address of this site, with or without its query."""
    try:
        match = resolve(urlsplit(address).path)
    except Resolver404:
        return Decision(Reason.NOT_THERE)
    return decide(for_method(stated_policy(match.func, match), "GET"), user)
