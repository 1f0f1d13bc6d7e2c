from datetime import date
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.charts.axes import Frame, range_of
from performance.charts.series import Quantity, shown
from performance.charts.svg import coordinate, element

numbers = st.floats(0, 1e6, allow_nan=False, allow_subnormal=False).filter(
    lambda value: value == 0 or value > 1e-6
)


@pytest.mark.parametrize(
    ("values", "ticks"),
    [
        ([77, 264], [0, 100, 200, 300]),
        ([5.1, 39], [0, 10, 20, 30, 40]),
        ([93, 97.2], [93, 94, 95, 96, 97, 98]),
        ([5, 5], [0, 1, 2, 3, 4, 5]),
        ([0], [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
        ([], [0, 0.2, 0.4, 0.6, 0.8, 1.0]),
    ],
)
def test_range_has_the_ticks_people_count_in(values, ticks):
    assert range_of(values).ticks() == pytest.approx(ticks)


@given(st.lists(numbers, min_size=1, max_size=48))
def test_range_holds_every_value(values):
    found = range_of(values)
    slack = found.step * 1e-6
    assert found.low - slack <= min(values)
    assert max(values) <= found.high + slack
    assert 2 <= len(found.ticks()) <= 9


@pytest.mark.parametrize(
    ("value", "quantity", "said"),
    [
        (Fraction(77), Quantity.COUNT, "77"),
        (Fraction(1393), Quantity.COUNT, "1,393"),
        (Fraction(3000, 77), Quantity.PERCENT, "39.0%"),
        (Fraction(49, 4), Quantity.PERCENT, "12.3%"),
        (Fraction(33, 2), Quantity.MINUTES, "17 min"),
        (Fraction(83, 100), Quantity.PER_THOUSAND, "0.8"),
        (None, Quantity.COUNT, "-"),
    ],
)
def test_label_is_rounded_as_the_board_rounds(value, quantity, said):
    assert shown(value, quantity) == said


def test_frame_puts_a_month_at_its_middle():
    months = [date(2020, 12, 1), date(2021, 1, 1)]
    frame = Frame(months, range_of([0, 10]), left=0, top=0, right=100, bottom=100)
    assert frame.x(frame.index(date(2021, 1, 16))) == pytest.approx(100, abs=2)


def test_single_month_lies_in_the_middle():
    frame = Frame([date(2021, 1, 1)], range_of([5]), left=0, top=0, right=100, bottom=100)
    assert frame.x(0) == 50


@pytest.mark.parametrize(("value", "said"), [(12.0, "12"), (12.46, "12.5"), (-0.01, "0")])
def test_coordinate_is_short(value, said):
    assert coordinate(value) == said


def test_element_escapes_text_and_attributes():
    assert element("text", "a<b", class_='"x"', text_anchor="end") == (
        '<text class="&quot;x&quot;" text-anchor="end">a&lt;b</text>'
    )


def test_element_keeps_an_element_inside():
    assert element("g", element("title", "a&b")) == "<g><title>a&amp;b</title></g>"
