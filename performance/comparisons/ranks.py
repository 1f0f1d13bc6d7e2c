"""Ranks of rates, and how far chance alone could have moved them."""

from collections.abc import Sequence

from performance.comparisons import significance
from performance.comparisons.opinions import LEVEL


def rank_bounds(rates: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """Best and worst rank of each k of n among all, the highest rate being first.

    Only those whose rate differs by more than chance would give (chi-square test of two
    proportions, 5% level) are surely before or behind.
    """
    import numpy as np

    if not rates:
        return []
    k, n = np.array(rates, dtype=object).astype(float).T
    sure = significance.two_proportion(k[:, None], n[:, None], k, n) < LEVEL
    higher = k * n[:, None] > k[:, None] * n
    best = 1 + (sure & higher).sum(axis=1)
    worst = len(rates) - (sure & ~higher).sum(axis=1)
    return list(zip(best.tolist(), worst.tolist(), strict=True))
