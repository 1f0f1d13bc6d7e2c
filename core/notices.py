"""What stands at the top of every page while it lasts. The apps register theirs, as with panels."""

from collections.abc import Callable, Mapping
from typing import Any

from core.home import Shown
from core.models import User

Context = Callable[[User], Mapping[str, Any] | None]

_notices: list[tuple[str, Context]] = []


def register(template: str, context: Context) -> None:
    """`context` gives what the template needs, or None while there is nothing to say. It is asked
    on every page: what costs a query there should ask a permission first."""
    _notices.append((template, context))


def notices_for(user: Any) -> list[Shown]:
    if user is None or not user.is_authenticated:
        return []
    made = ((template, context(user)) for template, context in _notices)
    return [Shown(template, context) for template, context in made if context is not None]
