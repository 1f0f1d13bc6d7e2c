from datetime import UTC, date, datetime

import polars as pl
import pytest

from core.imports.times import days, local_day, moments


def only(text: str | None) -> datetime | None:
    found: datetime | None = moments(pl.Series([text], dtype=pl.String)).values[0]
    return found


@pytest.mark.parametrize(
    "text",
    [
        "2021-06-30T10:00",
        "2021-06-30 10:00",
        "2021-06-30T10:00:00",
        "2021-06-30 10:00:00",
        "2021-06-30 10:00:00.000",
        "30/06/2021 10:00",
        "30/06/2021 10:00:00",
        "2021-06-30T09:00Z",
        "2021-06-30T09:00:00+00:00",
        "2021-06-30T11:00+0200",
    ],
)
def test_moments_reads_a_time_however_it_is_spelt(text):
    assert only(text) == datetime(2021, 6, 30, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "soon",
        "2021-06-30",
        "06/30/2021 10:00",
        "30/06/21 10:00",
        "2021-06-30T24:00",
        None,
        "2021-02-29T10:00",
        "0021-06-30T10:00",
    ],
)
def test_moments_reads_nothing_else(text):
    assert only(text) is None


def test_moments_reads_several_spellings_in_one_column():
    found = moments(pl.Series(["2021-01-31T10:00", "31/01/2021 10:00", "2021-01-31T10:00Z"]))

    assert found.values.to_list() == [datetime(2021, 1, 31, 10, tzinfo=UTC)] * 3


def test_moments_reads_a_leap_day():
    assert only("2020-02-29T10:00") == datetime(2020, 2, 29, 10, tzinfo=UTC)


def test_moments_marks_the_hour_that_the_clocks_leave_out():
    found = moments(pl.Series(["2021-03-28T01:30", "2021-03-28T02:30"]))

    assert found.skipped.to_list() == [True, False]
    assert found.values[1] == datetime(2021, 3, 28, 1, 30, tzinfo=UTC)


def test_moments_takes_the_repeated_hour_as_summer_time_and_marks_it():
    found = moments(pl.Series(["2020-10-25T01:30", "2020-10-25T02:00", "2020-10-18T01:30"]))

    assert found.repeated.to_list() == [True, False, False]
    assert found.values[0] == datetime(2020, 10, 25, 0, 30, tzinfo=UTC)


def test_moments_believes_an_offset_in_the_repeated_hour():
    found = moments(pl.Series(["2020-10-25T01:30+00:00"]))

    assert found.values[0] == datetime(2020, 10, 25, 1, 30, tzinfo=UTC)
    assert not found.repeated.any()


def test_moments_takes_a_typed_time_without_a_zone_as_local():
    assert moments(pl.Series([datetime(2021, 6, 30, 10)])).values[0] == datetime(  # noqa: DTZ001  # local
        2021, 6, 30, 9, tzinfo=UTC
    )


@pytest.mark.parametrize("text", ["2021-01-31", "31/01/2021", "2021-01-31T00:00:00"])
def test_days_reads_a_day_however_it_is_spelt(text):
    assert days(pl.Series([text]))[0] == date(2021, 1, 31)


@pytest.mark.parametrize("text", ["2021-02-29", "31/01/21", "01/31/2021", "2021-01-31T10:00"])
def test_days_reads_nothing_else(text):
    assert days(pl.Series([text]))[0] is None


def test_local_day_is_that_of_london():
    assert local_day(pl.Series([datetime(2021, 6, 30, 23, 30, tzinfo=UTC)]))[0] == date(2021, 7, 1)
