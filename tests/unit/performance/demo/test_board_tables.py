"""Every cell of the paper's two tables, counted from the frames before any database is asked."""

import csv
from collections.abc import Callable
from datetime import date
from fractions import Fraction

import polars as pl
import pytest

from core.dates import add_months
from performance.comparisons.rules import HOUSE_RULE, Better, beyond_tolerance, word
from tests.shared import shared
from tests.unit.performance.demo import series
from tests.unit.performance.demo.series import Median, Rate, Records

TABLES = "paper/board_tables_2021-01.csv"
GRADE = pl.col("grade")
HIGHER, LOWER, NONE = Better.HIGHER, Better.LOWER, Better.NONE
# (group, indicator): the series, and which direction is good
ROWS: dict[tuple[str, str], tuple[Callable[[Records], Rate | Median], Better]] = {
    ("All crime", "Outcome rate"): (series.outcome_rate(series.EVERY), HIGHER),
    ("Burglary dwelling", "Recorded crime"): (
        lambda records: Rate(series.recorded(records, series.DWELLING)),
        NONE,
    ),
    ("Burglary dwelling", "Prosecution possible outcome rate"): (
        series.outcome_rate(series.DWELLING),
        HIGHER,
    ),
    ("Burglary dwelling", "Victim satisfaction (whole experience)"): (
        series.survey("victim", "whole-experience", *series.DWELLING_CODES),
        HIGHER,
    ),
    ("Theft of motor vehicle", "Recorded crime"): (
        lambda records: Rate(series.recorded(records, series.TAKEN)),
        NONE,
    ),
    ("Theft of motor vehicle", "Prosecution possible outcome rate"): (
        series.outcome_rate(series.TAKEN),
        HIGHER,
    ),
    ("Calls", "999 calls answered within 10 seconds"): (series.answered("999", 10), HIGHER),
    ("Calls", "Non-emergency calls answered within 30 seconds"): (
        series.answered("non-emergency", 30),
        HIGHER,
    ),
    ("Response", "Immediate grade incidents: median time to respond"): (
        series.response(GRADE == "immediate"),
        LOWER,
    ),
    ("Response", "Prompt grade incidents: median time to respond"): (
        series.response(GRADE == "prompt"),
        LOWER,
    ),
    ("Public", "Public confidence (dealing with local concerns)"): (
        series.survey("public", "dealing-with-local-concerns"),
        HIGHER,
    ),
    ("Victims", "Victim satisfaction (whole experience)"): (
        series.survey("victim", "whole-experience"),
        HIGHER,
    ),
    ("Victims", "Victim and Witness Hub referral rate"): (series.referral_rate, HIGHER),
}


def paper_rows() -> dict[tuple[str, str], dict[str, str]]:
    with shared(TABLES).open() as file:
        return {(row["group"], row["indicator"]): row for row in csv.DictReader(file)}


def test_every_row_of_the_paper_is_counted() -> None:
    assert set(paper_rows()) == set(ROWS)


@pytest.mark.parametrize("key", ROWS)
def test_row_equals_the_paper(key: tuple[str, str], records: Records) -> None:
    paper = paper_rows()[key]
    count, better = ROWS[key]
    cells = board_cells(count(records), better, paper["unit"])
    assert cells == {name: paper[name] for name in cells}
    assert len(cells) == 9


def board_cells(counted: Rate | Median, better: Better, unit: str) -> dict[str, str]:
    last = series.LAST
    current = counted.over(last, last)
    rolling = counted.over(add_months(last, -11), last)
    baseline = counted.over(date(2019, 4, 1), date(2020, 3, 1))
    ago = {f"same_month_{n}y_ago": add_months(last, -12 * n) for n in (1, 2, 3)}
    cells = {name: series.shown(counted.over(month, month), unit) for name, month in ago.items()}
    return cells | {
        "current": series.shown(current, unit),
        "current_v_1yr_avg": verdict(current, counted.mean(12), better),
        "current_v_3yr_avg": verdict(current, counted.mean(36), better),
        "rolling_12_months": series.shown(rolling, unit),
        "baseline": series.shown(baseline, unit),
        "performance_v_benchmark": verdict(rolling, baseline, better),
    }


def verdict(value: Fraction | None, reference: Fraction | None, better: Better) -> str:
    if value is None or reference is None:
        return "-"
    return word(beyond_tolerance(HOUSE_RULE, value, reference), better).value
