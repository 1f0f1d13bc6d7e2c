"""The home page is made of panels that the apps register in their `panels` module.

core stands below the apps that know boards and records, so they bring what they have to say.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from core.access.permissions import Permission
from core.models import User


@dataclass(frozen=True)
class Panel:
    """`context` gives what the template needs, or None when there is nothing to say today.

    `permission` None: for everybody, of whom `context` then decides."""

    position: int
    permission: Permission | None
    template: str
    context: Callable[[User], Mapping[str, Any] | None]


@dataclass(frozen=True)
class Shown:
    template: str
    context: Mapping[str, Any]


_panels: list[Panel] = []


def register(panel: Panel) -> None:
    _panels.append(panel)


def panels_for(user: User) -> list[Shown]:
    allowed = (panel for panel in sorted(_panels, key=_position) if _is_for(panel, user))
    made = ((panel, panel.context(user)) for panel in allowed)
    return [Shown(panel.template, context) for panel, context in made if context is not None]


def _is_for(panel: Panel, user: User) -> bool:
    return panel.permission is None or user.has(panel.permission)


def _position(panel: Panel) -> int:
    return panel.position
