"""Every chart, with every kind of series that a force can have."""

from datetime import date
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.dates import add_months
from performance.charts.control import Pin, control_chart
from performance.charts.lines import line_chart, small_multiples
from performance.charts.series import Quantity, Series
from performance.charts.spark import sparkline
from performance.comparisons.spc import xmr

SVG = "{http://www.w3.org/2000/svg}"
FIRST = date(2018, 2, 1)
STEADY = [50, 54, 50, 46] * 9


def a_series(values, name="Dwelling burglary", quantity=Quantity.COUNT):
    months = [add_months(FIRST, step) for step in range(len(values))]
    exact = [None if value is None else Fraction(value) for value in values]
    return Series(name, months, exact, quantity)


def parsed(drawn):
    return ElementTree.fromstring(drawn)  # noqa: S314  # our own drawing


def control(values, pins=(), **series):
    given_series = a_series(values, **series)
    return parsed(control_chart(given_series, xmr(given_series.values), key="spc", pins=pins))


def texts(tree):
    return [each.text for each in tree.iter(f"{SVG}text")]


def of_class(tree, name):
    return [each for each in tree.iter() if name in (each.get("class") or "").split()]


DRAWINGS = {
    "control": lambda series: [control_chart(series, xmr(series.values), key="a")],
    "lines": lambda series: [line_chart([series, series], key="a", title="North and South")],
    "multiples": lambda series: small_multiples([series, series], key="a"),
    "spark": lambda series: [sparkline(series, key="a")],
}
values = st.lists(
    st.none() | st.fractions(0, 10_000, max_denominator=1000), min_size=1, max_size=48
)


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
@given(values=values)
def test_chart_stays_inside_its_picture(draw, values):
    for drawn in draw(a_series(values, quantity=Quantity.PERCENT)):
        tree = parsed(drawn)
        _, _, width, height = map(float, tree.attrib["viewBox"].split())
        for each in tree.iter():
            for name, limit in {"x": width, "cx": width, "y": height, "cy": height}.items():
                assert 0 <= float(each.get(name, 0)) <= limit


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_chart_is_a_picture_with_a_name_and_no_inline_style(draw):
    for drawn in draw(a_series(STEADY)):
        tree = parsed(drawn)
        ids = [each.get("id") for each in tree[:2]]
        assert (tree.attrib["role"], tree.attrib["aria-labelledby"].split()) == ("img", ids)
        assert [each.tag for each in tree[:2]] == [f"{SVG}title", f"{SVG}desc"]
        assert not any("style" in each.attrib or "onclick" in each.attrib for each in tree.iter())


@pytest.mark.parametrize("draw", DRAWINGS.values(), ids=DRAWINGS)
def test_chart_escapes_its_name(draw):
    for drawn in draw(a_series(STEADY, name='<script>"A&E"')):
        assert "<script>" not in drawn
        assert parsed(drawn).find(f".//{SVG}script") is None


def test_every_picture_of_small_multiples_has_ids_of_its_own():
    first, second = small_multiples([a_series(STEADY), a_series(STEADY)], key="districts")
    assert 'id="districts-0-title"' in first
    assert 'id="districts-1-title"' in second


@pytest.mark.parametrize(
    ("values", "quantity", "longest"),
    [([150, 70], Quantity.MINUTES, "150 min"), ([9000, 12_000], Quantity.COUNT, "12,000")],
)
def test_small_multiple_has_room_for_its_longest_figure(values, quantity, longest):
    [drawn] = small_multiples([a_series(values, quantity=quantity)], key="districts")
    [label] = [each for each in parsed(drawn).iter(f"{SVG}text") if each.text == longest]
    assert float(label.get("x")) >= len(longest) * 10  # it ends there, in figures of ten pixels


def test_control_chart_marks_a_point_outside_by_its_shape():
    tree = control([*STEADY, 90])
    [outside] = [each for each in of_class(tree, "app-chart__point--outside") if len(each)]
    assert outside.tag == f"{SVG}polygon"
    assert outside[0].text == "February 2021: 90, above the upper limit"


def test_control_chart_names_its_limits():
    named = {"Upper 63", "Mean 52", "Lower 41", "Jul 2019 54"}
    assert named <= set(texts(control([50, 54] * 9)))


def test_control_chart_draws_no_limit_below_zero_or_above_the_whole():
    counted = control([1, 9, 1, 9, 2])
    shared = control([91, 99, 91, 99, 98], quantity=Quantity.PERCENT)
    assert "Lower 0" in texts(counted)
    assert "Upper 100.0%" in texts(shared)


def test_control_chart_breaks_its_line_at_a_missing_month():
    tree = control([50, 54, None, 46, 50])
    assert len(of_class(tree, "app-chart__stroke")) == 2
    points = list(of_class(tree, "app-chart__points")[0])
    assert len(points) == 4


def test_control_chart_without_figures_says_so():
    tree = control([None, None])
    assert texts(tree) == ["No figures for these months"]
    assert tree[1].text == "No figures for these months."


def test_control_chart_says_itself_in_words():
    assert control([*STEADY, 90])[1].text == (
        "February 2018 to February 2021. Latest, February 2021: 90. "
        "Mean 51, limits 40 to 62. Outside the limits: February 2021."
    )


def test_control_chart_pins_only_what_its_months_saw():
    pins = [
        Pin(1, "Before the chart", date(2017, 5, 1)),
        Pin(2, "First lockdown", date(2020, 3, 23), date(2020, 6, 15)),
        Pin(3, "Runs into the chart", date(2018, 1, 1), date(2018, 3, 1)),
        Pin(4, "After the chart", date(2021, 2, 1)),
    ]
    tree = control(STEADY, pins)
    assert [each.text for each in of_class(tree, "app-chart__pin-number")] == ["2", "3"]
    assert len(of_class(tree, "app-chart__band")) == 2


def test_line_chart_names_each_line_at_its_end():
    north, south = a_series([5, 6], name="North"), a_series([5, 7], name="South")
    tree = parsed(line_chart([north, south], key="a", title="Areas"))
    labels = of_class(tree, "app-chart__label")
    assert sorted(each.text or "" for each in labels) == ["North 6", "South 7"]


def test_line_chart_keeps_the_labels_of_equal_ends_apart():
    equal = [a_series([5, 6], name=name) for name in ("North", "South", "Force")]
    tree = parsed(line_chart(equal, key="a", title="Areas"))
    heights = sorted(float(each.attrib["y"]) for each in of_class(tree, "app-chart__label"))
    assert heights[1] - heights[0] >= 16
    assert heights[2] - heights[1] >= 16


def test_line_chart_refuses_more_lines_than_can_be_told_apart():
    with pytest.raises(ValueError, match="at most 4"):
        line_chart([a_series([5, 6])] * 5, key="a", title="Too many")


def test_small_multiples_share_one_scale():
    small, large = (
        parsed(drawn) for drawn in small_multiples([a_series([1, 2]), a_series([80, 95])], key="a")
    )
    assert [each for each in texts(small) if each in texts(large)] == texts(large)


def test_sparkline_marks_the_last_month_only_if_known():
    known = parsed(sparkline(a_series([1, 2]), key="a"))
    missing = parsed(sparkline(a_series([1, 2, None]), key="a"))
    assert len(of_class(known, "app-spark__end")) == 1
    assert not of_class(missing, "app-spark__end")


def test_control_chart_says_where_its_scale_starts_if_not_at_zero():
    assert "The scale starts at 90, not at 0" in texts(control([95, 96, 95, 97, 94]))
    assert not [words for words in texts(control([1, 9, 1, 9])) if "scale" in (words or "")]
