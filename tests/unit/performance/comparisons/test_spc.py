import csv
from fractions import Fraction
from itertools import groupby

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.comparisons.spc import Cause, xmr
from tests.shared import shared

series = st.lists(st.integers(0, 500), min_size=2, max_size=48)
NAMES = {
    "Above UCL": Cause.ABOVE_LIMIT,
    "Below LCL": Cause.BELOW_LIMIT,
    "7 Point Trend (Increasing)": Cause.RISING,
    "7 Point Trend (Decreasing)": Cause.FALLING,
    "2 in 3 Above CL": Cause.NEAR_UPPER,
    "2 in 3 Below CL": Cause.NEAR_LOWER,
    "7 Points Above CL": Cause.RUN_ABOVE,
    "7 Points Below CL": Cause.RUN_BELOW,
    "Common Cause": Cause.COMMON,
}


def causes_of(values, **options):
    chart = xmr(values, **options)
    assert chart
    return chart.causes


def test_xmr_limits_are_266_mean_moving_ranges_from_the_mean():
    chart = xmr([10, 12, 9, 13])
    assert chart
    assert chart.mean == 11
    assert chart.upper == pytest.approx(11 + 2.66 * 3)
    assert chart.lower == pytest.approx(11 - 2.66 * 3)
    assert chart.near_upper == pytest.approx(11 + 2.66 * 2)


def test_xmr_leaves_out_an_outlying_moving_range():
    values = [10, 11, 10, 11, 10, 11, 10, 11, 90]
    screened, plain = xmr(values), xmr(values, screen_outliers=False)
    assert screened
    assert plain
    assert screened.upper - screened.mean == pytest.approx(2.66)
    assert plain.upper - plain.mean == pytest.approx(2.66 * (7 + 79) / 8)


def test_xmr_marks_points_outside_either_limit():
    steady = [10, 11] * 8
    assert causes_of([*steady, 60])[-1] is Cause.ABOVE_LIMIT
    assert causes_of([*steady, -40])[-1] is Cause.BELOW_LIMIT


@pytest.mark.parametrize(("run", "marked"), [(7, 7), (8, 0)])
def test_xmr_marks_a_run_of_the_length_asked_for(run, marked):
    values = [10, 30, 20, 30, 10, 30, 10, 25, 26, 25, 26, 25, 26, 25, 10]
    found = causes_of(values, run=run)
    assert found.count(Cause.RUN_ABOVE) == marked


@pytest.mark.parametrize(("trend", "marked"), [(6, 6), (7, 0)])
def test_xmr_marks_a_trend_of_the_length_asked_for(trend, marked):
    values = [40, 41, 42, 43, 44, 45, 30, 60, 30, 60, 30, 60]
    assert causes_of(values, trend=trend).count(Cause.RISING) == marked


def test_xmr_marks_two_of_three_near_a_limit():
    values = [50, 54, 50, 46, 50, 54, 50, 46, 60, 60, 54, 50, 46, 41, 50, 54, 46]
    chart = xmr(values)
    assert chart
    assert chart.near_upper < 60 < chart.upper
    assert chart.causes[8:10] == (Cause.NEAR_UPPER, Cause.NEAR_UPPER)
    assert chart.causes[13] is Cause.COMMON


def test_xmr_skips_missing_months_but_keeps_their_place():
    gap = xmr([10, None, 12, 9, None, 13])
    plain = xmr([10, 12, 9, 13])
    assert gap
    assert plain
    assert (gap.mean, gap.upper) == (plain.mean, plain.upper)
    assert [cause is None for cause in gap.causes] == [False, True, False, False, True, False]


@pytest.mark.parametrize("values", [[], [3], [None, None], [3, None]])
def test_xmr_of_less_than_two_values_is_no_chart(values):
    assert xmr(values) is None


@given(st.fractions(0, 1, max_denominator=999), st.integers(2, 48))
def test_xmr_of_a_constant_series_finds_nothing(value, length):
    chart = xmr([Fraction(value)] * length)
    assert chart
    assert chart.lower == chart.mean == chart.upper
    assert set(chart.causes) == {Cause.COMMON}


@given(series)
def test_xmr_of_a_mirrored_series_is_mirrored(values):
    chart, mirrored = xmr(values), xmr([-value for value in values])
    assert chart
    assert mirrored
    assert mirrored.mean == pytest.approx(-chart.mean)
    assert mirrored.lower == pytest.approx(-chart.upper)


@given(series)
def test_xmr_names_exactly_the_points_outside(values):
    chart = xmr(values)
    assert chart
    for value, cause in zip(values, chart.causes, strict=True):
        assert cause
        assert cause.is_outside == (not chart.lower <= value <= chart.upper)


def test_xmr_agrees_with_the_nhs_package():
    with shared("data/oracle/spc_xmr.csv").open() as file:
        rows = list(csv.DictReader(file))
    for _, group in groupby(rows, key=lambda row: row["series"]):
        points = list(group)
        chart = xmr([float(point["y"]) for point in points])
        assert chart
        limits = [float(points[0][name]) for name in ("mean", "lpl", "upl")]
        assert [chart.mean, chart.lower, chart.upper] == pytest.approx(limits, abs=1e-9)
        assert chart.causes == tuple(NAMES[point["special_cause"]] for point in points)
