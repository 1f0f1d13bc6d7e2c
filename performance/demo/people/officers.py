"""Officers of the demonstration: they own nominals.

Three of them give way to the demonstration accounts of an officer and two supervisors, where these were
made before the load: whoever signs in so then finds work of their own.
"""

from __future__ import annotations

from dataclasses import dataclass

from core.models import User
from core.ranks import Rank
from core.services.people import create_account


@dataclass(frozen=True)
class Officer:
    username: str
    name: str
    rank: Rank
    area: str
    role: str = "act-officer"
    gives_way_to: str = ""  # username of a demonstration account


OFFICERS = (
    Officer("demo-north-1", "Pip Penfold", Rank.CONSTABLE, "north"),
    Officer("demo-north-2", "Dot Dovecote", Rank.CONSTABLE, "north"),
    Officer(
        "demo-north-3",
        "Sal Stonepath",
        Rank.SERGEANT,
        "north",
        "act-supervisor",
        "act-supervisor-2",
    ),
    Officer("demo-south-1", "Gil Goosegate", Rank.CONSTABLE, "south", gives_way_to="act-officer"),
    Officer("demo-south-2", "Mab Millstream", Rank.CONSTABLE, "south"),
    Officer(
        "demo-south-3", "Ivo Inkwell", Rank.SERGEANT, "south", "act-supervisor", "act-supervisor"
    ),
)
INSPECTOR = "Inspector Una Underhill"
SUPERINTENDENT = "Superintendent Hal Haymarket"


def officers() -> dict[str, list[User]]:
    """By area, those who lead nominals first; made where they are missing."""
    named = [name for one in OFFICERS for name in (one.username, one.gives_way_to) if name]
    there = User.objects.in_bulk(named, field_name="username")
    by_area: dict[str, list[User]] = {}
    for one in OFFICERS:
        user = there.get(one.gives_way_to) or there.get(one.username) or _make(one)
        by_area.setdefault(one.area, []).append(_posted(user, one))
    return by_area


def _make(one: Officer) -> User:
    return create_account(by=None, username=one.username, full_name=one.name, roles=[one.role])


def _posted(user: User, one: Officer) -> User:
    """Where somebody has an area already, they keep it and their rank."""
    if user.unit_id is None:
        user.rank, user.unit_id = one.rank, one.area
        user.save(update_fields=["rank", "unit"])
    return user
