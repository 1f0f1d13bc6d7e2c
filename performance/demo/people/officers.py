"""Officers of the demonstration: they own nominals, and have no password to sign in with."""

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


OFFICERS = (
    Officer("demo-north-1", "Pip Penfold", Rank.CONSTABLE, "north"),
    Officer("demo-north-2", "Dot Dovecote", Rank.CONSTABLE, "north"),
    Officer("demo-north-3", "Sal Stonepath", Rank.SERGEANT, "north", "act-supervisor"),
    Officer("demo-south-1", "Gil Goosegate", Rank.CONSTABLE, "south"),
    Officer("demo-south-2", "Mab Millstream", Rank.CONSTABLE, "south"),
    Officer("demo-south-3", "Ivo Inkwell", Rank.SERGEANT, "south", "act-supervisor"),
)
INSPECTOR = "Inspector Una Underhill"
SUPERINTENDENT = "Superintendent Hal Haymarket"


def officers() -> dict[str, list[User]]:
    """By area, those who lead nominals first; made where they are missing."""
    there = User.objects.in_bulk([one.username for one in OFFICERS], field_name="username")
    by_area: dict[str, list[User]] = {}
    for one in OFFICERS:
        by_area.setdefault(one.area, []).append(there.get(one.username) or _make(one))
    return by_area


def _make(one: Officer) -> User:
    user = create_account(by=None, username=one.username, full_name=one.name, roles=[one.role])
    user.rank, user.unit_id = one.rank, one.area
    user.save(update_fields=["rank", "unit"])
    return user
