"""The way into the database: again, broken off, shorter, larger."""

from collections.abc import Callable
from datetime import date
from io import StringIO

import polars as pl
import pytest
from django.core.management import CommandError, call_command
from django.core.management.base import OutputWrapper

from offenders.models import Crime, Outcome
from performance.demo import crimes
from performance.demo.loading import load_force, rows_expected
from performance.management.commands.load_demo import Bar
from performance.models import Annotation, Baseline, Call, HistoricFigure, SurveyResponse
from tests.unit.performance.demo import series

APRIL = date(2017, 4, 1)


def nothing(kind: str, rows: int) -> None:
    """Hears and keeps silent."""


def broken_at(kind: str) -> Callable[[str, int], None]:
    def report(heard: str, rows: int) -> None:
        if heard == kind:
            raise KeyboardInterrupt

    return report


@pytest.mark.django_db
def test_a_run_that_was_broken_off_is_completed_and_then_changes_nothing() -> None:
    with pytest.raises(KeyboardInterrupt):
        load_force(until=APRIL, scale=1, report=broken_at("outcomes"))
    assert Crime.objects.exists()
    assert not Outcome.objects.exists()

    second = load_force(until=APRIL, scale=1, report=nothing)
    assert second["crimes"].unchanged == second["crimes"].read == Crime.objects.count()
    assert second["outcomes"].created == Outcome.objects.count() > 1_000
    assert second["calls"].created == Call.objects.count()

    third = load_force(until=APRIL, scale=1, report=nothing)
    assert {receipt.created + receipt.updated for receipt in third.values()} == {0}


@pytest.mark.django_db
def test_command_says_what_it_loaded_and_adds_the_story_once() -> None:
    said = StringIO()
    call_command("load_demo", until="2017-04", stdout=said)
    call_command("load_demo", until="2017-04", stdout=StringIO())
    answers = SurveyResponse.objects.count()
    assert f"surveys: {answers:,} read, {answers:,} created" in said.getvalue()
    assert Annotation.objects.filter(title="First national lockdown").count() == 1
    assert Baseline.objects.get().in_use is False
    assert HistoricFigure.objects.filter(indicator="vehicle-crime-recorded").count() == 87


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({"until": "April"}, "is not a month"),
        ({"until": "2021-02"}, "between 2017-04 and 2021-01"),
        ({"until": "2017-03"}, "between 2017-04 and 2021-01"),
        ({"scale": 0}, "1 or more"),
    ],
)
def test_command_refuses_what_it_cannot_load(options: dict[str, object], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("load_demo", **options)


def test_scale_multiplies_the_crimes_that_no_indicator_names(records: series.Records) -> None:
    large = pl.concat(crimes.frames(APRIL, 3))
    once = records["crimes"].filter(series.local_month("recorded_at") == APRIL)
    named = series.DWELLING | series.VEHICLE | series.STALKING
    stands = pl.col("cancelled_at").is_null()
    assert len(large.filter(named & stands)) == len(once.filter(named & stands))
    assert len(large.filter(~named & stands)) == 3 * len(once.filter(~named & stands))
    assert not large["crime_ref"].is_duplicated().any()


def test_expected_rows_are_near_enough_for_a_bar(records: series.Records) -> None:
    made = sum(len(frame) for frame in records.values())
    assert rows_expected(series.LAST, 1) == pytest.approx(made, rel=0.02)


class Terminal(StringIO):
    def isatty(self) -> bool:
        return True


def test_bar_fills_up_on_one_line_of_a_terminal() -> None:
    out = Terminal()
    bar = Bar(OutputWrapper(out), 100)
    bar.hear("crimes", 50)
    assert "\r[###############               ]  50%" in out.getvalue()
    bar.hear("calls", 500)
    assert " 99%" in out.getvalue()  # never full before the end
    bar.end()
    assert "100%" in out.getvalue()
    assert out.getvalue().count("\n") == 1


def test_bar_tells_each_kind_once_elsewhere() -> None:
    out = StringIO()
    bar = Bar(OutputWrapper(out), 100)
    for kind in ("crimes", "crimes", "calls"):
        bar.hear(kind, 10)
    assert [line.split()[-1] for line in out.getvalue().splitlines()] == ["crimes", "calls"]
