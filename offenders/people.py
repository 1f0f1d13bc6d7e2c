"""What the page of a nominal is made of: each noun brings its own entries, facts and buttons.

A noun's module in `offenders/selectors` registers what it has to say; the page asks everybody, so
that a new noun changes no other file.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime

from core.dates import start_of
from core.models import User
from offenders.models import Nominal


@dataclass(frozen=True)
class Entry:
    """One thing that happened, on the timeline."""

    at: datetime | date  # a day where no more is known
    kind: str  # the timeline's filter: "Arrest", "Tag", ...
    title: str
    text: str = ""
    by: str = ""
    url: str = ""

    @property
    def moment(self) -> datetime:
        """Of what is known to the day its beginning: for the order alone."""
        return self.at if isinstance(self.at, datetime) else start_of(self.at)


@dataclass(frozen=True)
class Now:
    """Something that runs now: in custody, on bail, tagged. `urgent` is shown in words too."""

    title: str
    text: str
    url: str = ""
    tag: str = ""  # short words for the identity bar, such as "In custody"
    urgent: bool = False


@dataclass(frozen=True)
class Button:
    text: str
    url: str


@dataclass(frozen=True)
class Due:
    """Something that somebody has to do, on the page "My work"."""

    at: datetime | date
    title: str
    nominal: Nominal | None
    owner: User | None
    url: str


timelines: list[Callable[[Nominal], Iterable[Entry]]] = []
nows: list[Callable[[Nominal], Iterable[Now]]] = []
buttons: list[Callable[[Nominal], Iterable[Button]]] = []
# Whether the two belong to work that several areas do together.
joint_work: list[Callable[[User, Nominal], bool]] = []
dues: list[Callable[[Iterable[User]], Iterable[Due]]] = []  # due and overdue, of these owners
