"""Whom the numbers in the log mean. core stands below the app that knows, so the app says it."""

from collections.abc import Callable, Iterable

from core.models import User

_find: list[Callable[[str], list[int]]] = []
_name: list[Callable[[Iterable[int]], dict[int, str]]] = []
_closed: list[Callable[[User], set[int]]] = []


def register(
    *,
    find: Callable[[str], list[int]],
    name: Callable[[Iterable[int]], dict[int, str]],
    closed_to: Callable[[User], set[int]],
) -> None:
    """`find` takes what a person typed, `name` gives words such as `BLOGGS, Joe (N000123)`;
    `closed_to`, whom somebody may not see."""
    _find.append(find)
    _name.append(name)
    _closed.append(closed_to)


def find_people(text: str) -> list[int]:
    return [pk for find in _find for pk in find(text)]


def closed_to(by: User) -> set[int]:
    return {pk for closed in _closed for pk in closed(by)}


def names_of(numbers: Iterable[int]) -> dict[int, str]:
    wanted = sorted(set(numbers))
    found: dict[int, str] = {}
    for name in _name if wanted else []:
        found |= name(wanted)
    return found
