import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.comparisons import significance
from tests.unit.performance.comparisons.oracle import assert_agrees, columns

tables = st.tuples(*[st.integers(0, 60)] * 4).map(
    lambda each: (each[0], each[0] + each[1] + 1, each[2], each[2] + each[3] + 1)
)
counts = st.integers(0, 5000)
exposures = st.integers(1, 36)


def test_two_proportions_of_the_paper_with_and_without_yates():
    sample = 30, 77, 28, 225
    assert significance.two_proportion(*sample) == pytest.approx(3.42217422583e-7, rel=1e-9)
    corrected = significance.two_proportion(*sample, yates=True)
    assert corrected == pytest.approx(8.18132980886e-7, rel=1e-9)


def test_two_proportions_without_any_event_cannot_say():
    assert np.isnan(significance.two_proportion(0, 10, 0, 12))


def test_difference_interval_of_the_paper():
    lower, upper = significance.difference_interval(30, 77, 28, 225)
    assert [lower, upper] == pytest.approx([0.148013975325, 0.382317915007])


def test_fisher_of_the_paper():
    assert significance.fisher(30, 77, 28, 225) == pytest.approx(1.4300644008257e-6, rel=1e-9)


def test_fisher_of_the_tea_taster():
    assert significance.fisher(3, 4, 1, 4) == pytest.approx(34 / 70)


@given(table=tables)
def test_fisher_is_symmetric(table):
    k1, n1, k2, n2 = table
    p = significance.fisher(k1, n1, k2, n2)
    assert 0 < p <= 1
    assert p == pytest.approx(significance.fisher(k2, n2, k1, n1))
    assert p == pytest.approx(significance.fisher(n1 - k1, n1, n2 - k2, n2))


@pytest.mark.parametrize(
    ("sample", "p"),
    [
        ((77, 1316, 1, 11), 8.25812695551658e-5),
        ((1393, 2058, 12, 12), 8.49540901666305e-30),
        ((1, 29, 1, 35), 0.570496895323574),
        ((3, 36, 1, 12), 1),
        ((0, 0, 1, 1), 1),
        ((0, 1, 1, 1), 1),
    ],
)
def test_two_sample_poisson_gives_the_p_of_r(sample, p):
    assert significance.two_sample_poisson(*sample) == pytest.approx(p, rel=1e-9)


@given(x1=counts, x2=counts, t1=exposures, t2=exposures)
def test_two_sample_poisson_is_symmetric(x1, x2, t1, t2):
    p = significance.two_sample_poisson(x1, x2, t1, t2)
    assert 0 <= p <= 1
    assert p == pytest.approx(significance.two_sample_poisson(x2, x1, t2, t1), rel=1e-9)


@given(x1=st.integers(0, 25), x2=st.integers(0, 25), t1=exposures, t2=exposures)
def test_two_sample_poisson_sums_every_unlikelier_split(x1, x2, t1, t2):
    scipy_stats = pytest.importorskip("scipy.stats")
    expected = 1.0
    if x1 + x2:
        expected = scipy_stats.binomtest(x1, x1 + x2, t1 / (t1 + t2)).pvalue
    assert significance.two_sample_poisson(x1, x2, t1, t2) == pytest.approx(expected, rel=1e-7)


@given(samples=st.lists(st.tuples(counts, counts, exposures, exposures), min_size=1, max_size=9))
def test_two_sample_poisson_of_an_array_is_that_of_each(samples):
    together = significance.two_sample_poisson(*np.array(samples).T)
    apart = [significance.two_sample_poisson(*sample) for sample in samples]
    assert together == pytest.approx(np.array(apart), rel=1e-12)


def test_rate_ratio_interval_of_nothing_is_everything():
    lower, upper = significance.rate_ratio_interval(0, 0, 1, 1)
    assert (float(lower), float(upper)) == (0, np.inf)


def test_two_proportions_agree_with_r():
    known = columns("r_two_proportion_tests.csv")
    sample = known["k1"], known["n1"], known["k2"], known["n2"]
    assert_agrees(significance.two_proportion(*sample), known["p_chisq"])
    assert_agrees(significance.two_proportion(*sample, yates=True), known["p_chisq_yates"])
    lower, upper = significance.difference_interval(*sample)
    assert_agrees(lower, known["diff_lo"])
    assert_agrees(upper, known["diff_hi"])


def test_fisher_agrees_with_r():
    known = columns("r_two_proportion_tests.csv")
    sample = (known[name].astype(int) for name in ("k1", "n1", "k2", "n2"))
    found = [significance.fisher(*map(int, row)) for row in zip(*sample, strict=True)]
    assert_agrees(found, known["p_fisher"])


def test_two_sample_poisson_agrees_with_r():
    known = columns("r_poisson_test_two_sample.csv")
    sample = known["x1"], known["x2"], known["t1"], known["t2"]
    assert_agrees(significance.two_sample_poisson(*sample), known["p_two_sided"])
    lower, upper = significance.rate_ratio_interval(*sample)
    assert_agrees(lower, known["ci95_lo"])
    finite = np.isfinite(known["ci95_hi"])
    assert_agrees(upper[finite], known["ci95_hi"][finite])
