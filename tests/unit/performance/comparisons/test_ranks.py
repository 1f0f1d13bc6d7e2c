from hypothesis import given
from hypothesis import strategies as st

from performance.comparisons.ranks import rank_bounds

rates = st.lists(
    st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), max_size=20
)


def test_rank_of_rates_far_apart_is_sure():
    assert rank_bounds([(900, 1000), (100, 1000), (500, 1000)]) == [(1, 1), (3, 3), (2, 2)]


def test_rank_of_rates_close_together_could_be_any():
    assert rank_bounds([(50, 100), (51, 100), (49, 100)]) == [(1, 3), (1, 3), (1, 3)]


def test_rank_of_equal_rates_is_shared():
    assert rank_bounds([(5, 10), (500, 1000)]) == [(1, 2), (1, 2)]


def test_rank_of_nothing_is_nothing():
    assert rank_bounds([]) == []


@given(rates)
def test_rank_lies_within_its_bounds(found):
    for (k, n), (best, worst) in zip(found, rank_bounds(found), strict=True):
        rank = 1 + sum(other_k * n > k * other_n for other_k, other_n in found)
        assert 1 <= best <= rank <= worst <= len(found)
