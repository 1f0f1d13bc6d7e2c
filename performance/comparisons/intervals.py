"""Confidence intervals of proportions and counts, for one figure or an array of them.

Each function returns (lower, upper) as float arrays of the shape of its arguments; confidence is
two-sided. Wilson 1927; Clopper and Pearson 1934; exact Poisson by Garwood 1936; Byar's by Breslow
and Day 1987. Numpy and scipy load inside the functions: a command that draws no board pays nothing.
"""

from __future__ import annotations

from statistics import NormalDist
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import ArrayLike, NDArray

    Floats = NDArray[np.float64]
    Interval = tuple[Floats, Floats]

# PHEindicatormethods takes the exact interval below ten events and Byar's from ten on.
EXACT_BELOW = 10


def deviations(confidence: float) -> float:
    """How many standard deviations hold the confidence in the middle: 1.96 for 0.95."""
    _check(confidence)
    return NormalDist().inv_cdf((1 + confidence) / 2)


def _check(confidence: float) -> None:
    if not 0 < confidence < 1:
        raise ValueError(f"Confidence lies between 0 and 1, not at {confidence}.")


def wilson(k: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Interval:
    """Of the proportion k of n; nan where n is 0."""
    import numpy as np

    z2 = deviations(confidence) ** 2
    k, n = np.asarray(k, float), np.where(np.asarray(n) > 0, n, np.nan)
    centre = 2 * k + z2
    spread = np.sqrt(z2 * (z2 + 4 * k * (n - k) / n))
    scale = 2 * (n + z2)
    # The ends are exact: without this, rounding leaves 1e-17 where the answer is 0.
    lower = np.where(k == 0, 0 * n, (centre - spread) / scale)
    upper = np.where(k == n, 1.0, (centre + spread) / scale)
    return lower, upper


def clopper_pearson(k: ArrayLike, n: ArrayLike, confidence: float = 0.95) -> Interval:
    """Of the proportion k of n, exact; nan where n is 0."""
    import numpy as np
    from scipy.special import betaincinv

    _check(confidence)
    tail = (1 - confidence) / 2
    k, n = np.asarray(k, float), np.where(np.asarray(n) > 0, n, np.nan)
    lower = np.where(k == 0, 0 * n, betaincinv(np.where(k == 0, 1, k), n - k + 1, tail))
    upper = np.where(k == n, 1.0, betaincinv(k + 1, np.where(k == n, 1, n - k), 1 - tail))
    return lower, upper


def poisson_exact(x: ArrayLike, confidence: float = 0.95) -> Interval:
    """Of the mean behind a count x."""
    import numpy as np
    from scipy.special import gammaincinv

    _check(confidence)
    tail = (1 - confidence) / 2
    x = np.asarray(x, float)
    lower = np.where(x == 0, 0.0, gammaincinv(np.where(x == 0, 1, x), tail))
    return lower, gammaincinv(x + 1, 1 - tail)


def byars(x: ArrayLike, confidence: float = 0.95) -> Interval:
    """Of the mean behind a count x, approximate; the lower end of 0 is 0."""
    import numpy as np

    z = deviations(confidence)
    x = np.asarray(x, float)
    seen = np.where(x == 0, 1, x)
    lower = seen * (1 - 1 / (9 * seen) - z / (3 * np.sqrt(seen))) ** 3
    upper = (x + 1) * (1 - 1 / (9 * (x + 1)) + z / (3 * np.sqrt(x + 1))) ** 3
    return np.where(x == 0, 0.0, lower), upper


def count(x: ArrayLike, confidence: float = 0.95) -> Interval:
    """Of the mean behind a count x: exact for small counts, else Byar's."""
    import numpy as np

    small = np.asarray(x) < EXACT_BELOW
    exact, approximate = poisson_exact(x, confidence), byars(x, confidence)
    return np.where(small, exact[0], approximate[0]), np.where(small, exact[1], approximate[1])
