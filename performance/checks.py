"""`manage.py check` says which indicators are past review: a warning, not a test that turns red."""

from typing import Any

from django.core import checks

from performance.boards import BOARDS
from performance.indicators import INDICATORS
from performance.selectors.freshness import past_review


@checks.register
def indicators_are_reviewed(**_: Any) -> list[checks.CheckMessage]:
    return [
        checks.Warning(
            f"The indicator “{each.title}” was due for review on {each.next_review:%d %B %Y}.",
            hint=f"{each.owner} reviews it; set next_review in its file.",
            obj=each.slug,
            id="performance.W001",
        )
        for each in past_review()
    ]


@checks.register
def boards_name_indicators(**_: Any) -> list[checks.CheckMessage]:
    named = {slug for board in BOARDS.values() for slug in board.indicators}
    linked = {each.cohort for each in INDICATORS.values() if each.cohort}
    return [
        checks.Warning(
            f"A board or indicator names “{slug}”, which is no indicator.", id="performance.W002"
        )
        for slug in sorted((named | linked) - set(INDICATORS))
    ]
