from core.models import Unit
from performance.selectors.board_columns import span_of
from performance.selectors.boards import Board, Value
from performance.selectors.series import read_series


def values_by_unit(board: Board, units: list[Unit]) -> dict[str, list[tuple[Unit, Value]]]:
    """By indicator's slug: the units that have a figure for the board's period, in one query."""
    first, last = span_of(board.period, board.month)
    slugs = list(dict.fromkeys(row.indicator.slug for row in board.rows))
    series = read_series(slugs, units, first, last).series
    found: dict[str, list[tuple[Unit, Value]]] = {}
    for slug in slugs:
        of_units = [(unit, series[slug, unit.code]) for unit in units]
        values = [
            (unit, each.month(last) if first == last else each.total(first, last))
            for unit, each in of_units
        ]
        found[slug] = [(unit, value) for unit, value in values if value.value is not None]
    return found
