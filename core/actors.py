"""For whom the work at hand is done: the person of a request, or of an export in a job.

What is read of people depends on it, however it is read (offenders.scope). Nobody: a command, an
import, a figure of the whole force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any


class Acting:
    """Who is known late: an API call has read its token only once the view has begun."""

    def __init__(self, who: Callable[[], Any]) -> None:
        self._who = who
        self.memo: dict[Any, Any] = {}  # what was worked out for this person, until it is over

    @property
    def user(self) -> Any:
        return self._who()


_current: ContextVar[Acting | None] = ContextVar("acting", default=None)


def current() -> Acting | None:
    return _current.get()


@contextmanager
def acting(who: Callable[[], Any]) -> Iterator[Acting]:
    found = Acting(who)
    token = _current.set(found)
    try:
        yield found
    finally:
        _current.reset(token)


@contextmanager
def nobody() -> Iterator[None]:
    """For what a service must know of everybody, and shows to nobody: a number that is taken."""
    token = _current.set(None)
    try:
        yield
    finally:
        _current.reset(token)
