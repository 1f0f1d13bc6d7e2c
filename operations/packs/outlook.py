"""What an app above has to show beside the packs: charts are drawn there, so it brings them."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from core.home import Shown

Context = Callable[[date], Mapping[str, Any] | None]

_shown: list[tuple[str, Context]] = []


def register(template: str, context: Context) -> None:
    """`context` of the day gives what the template needs, or None where there is nothing to say."""
    _shown.append((template, context))


def outlooks(day: date) -> list[Shown]:
    made = ((template, context(day)) for template, context in _shown)
    return [Shown(template, context) for template, context in made if context is not None]
