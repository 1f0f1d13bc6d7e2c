"""The worked dates are those of the law as it was and is; the properties hold for any arrest."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenders.bail.periods import (
    COURT_MONTHS,
    LADDERS,
    Regime,
    Step,
    alert,
    alerts_of,
    bail_start,
    court_from,
    court_until,
    ends_on,
    ladder,
    regime_of,
    steps_open,
)

OLD = datetime(2021, 1, 10, 14, 0, tzinfo=UTC)
NEW = datetime(2023, 1, 10, 14, 0, tzinfo=UTC)
days = st.dates(date(2017, 4, 3), date(2040, 12, 31))
arrests = st.builds(datetime.combine, days, st.times(), st.just(UTC))


@pytest.mark.parametrize(
    ("arrested", "ends"),
    [
        (OLD, ["2021-02-07", "2021-04-10", "2021-07-10"]),
        (NEW, ["2023-04-10", "2023-07-10", "2023-10-10", "2024-01-10"]),
    ],
)
def test_end_of_each_step(arrested, ends):
    found = [ends_on(arrested, step) for step in range(len(ladder(arrested)))]
    assert found == [date.fromisoformat(end) for end in ends]


def test_bail_starts_on_the_day_after_the_arrest():
    assert bail_start(OLD) == date(2021, 1, 11)


@pytest.mark.parametrize(
    ("arrested", "start"),
    [
        (datetime(2022, 7, 1, 22, 59, tzinfo=UTC), date(2022, 7, 2)),
        (datetime(2022, 7, 1, 23, 0, tzinfo=UTC), date(2022, 7, 3)),  # past midnight in summer
    ],
)
def test_day_of_arrest_is_the_force_s(arrested, start):
    assert bail_start(arrested) == start


@pytest.mark.parametrize(
    ("arrested", "regime"),
    [
        (datetime(2022, 10, 27, 22, 59, tzinfo=UTC), Regime.BEFORE_REFORM),
        (datetime(2022, 10, 27, 23, 0, tzinfo=UTC), Regime.SINCE_REFORM),
    ],
)
def test_regime_turns_at_midnight_in_london(arrested, regime):
    assert regime_of(arrested) == regime


@pytest.mark.parametrize(
    ("start", "end"),
    [
        (date(2023, 11, 28), date(2024, 2, 27)),
        (date(2022, 11, 30), date(2023, 2, 28)),
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2023, 12, 1), date(2024, 2, 29)),
        (date(2023, 3, 1), date(2023, 5, 31)),
        (date(2023, 1, 31), date(2023, 4, 30)),
    ],
)
def test_three_months_end_with_the_month_that_is_too_short(start, end):
    assert LADDERS[Regime.SINCE_REFORM][0].ends(start) == end


def test_days_that_the_cps_had_the_case_do_not_count():
    assert ends_on(NEW, 0, suspended=5) == date(2023, 4, 15)


@pytest.mark.parametrize(("arrested", "day"), [(OLD, "2021-04-10"), (NEW, "2023-10-10")])
def test_court_extends_from_the_last_usual_step(arrested, day):
    assert court_from(arrested) == date.fromisoformat(day)


def test_court_reaches_nine_months_further():
    assert court_until(date(2023, 10, 10)) == date(2024, 7, 10)
    assert COURT_MONTHS == 9


@pytest.mark.parametrize(
    ("left", "found"),
    [(15, None), (14, 14), (8, 14), (7, 7), (3, 7), (2, 2), (0, 2), (-1, 0), (-90, 0)],
)
def test_alert_is_the_nearest_that_has_come(left, found):
    end = date(2023, 4, 10)
    assert alert(end, end - timedelta(days=left)) == found


@given(arrests)
def test_every_step_reaches_further_than_the_one_before(arrested):
    ends = [ends_on(arrested, step) for step in range(len(ladder(arrested)))]
    assert ends == sorted(set(ends))
    assert ends[0] > bail_start(arrested)


@given(arrests, st.integers(1, 12))
def test_months_are_between_their_shortest_and_longest(arrested, months):
    start = bail_start(arrested)
    length = (Step(ladder(arrested)[0].grade, months=months).ends(start) - start).days + 1
    assert months * 31 - 4 - months // 2 <= length <= months * 31


@given(arrests)
def test_later_arrest_never_ends_earlier_under_the_same_law(arrested):
    later = arrested + timedelta(days=1)
    if regime_of(arrested) == regime_of(later):
        assert ends_on(arrested, 0) <= ends_on(later, 0)


@given(arrests)
def test_alerts_come_before_the_end_in_their_order(arrested):
    end = ends_on(arrested, 0)
    found = alerts_of(end)
    assert found == sorted(found)
    assert [alert(end, day) for day in found] == [14, 7, 2]


@given(arrests, st.booleans())
def test_exceptional_step_is_open_only_to_an_exceptional_case(arrested, is_exceptional):
    steps = steps_open(arrested, is_exceptional=is_exceptional)
    assert len(ladder(arrested)) - len(steps) == (not is_exceptional)
