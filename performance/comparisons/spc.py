"""XmR charts: mean, limits and special causes, by the conventions of NHSRplotthedots.

Limits are the mean +/- 2.66 mean moving ranges. Moving ranges of 3.267 times their mean or more are
left out of that mean (the package's `screen_outliers`). Months without a value take no part: moving
ranges, runs and trends go from one known value to the next.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import groupby, pairwise
from math import fsum

LIMIT = 2.66
NEAR_LIMIT = LIMIT * 2 / 3
OUTLYING_RANGE = 3.267
THREE = 3

Number = float | Fraction


class Cause(StrEnum):
    """What stands out about a point; where several apply, the first in this order is named."""

    ABOVE_LIMIT = "above the upper limit"
    BELOW_LIMIT = "below the lower limit"
    RISING = "part of a rising trend"
    FALLING = "part of a falling trend"
    NEAR_UPPER = "two of three near the upper limit"
    NEAR_LOWER = "two of three near the lower limit"
    RUN_ABOVE = "part of a run above the mean"
    RUN_BELOW = "part of a run below the mean"
    COMMON = "within the limits"

    @property
    def is_outside(self) -> bool:
        return self in {Cause.ABOVE_LIMIT, Cause.BELOW_LIMIT}


@dataclass(frozen=True)
class Xmr:
    """`causes` has an entry for each value given, None where the value was missing."""

    mean: float
    lower: float
    upper: float
    near_lower: float
    near_upper: float
    causes: tuple[Cause | None, ...]


def xmr(
    values: Sequence[Number | None], *, run: int = 7, trend: int = 7, screen_outliers: bool = True
) -> Xmr | None:
    """The chart of a series, oldest first; None where there are fewer than two values.

    `run` and `trend` are numbers of points: a trend of seven has six rises or six falls.
    """
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:  # noqa: PLR2004  # a moving range needs two
        return None
    # Rounding must not put the mean of a constant series beside its only value.
    mean = fsum(known) / len(known) if min(known) < max(known) else known[0]
    spread = _mean_moving_range(known, screen_outliers)
    lower, upper = mean - LIMIT * spread, mean + LIMIT * spread
    near_lower, near_upper = mean - NEAR_LIMIT * spread, mean + NEAR_LIMIT * spread
    sides = [(value > mean) - (value < mean) for value in known]
    flags: list[dict[int, Cause]] = [
        _outside(known, lower, upper),
        _trends(known, trend),
        _two_of_three(known, sides, (lower, near_lower, near_upper, upper)),
        _runs(sides, run),
    ]
    named = iter([_first(flags, index) for index in range(len(known))])
    causes = tuple(None if value is None else next(named) for value in values)
    return Xmr(mean, lower, upper, near_lower, near_upper, causes)


def _first(flags: Iterable[dict[int, Cause]], index: int) -> Cause:
    return next((flag[index] for flag in flags if index in flag), Cause.COMMON)


def _mean_moving_range(known: Sequence[float], screen_outliers: bool) -> float:
    ranges = [abs(after - before) for before, after in pairwise(known)]
    spread = fsum(ranges) / len(ranges)
    if not screen_outliers:
        return spread
    kept = [each for each in ranges if each < OUTLYING_RANGE * spread]
    # None is kept where all are 0: a constant series, whose limits are its mean.
    return fsum(kept) / len(kept) if kept else spread


def _outside(known: Sequence[float], lower: float, upper: float) -> dict[int, Cause]:
    above = {index: Cause.ABOVE_LIMIT for index, value in enumerate(known) if value > upper}
    return above | {index: Cause.BELOW_LIMIT for index, value in enumerate(known) if value < lower}


def _trends(known: Sequence[float], length: int) -> dict[int, Cause]:
    """Points of a trend; a turning point belongs to the trend that begins there."""
    steps = [(after > before) - (after < before) for before, after in pairwise(known)]
    found: dict[int, Cause] = {}
    start = 0
    for step, same in groupby(steps):
        end = start + len(list(same))
        if step and end - start >= length - 1:
            cause = Cause.RISING if step > 0 else Cause.FALLING
            found |= dict.fromkeys(range(start, end + 1), cause)
        start = end
    return found


def _runs(sides: Sequence[int], length: int) -> dict[int, Cause]:
    found: dict[int, Cause] = {}
    start = 0
    for side, same in groupby(sides):
        end = start + len(list(same))
        if side and end - start >= length:
            cause = Cause.RUN_ABOVE if side > 0 else Cause.RUN_BELOW
            found |= dict.fromkeys(range(start, end), cause)
        start = end
    return found


def _two_of_three(
    known: Sequence[float], sides: Sequence[int], limits: tuple[float, float, float, float]
) -> dict[int, Cause]:
    """Points in the outer third, with another such among three in a row on one side of the mean."""
    lower, near_lower, near_upper, upper = limits
    near = [lower <= value < near_lower or near_upper < value <= upper for value in known]
    found: dict[int, Cause] = {}
    for start in range(len(known) - 2):
        three = range(start, start + THREE)
        one_side = abs(sum(sides[index] for index in three)) == THREE
        if one_side and sum(near[index] for index in three) > 1:
            cause = Cause.NEAR_UPPER if sides[start] > 0 else Cause.NEAR_LOWER
            found |= {index: cause for index in three if near[index]}
    return found
