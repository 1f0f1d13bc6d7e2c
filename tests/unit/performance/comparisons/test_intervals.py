import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.comparisons import intervals
from tests.unit.performance.comparisons.oracle import assert_agrees, columns

PROPORTIONS = [intervals.wilson, intervals.clopper_pearson]
COUNTS = [intervals.poisson_exact, intervals.byars, intervals.count]
confidences = st.floats(0.5, 0.999)


@st.composite
def k_of_n(draw):
    n = draw(st.integers(1, 10**6))
    return draw(st.integers(0, n)), n


@pytest.mark.parametrize(
    ("method", "lower", "upper"),
    [
        (intervals.wilson, 0.018385781382, 0.146073090688),
        (intervals.clopper_pearson, 0.011186970834, 0.148674450947),
    ],
)
def test_proportion_interval_of_three_in_56(method, lower, upper):
    assert method(3, 56) == (pytest.approx(lower, abs=1e-10), pytest.approx(upper, abs=1e-10))


@pytest.mark.parametrize(
    ("method", "lower", "upper"),
    [
        (intervals.poisson_exact, 5.49116036724, 19.68203851330),
        (intervals.byars, 5.48369019845, 19.68323711615),
    ],
)
def test_count_interval_of_eleven(method, lower, upper):
    assert method(11) == (pytest.approx(lower, abs=1e-10), pytest.approx(upper, abs=1e-10))


def test_count_interval_is_exact_below_ten_only():
    lower, upper = intervals.count([9, 10])
    assert (lower[0], upper[0]) == intervals.poisson_exact(9)
    assert (lower[1], upper[1]) == intervals.byars(10)


@pytest.mark.parametrize("method", COUNTS)
def test_count_interval_of_nothing_starts_at_zero(method):
    lower, upper = method(0)
    assert lower == 0
    assert upper > 3


@pytest.mark.parametrize("method", PROPORTIONS)
def test_proportion_interval_of_an_empty_sample_is_unknown(method):
    assert np.isnan(method(0, 0)).all()


@pytest.mark.parametrize("method", PROPORTIONS)
@given(sample=k_of_n(), confidence=confidences)
def test_proportion_interval_holds_the_proportion(method, sample, confidence):
    lower, upper = method(*sample, confidence)
    assert 0 <= lower <= sample[0] / sample[1] <= upper <= 1


@pytest.mark.parametrize("method", PROPORTIONS)
@given(sample=k_of_n())
def test_proportion_interval_mirrors(method, sample):
    k, n = sample
    lower, upper = method(k, n)
    mirrored_lower, mirrored_upper = method(n - k, n)
    assert lower == pytest.approx(1 - mirrored_upper, abs=1e-9)
    assert upper == pytest.approx(1 - mirrored_lower, abs=1e-9)


@pytest.mark.parametrize("method", COUNTS)
@given(x=st.integers(0, 10**6), confidence=confidences)
def test_count_interval_holds_the_count(method, x, confidence):
    lower, upper = method(x, confidence)
    assert 0 <= lower <= x <= upper


@given(sample=k_of_n())
def test_more_confidence_is_wider(sample):
    k, n = sample
    lower, upper = intervals.wilson(k, n, 0.95)
    wider_lower, wider_upper = intervals.wilson(k, n, 0.998)
    assert wider_lower <= lower <= upper <= wider_upper


@pytest.mark.parametrize("confidence", [0, 1, 95])
def test_confidence_outside_its_range_is_refused(confidence):
    with pytest.raises(ValueError, match="between 0 and 1"):
        intervals.count(3, confidence)


def test_proportion_intervals_agree_with_r():
    known = columns("r_proportion_ci_wilson_clopper.csv")
    for method, name in zip(PROPORTIONS, ["wilson", "clopper"], strict=True):
        lower, upper = method(known["k"], known["n"])
        assert_agrees(lower, known[f"{name}_lo"])
        assert_agrees(upper, known[f"{name}_hi"])


def test_count_intervals_agree_with_r():
    known = columns("r_poisson_ci_exact_byars.csv")
    for found, ends in [
        (intervals.poisson_exact(known["x"]), ("exact_lo", "exact_hi")),
        (intervals.byars(known["x"]), ("byars_lo", "byars_hi")),
        (intervals.byars(known["x"], 0.998), ("byars_lo_998", "byars_hi_998")),
    ]:
        for end, name in zip(found, ends, strict=True):
            assert_agrees(end, known[name])


@pytest.mark.parametrize(("confidence", "name"), [(0.95, "95_0cl"), (0.998, "99_8cl")])
def test_proportion_intervals_agree_with_phe(confidence, name):
    known = columns("phe_proportion_testdata_Prop.csv")
    lower, upper = intervals.wilson(known["Numerator"], known["Denominator"], confidence)
    assert_agrees(lower * known["multiplier"], known[f"lower{name}"])
    assert_agrees(upper * known["multiplier"], known[f"upper{name}"])


@pytest.mark.parametrize(("confidence", "name"), [(0.95, "95_0cl"), (0.998, "99_8cl")])
def test_rate_intervals_agree_with_phe(confidence, name):
    known = columns("phe_rate_testdata_Rate.csv")
    scale = known["multiplier"] / known["Denominator"]
    lower, upper = intervals.count(known["Numerator"], confidence)
    assert_agrees(lower * scale, known[f"lower{name}"])
    assert_agrees(upper * scale, known[f"upper{name}"])
