"""The rank ladder, the forecast bars and the small multiples of a file."""

from datetime import date
from fractions import Fraction
from xml.etree import ElementTree

from hypothesis import given
from hypothesis import strategies as st

from core.dates import add_months
from performance.charts.forecast import Bar, forecast_bars
from performance.charts.ladder import Rung, rank_ladder
from performance.charts.multiples import multiples_chart
from performance.charts.series import Quantity, Series
from performance.papers.pictures import standalone

SVG = "{http://www.w3.org/2000/svg}"


def parsed(drawn):
    return ElementTree.fromstring(drawn)  # noqa: S314  # our own drawing


def texts(tree):
    return [each.text for each in tree.iter(f"{SVG}text")]


def said(tree):
    return tree.find(f"{SVG}desc").text


def rungs(number=43, ours=7, was=17):
    return [
        Rung(
            name="Demonstration force" if rank == ours else f"East {rank}",
            rank=rank,
            best=max(1, rank - 3),
            worst=min(number, rank + 4),
            shown=f"{20 - rank / 4:.1f}%",
            is_ours=rank == ours,
            was=was if rank == ours else None,
        )
        for rank in range(1, number + 1)
    ]


def ladder(found):
    return parsed(rank_ladder(found, key="ladder", title="Forces by rank"))


def bars(*found):
    return parsed(forecast_bars(found, key="packs", title="Packs", until="31 March 2021"))


def test_ladder_has_a_rung_for_every_force():
    words = texts(ladder(rungs()))
    assert "Demonstration force" in words
    assert sum(each.startswith("East ") for each in words) == 42


def test_ladder_marks_the_force_by_shape_and_weight():
    tree = ladder(rungs())
    ours = [each for each in tree.iter(f"{SVG}g") if each.get("class", "").endswith("rung--ours")]
    assert len(ours) == 1
    assert len(list(ours[0].iter(f"{SVG}polygon"))) == 2  # now and before
    assert "4 to 11" in texts(tree)


def test_ladder_says_what_it_shows():
    assert said(ladder(rungs())).startswith(
        "Demonstration force is number 7 of 43 forces with 18.2%, 95% interval of its rank 4 to 11."
        " Before: 17."
    )


def test_ladder_without_forces_says_so():
    assert texts(ladder([])) == ["No force has a rank"]
    assert said(ladder(rungs(ours=0))).startswith("43 forces")


def test_forecast_says_done_expected_and_target():
    tree = bars(Bar("Silver", 61, target=100, expected=92.4, low=80, high=104))
    assert said(tree) == ("Silver: 61 done, 92 expected by 31 March 2021 (80 to 104), target 100.")
    kinds = [each.get("class") for each in tree.iter(f"{SVG}rect")]
    assert kinds[:2] == ["app-forecast__expected", "app-forecast__done"]


def test_forecast_without_a_target_or_an_expectation_shows_what_is_done():
    tree = bars(Bar("Gold", 74))
    assert said(tree) == "Gold: 74 done."
    assert "74" in texts(tree)
    assert texts(bars()) == ["Nothing to show"]


@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 10**6)), min_size=1, max_size=5))
def test_forecast_stays_inside_its_picture(numbers):
    tree = bars(*(Bar("x", done, target=target) for done, target in numbers))
    for each in tree.iter(f"{SVG}rect"):
        assert 0 <= float(each.get("x")) <= float(each.get("x")) + float(each.get("width")) <= 960


def series(name, *values):
    months = [add_months(date(2020, 1, 1), step) for step in range(len(values))]
    exact = [None if value is None else Fraction(value) for value in values]
    return Series(name, months, exact, Quantity.COUNT)


def test_multiples_share_one_scale():
    tree = parsed(
        multiples_chart([series("North", 1, 2), series("South", 80, 100)], key="m", title="Areas")
    )
    assert texts(tree).count("100") == 2
    assert "South 100" in texts(tree)


def test_multiples_take_series_without_figures():
    tree = parsed(multiples_chart([series("North", None, None)], key="m", title="Areas"))
    assert "North" in texts(tree)
    assert said(tree) == "North: no figures."


def test_standalone_picture_carries_its_style_once():
    drawn = standalone(rank_ladder(rungs(), key="ladder", title="Forces"))
    assert drawn.count("<style>") == 1
    assert "@media" not in drawn
    assert ".app-ladder__interval" in drawn
    parsed(drawn)
