"""What is said of a verdict that turned."""

from types import SimpleNamespace
from typing import Any

import pytest

from performance.comparisons.rules import Word
from performance.indicators import INDICATORS
from performance.selectors.headlines import _turns
from performance.selectors.values import UNKNOWN


def row_of(word: Word) -> Any:
    """A row with one verdict, that chance alone would explain."""
    verdict = SimpleNamespace(word=word, beyond_chance=False)
    return SimpleNamespace(
        indicator=INDICATORS["dwelling-burglary-outcome-rate"],
        current=UNKNOWN,
        rolling=UNKNOWN,
        v_1yr=verdict,
        v_3yr=None,
        v_benchmark=None,
    )


@pytest.mark.parametrize(
    ("before", "now", "beyond_chance"),
    [
        (Word.COMPARABLE, Word.DETERIORATED, False),
        (Word.IMPROVED, Word.COMPARABLE, None),
    ],
)
def test_chance_is_said_of_a_verdict_that_claims_a_change(
    before: Word, now: Word, beyond_chance: bool | None
) -> None:
    (turn,) = _turns(row_of(now), row_of(before))

    assert (turn.now, turn.beyond_chance) == (str(now), beyond_chance)
