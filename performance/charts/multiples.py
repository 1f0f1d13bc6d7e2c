"""Small multiples in one picture, for a file that takes one: every series on the same scale."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString

from performance.charts import svg
from performance.charts.axes import (
    Frame,
    Range,
    month_axis,
    range_of,
    room_for_values,
    value_axis,
)
from performance.charts.lines import describe
from performance.charts.marks import Shape, line_of, point
from performance.charts.series import Series

WIDTH, ACROSS = 960, 3
CELL_WIDTH, CELL_HEIGHT = WIDTH / ACROSS, 190
LEFT, TOP, RIGHT, BOTTOM = 56, 34, 22, 34
FONT = 14  # as the style sheet has it


def multiples_chart(series: Sequence[Series], *, key: str, title: str) -> SafeString:
    rows = -(-max(len(series), 1) // ACROSS)
    said = " ".join(map(describe, series))
    picture = svg.Picture(key, title, said, WIDTH, rows * CELL_HEIGHT)
    scale = range_of(value for each in series for value in each.known)
    return picture(
        svg.group("app-chart__small", _small(each, scale, place))
        for place, each in enumerate(series)
    )


def _small(series: Series, scale: Range, place: int) -> Iterator[str]:
    across, down = (place % ACROSS) * CELL_WIDTH, (place // ACROSS) * CELL_HEIGHT
    left = max(LEFT, room_for_values(scale, series.quantity, font=FONT))
    frame = Frame(
        series.months,
        scale,
        left=across + left,
        top=down + TOP,
        right=across + CELL_WIDTH - RIGHT,
        bottom=down + CELL_HEIGHT - BOTTOM,
    )
    latest = series.latest()
    now = f" {series.shown(latest[1])}" if latest else ""
    yield svg.text(f"{series.name}{now}", across + LEFT, down + 18, "app-chart__latest")
    yield value_axis(frame, series.quantity)
    yield month_axis(frame, years_only=True)
    yield line_of(frame, series.values, "app-chart__line")
    if latest:
        place_of = frame.x(series.months.index(latest[0])), frame.y(latest[1])
        yield point(place_of, Shape.CIRCLE, "app-chart__point")
