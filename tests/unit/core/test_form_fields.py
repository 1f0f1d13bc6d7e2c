from datetime import UTC, date, datetime

import pytest
from django.core.exceptions import ValidationError

from core.form_fields import DateField, DateTimeField


def test_date_field_reads_three_boxes() -> None:
    assert DateField().clean(["27", "3", "2021"]) == date(2021, 3, 27)


def test_date_field_allows_all_boxes_empty_when_optional() -> None:
    assert DateField(required=False).clean(["", " ", ""]) is None


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        (["", "", ""], "required"),
        (["27", "", "2021"], "Give a month."),
        (["27", "", ""], "Give a month and a year."),
        (["30", "2", "2021"], "not a real date"),
        (["29", "2", "2021"], "not a real date"),
        (["x", "2", "2021"], "not a real date"),
        (["1", "2", "99999"], "not a real date"),
    ],
)
def test_date_field_says_what_is_wrong(boxes: list[str], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        DateField().clean(boxes)


def test_date_field_takes_29_february_of_a_leap_year() -> None:
    assert DateField().clean(["29", "2", "2020"]) == date(2020, 2, 29)


@pytest.mark.parametrize("typed", ["09:15", "9:15", "0915", "9.15", "09:15:00"])
def test_datetime_field_reads_a_time_of_day(typed: str) -> None:
    expected = datetime(2021, 1, 29, 9, 15, tzinfo=UTC)
    assert DateTimeField().clean(["29", "1", "2021", typed]) == expected


def test_datetime_field_takes_summer_time_of_london() -> None:
    assert DateTimeField().clean(["29", "7", "2021", "09:15"]) == datetime(
        2021, 7, 29, 8, 15, tzinfo=UTC
    )


def test_datetime_field_means_the_first_of_a_repeated_hour() -> None:
    assert DateTimeField().clean(["31", "10", "2021", "01:30"]) == datetime(
        2021, 10, 31, 0, 30, tzinfo=UTC
    )


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        (["28", "3", "2021", "01:30"], "clocks went forward"),
        (["28", "1", "2021", "25:00"], "not a time of day"),
        (["28", "1", "2021", "noon"], "not a time of day"),
        (["28", "1", "2021", "20:21:00-13:00"], "not a time of day"),
        (["28", "1", "2021", ""], "Give a time."),
    ],
)
def test_datetime_field_says_what_is_wrong(boxes: list[str], words: str) -> None:
    with pytest.raises(ValidationError, match=words):
        DateTimeField().clean(boxes)
