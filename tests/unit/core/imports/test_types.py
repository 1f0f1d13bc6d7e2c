from datetime import UTC, date, datetime

import polars as pl
import pytest

from core.imports.types import Choice, Code, Day, Flag, LocalTime, Month, Number, Text

NOW = datetime(2021, 2, 1, 12, tzinfo=UTC)


def read(kind, *cells):
    return kind.read(pl.Series("cells", cells, dtype=pl.String), NOW)


def problems(kind, cell):
    return [fault.problem for fault in read(kind, cell).faults if fault.bad.any()]


@pytest.mark.parametrize(
    ("kind", "cell", "value"),
    [
        (Text(5), "abcde", "abcde"),
        (Code("a code"), "28e", "28E"),
        (Code("a code", lower=True), "Fenland", "fenland"),
        (Choice(("prompt", "none")), "Prompt", "prompt"),
        (Flag(), "Y", True),
        (Flag(), "no", False),
        (Flag(), "TRUE", True),
        (LocalTime(), "2021-02-01T12:00", NOW),
        (LocalTime(may_be_ahead=True), "2021-02-01T12:01", datetime(2021, 2, 1, 12, 1, tzinfo=UTC)),
        (Day(), "2021-02-01", date(2021, 2, 1)),
        (Day(may_be_ahead=True), "2021-02-02", date(2021, 2, 2)),
        (Month(), "2021-01", date(2021, 1, 1)),
        (Month(), "2021-01-01T00:00:00", date(2021, 1, 1)),
        (Number(0, 9), "1.5", 1.5),
        (Number(0, 9, whole=True), "9", 9),
    ],
)
def test_type_reads_a_cell(kind, cell, value):
    assert read(kind, cell).values.to_list() == [value]
    assert problems(kind, cell) == []


@pytest.mark.parametrize(
    ("kind", "cell", "said"),
    [
        (Text(5), "abcdef", "is longer than 5 characters. Shorten it."),
        (Text(5), "a\0b", "holds a NUL character, which no text has. Remove it."),
        (Code("a code", longest=3), "abcd", "is longer than 3 characters. Shorten it."),
        (Choice(("a", "b", "c")), "d", "is not known. Write a, b or c."),
        (Flag(), "maybe", "is neither Y nor N. Write Y, N or nothing."),
        (LocalTime(), "2021-02-01T12:01", "is in the future. Correct the time."),
        (Day(), "2021-02-02", "is in the future. Correct the day."),
        (Day(), "soon", "is not a day. Write it like 2021-01-31 or 31/01/2021."),
        (Month(), "January", "is not a month. Write it like 2021-01."),
        (Month(), "2021-03", "is in the future. Correct the month."),
        (Number(0, 9), "ten", "is not a number. Write a number from 0 to 9."),
        (Number(0, 9), "10", "is out of range. Write a number from 0 to 9."),
        (Number(0, 9), "nan", "is out of range. Write a number from 0 to 9."),
        (
            Number(0, 9, whole=True),
            "1.5",
            "is not a whole number. Write a whole number from 0 to 9.",
        ),
    ],
)
def test_type_says_what_is_wrong_and_what_to_do(kind, cell, said):
    assert problems(kind, cell) == [said]


@pytest.mark.parametrize(
    "kind", [Text(), Code(""), Choice(("a",)), Flag(), LocalTime(), Day(), Month(), Number(0, 1)]
)
def test_type_takes_a_blank_cell_as_nothing(kind):
    assert read(kind, None).values.to_list() == [None]
    assert problems(kind, None) == []


def test_local_time_names_the_hour_that_does_not_exist():
    assert "clocks go forward" in problems(LocalTime(), "2020-03-29T01:30")[0]


def test_local_time_counts_what_it_took_as_summer_time():
    assert read(LocalTime(), "2020-10-25T01:30", "2020-10-25T03:30").taken_as_summer_time == 1


@pytest.mark.parametrize(
    ("kind", "values"),
    [
        (LocalTime(), [NOW]),
        (Day(), [date(2021, 1, 31)]),
        (Month(), [date(2021, 1, 1)]),
        (Flag(), [True]),
        (Number(0, 9), [1.5]),
    ],
)
def test_type_takes_what_is_typed_already(kind, values):
    found = kind.read(pl.Series(values), NOW)

    assert found.values.to_list() == values
    assert not any(fault.bad.any() for fault in found.faults)
