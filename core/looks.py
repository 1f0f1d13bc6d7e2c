"""Whom a request has read, and what it leaves in the log for it.

The model of a person says `saw` for every row that the database hands over. Looks and refusals of
a request wait here until its answer is made: then one row of the log can name everybody whom the
answer shows, and nothing that is rolled back takes a row with it. The answer is sent once they are
written (core.access.looks).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest
from django.utils import timezone

SAME_LOOK = 30 * 60  # seconds for which a page that asks again by itself is one look


@dataclass(frozen=True)
class Purpose:
    """What the person works on: a code of core.access.purpose, and the crime or task."""

    code: str = ""
    reference: str = ""

    def __bool__(self) -> bool:
        return bool(self.code)


NO_PURPOSE = Purpose()


@dataclass
class Looks:
    """`waiting` holds unsaved rows of the log; core.audit puts them in, core.access writes them."""

    people: set[int] = field(default_factory=set)  # were read
    written: set[int] = field(default_factory=set)  # were recorded or changed, which is logged
    waiting: list[Any] = field(default_factory=list)
    is_repeat: bool = False
    purpose: Callable[[], Purpose] = lambda: NO_PURPOSE  # asked once something needs it


_current: ContextVar[Looks | None] = ContextVar("looks", default=None)


def current() -> Looks | None:
    """None outside of a request: then nothing waits."""
    return _current.get()


@contextmanager
def gathered() -> Iterator[Looks]:
    looks = Looks()
    token = _current.set(looks)
    try:
        yield looks
    finally:
        _current.reset(token)


def saw(pk: int | None) -> None:
    looks = _current.get()
    if looks is not None and pk is not None:
        looks.people.add(pk)


@contextmanager
def unshown() -> Iterator[None]:
    """For code that asks whether somebody is there and shows nothing of them."""
    looks = _current.get()
    before = set(looks.people) if looks else set()
    yield
    if looks is not None:
        looks.people = before


def is_repeat(request: HttpRequest, what: str, shown: Iterable[int]) -> bool:
    """Whether this session was shown exactly these under `what` a moment ago, and left its look.

    For a part of a page that asks again by itself. What the browser says of itself (a header of
    htmx) decides nothing: anybody can send it.
    """
    now, key = timezone.now().timestamp(), f"look {what}"
    rows, last = sorted(shown), request.session.get(key)
    if last and last["rows"] == rows and now - last["at"] < SAME_LOOK:
        if (looks := _current.get()) is not None:
            looks.is_repeat = True
        return True
    request.session[key] = {"rows": rows, "at": now}
    return False
