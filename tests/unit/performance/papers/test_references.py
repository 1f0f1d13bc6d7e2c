from datetime import date

import pytest

from performance.papers.references import FigureRef, Mark, Shape, Span, parts_of

JANUARY = date(2021, 1, 1)


@pytest.mark.parametrize(
    "text",
    [
        "incidents|force|month",
        "incidents|north|rolling-1",
        "incidents|force|month-12|change-year",
    ],
)
def test_reference_reads_back_as_it_was_written(text: str) -> None:
    assert str(FigureRef.parse(text)) == text


@pytest.mark.parametrize(
    "text", ["", "incidents|force|week", "incidents|force|month|guess", "a|b|month|value|x"]
)
def test_what_names_no_figure_is_none(text: str) -> None:
    assert FigureRef.parse(text) is None


def test_text_falls_into_words_and_marks() -> None:
    text = "Saw {{figure:incidents|force|month}} in {{date:month}}."

    assert list(parts_of(text)) == [
        "Saw ",
        Mark("figure", "incidents|force|month"),
        " in ",
        Mark("date", "month"),
        ".",
    ]


def test_span_counts_back_from_the_month_of_the_paper() -> None:
    assert Span("rolling", 1).months(JANUARY) == (date(2020, 1, 1), date(2020, 12, 1))
    assert Span("fytd").months(JANUARY) == (date(2020, 4, 1), JANUARY)


def test_plain_value_leaves_its_shape_out() -> None:
    assert FigureRef("incidents", shape=Shape.VALUE).mark == "{{figure:incidents|force|month}}"
