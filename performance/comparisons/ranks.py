"""Ranks of rates, and how far chance alone could have moved them.

The rate behind a force's figures is not known, only likely: k of n give it a beta distribution
(Jeffreys' prior). Where that rate is x, each other force is before it with the probability that its
own rate is above x, and their number is a sum of independent yes and no: its distribution is exact,
without simulation. It is taken at evenly likely values of x and averaged.
"""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

LEVEL = 0.95
PRIOR = 0.5
VALUES = 60  # of the rate, at the middles of so many equally likely parts


def rank_bounds(rates: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Best and worst rank of each k of n among all, the highest rate being first: 95% interval.

    An interval always holds the rank of the figures themselves. Revisions can leave k outside
    0 to n: it is taken as the nearest.
    """
    return list(_bounds(tuple(rates)))


@lru_cache(maxsize=64)
def _bounds(rates: tuple[tuple[int, int], ...]) -> tuple[tuple[int, int], ...]:
    """Kept: a paper asks for the same forces on every page of it, and each costs a fifth of a second."""
    import numpy as np

    if not rates:
        return ()
    n = np.array([max(below, 1) for _, below in rates], dtype=float)
    k = np.clip(np.array([above for above, _ in rates], dtype=float), 0, n)
    tail = (1 - LEVEL) / 2
    found = []
    for place, chances in enumerate(_rank_chances(k, n)):
        known = 1 + int((k * n[place] > k[place] * n).sum())
        total = np.cumsum(chances)
        best = 1 + int(np.searchsorted(total, tail))
        worst = 1 + int(np.searchsorted(total, 1 - tail))
        found.append((min(best, known), max(min(worst, len(rates)), known)))
    return tuple(found)


def _rank_chances(k: Any, n: Any) -> Any:
    """Probability of each rank (columns) of each rate (rows)."""
    import numpy as np
    from scipy.special import betaincc, betaincinv

    above, below = k + PRIOR, n - k + PRIOR
    parts = (np.arange(VALUES) + 0.5) / VALUES
    likely = betaincinv(above, below, parts[:, None])  # value, force
    ahead = betaincc(above, below, likely[:, :, None])  # value, force, other
    ahead[:, np.arange(len(k)), np.arange(len(k))] = 0
    chances = np.zeros((VALUES, len(k), len(k)))
    chances[:, :, 0] = 1
    for other in range(len(k)):
        p = ahead[:, :, other, None]
        moved = chances * p
        chances *= 1 - p
        chances[:, :, 1:] += moved[:, :, :-1]
    return chances.mean(axis=0)
