"""What an app above has to show beside the packs: charts are drawn there, so it brings them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from core.home import Shown
from operations.selectors.packs import Tile

Context = Callable[[date, Sequence[Tile]], Mapping[str, Any] | None]

_shown: list[tuple[str, Context]] = []


def register(template: str, context: Context) -> None:
    """`context` of the day and its tiles gives what the template needs, or None where there is nothing to say."""
    _shown.append((template, context))


def outlooks(day: date, tiles: Sequence[Tile]) -> list[Shown]:
    made = ((template, context(day, tiles)) for template, context in _shown)
    return [Shown(template, context) for template, context in made if context is not None]
