"""Would chance alone give this difference? Exact and large-sample tests, as R calculates them.

Every function takes numbers or arrays and returns two-sided p-values as a float array, nan where
the data cannot say. Numpy and scipy load inside the functions.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from performance.comparisons.intervals import clopper_pearson, deviations

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from performance.comparisons.intervals import Floats, Interval

# R's binom.test counts outcomes up to this much likelier than the one seen as just as unlikely.
TIE = 1e-7


def two_proportion(
    k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike, *, yates: bool = False
) -> Floats:
    """Chi-square test that k1 of n1 and k2 of n2 share a proportion (R's prop.test)."""
    import numpy as np
    from scipy.special import erfc

    k1, n1, k2, n2 = (np.asarray(each, float) for each in (k1, n1, k2, n2))
    pooled = (k1 + k2) / (n1 + n2)
    distance = np.abs(k1 - n1 * pooled)
    distance = distance - (np.minimum(0.5, distance) if yates else 0)
    with np.errstate(divide="ignore", invalid="ignore"):
        statistic = distance**2 * (1 / n1 + 1 / n2) / (pooled * (1 - pooled))
    return np.asarray(erfc(np.sqrt(statistic / 2)))


def difference_interval(
    k1: ArrayLike, n1: ArrayLike, k2: ArrayLike, n2: ArrayLike, confidence: float = 0.95
) -> Interval:
    """Of the difference k1/n1 - k2/n2, by the normal approximation (R's prop.test)."""
    import numpy as np

    k1, n1, k2, n2 = (np.asarray(each, float) for each in (k1, n1, k2, n2))
    p1, p2 = k1 / n1, k2 / n2
    reach = deviations(confidence) * np.sqrt(p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)
    return np.maximum(p1 - p2 - reach, -1), np.minimum(p1 - p2 + reach, 1)


def fisher(k1: int, n1: int, k2: int, n2: int) -> float:
    """Fisher's exact test of k1 of n1 against k2 of n2: meant for small tables."""
    import numpy as np
    from scipy.special import gammaln

    def log_choose(n: ArrayLike, k: ArrayLike) -> Floats:
        n, k = np.asarray(n), np.asarray(k)
        return np.asarray(gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1))

    total = k1 + k2
    possible = np.arange(max(0, total - n2), min(total, n1) + 1)
    weights = log_choose(n1, possible) + log_choose(n2, total - possible)
    chances = np.exp(weights - weights.max())
    as_unlikely = chances <= chances[k1 - possible[0]] * (1 + TIE)
    return float(chances[as_unlikely].sum() / chances.sum())


def two_sample_poisson(x1: ArrayLike, x2: ArrayLike, t1: ArrayLike, t2: ArrayLike) -> Floats:
    """Exact test that x1 events over t1 and x2 over t2 share a rate (R's poisson.test).

    Given x1 + x2, x1 is binomial with share t1 / (t1 + t2); the p-value sums every split that is
    no likelier than the one seen.
    """
    import numpy as np

    x1, x2, t1, t2 = np.broadcast_arrays(*(np.asarray(each, float) for each in (x1, x2, t1, t2)))
    n, share = x1 + x2, t1 / (t1 + t2)
    # Mirrored so that what was seen lies at or above the expected: one case instead of two.
    above = x1 >= n * share
    seen = np.where(above, x1, x2)
    share = np.where(above, share, t2 / (t1 + t2))
    other = _last_as_unlikely_below(seen, n, share)
    p = _at_most(other, n, share) + _at_least(seen, n, share)
    return np.minimum(np.where(x1 * t2 == x2 * t1, 1.0, p), 1.0)


def _last_as_unlikely_below(seen: Floats, n: Floats, share: Floats) -> Floats:
    """The largest value below the mode whose chance is at most that of `seen`; -1 where none is.

    Chances rise up to the mode, so halving finds it for the whole array at once.
    """
    import numpy as np

    limit = _log_chance(seen, n, share) + np.log1p(TIE)
    low, high = np.full(n.shape, -1.0), np.floor(n * share) + 1
    while np.any(high - low > 1):
        middle = np.floor((low + high) / 2)
        open_ = high - low > 1
        unlikely = _log_chance(np.maximum(middle, 0), n, share) <= limit
        low = np.where(open_ & unlikely, middle, low)
        high = np.where(open_ & ~unlikely, middle, high)
    return low


def _log_chance(k: Floats, n: Floats, share: Floats) -> Floats:
    import numpy as np
    from scipy.special import gammaln, xlog1py, xlogy

    combinations = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return np.asarray(combinations + xlogy(k, share) + xlog1py(n - k, -share))


def _at_most(k: Floats, n: Floats, share: Floats) -> Floats:
    import numpy as np
    from scipy.special import betainc

    inside = (k >= 0) & (k < n)
    chance = betainc(np.where(inside, n - k, 1), np.where(inside, k + 1, 1), 1 - share)
    return np.where(inside, chance, np.where(k < 0, 0.0, 1.0))


def _at_least(k: Floats, n: Floats, share: Floats) -> Floats:
    import numpy as np
    from scipy.special import betainc

    inside = k > 0
    chance = betainc(np.where(inside, k, 1), np.where(inside, n - k + 1, 1), share)
    return np.where(inside, chance, 1.0)


def rate_ratio_interval(
    x1: ArrayLike, x2: ArrayLike, t1: ArrayLike, t2: ArrayLike, confidence: float = 0.95
) -> Interval:
    """Of (x1 / t1) / (x2 / t2), exact (R's poisson.test); (0, inf) where both counts are 0."""
    import numpy as np

    x1, x2, t1, t2 = (np.asarray(each, float) for each in (x1, x2, t1, t2))
    lower, upper = clopper_pearson(x1, x1 + x2, confidence)
    with np.errstate(divide="ignore"):
        ratios = lower / (1 - lower) * t2 / t1, upper / (1 - upper) * t2 / t1
    nothing = x1 + x2 == 0
    return np.where(nothing, 0.0, ratios[0]), np.where(nothing, np.inf, ratios[1])
