"""The two tables of the board paper of March 2021, cell by cell, from the records."""

import csv
from datetime import date

import pytest

from core.models import Unit
from performance.comparisons.verdicts import Verdict
from performance.selectors.boards import BoardRow, board_for
from tests.shared import shared

TABLES = ("combat-acquisitive-crime", "increase-public-satisfaction")


def cells(table: str, group: str, row: BoardRow) -> dict[str, str]:
    unit = row.indicator.unit
    return {
        "table": table,
        "group": group,
        "indicator": row.indicator.row,
        "unit": unit.value,
        "current": row.current.shown(unit),
        "same_month_1y_ago": row.years[0].shown(unit),
        "same_month_2y_ago": row.years[1].shown(unit),
        "same_month_3y_ago": row.years[2].shown(unit),
        "current_v_1yr_avg": word(row.v_1yr),
        "current_v_3yr_avg": word(row.v_3yr),
        "rolling_12_months": row.rolling.shown(unit),
        "baseline": row.baseline.shown(unit),
        "performance_v_benchmark": word(row.v_benchmark),
    }


def word(verdict: Verdict | None) -> str:
    return "-" if verdict is None else str(verdict.word)


@pytest.mark.parametrize("table", TABLES)
def test_the_board_is_the_paper(table: str, force: Unit) -> None:
    with shared("paper/board_tables_2021-01.csv").open() as file:
        paper = [row for row in csv.DictReader(file) if row["table"] == table]
    board = board_for(slug=table, month=date(2021, 1, 1), unit=force)
    rows = [cells(table, group.title, row) for group in board.groups for row in group.rows]
    assert rows == paper
