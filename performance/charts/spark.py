"""A sparkline: the shape of some years beside a figure, no axis."""

from collections.abc import Iterator, Sequence

from django.utils.safestring import SafeString

from performance.charts import svg
from performance.charts.axes import Frame, Range
from performance.charts.lines import describe
from performance.charts.marks import Shape, line_of, point
from performance.charts.series import Series

WIDTH, HEIGHT, EDGE = 120, 28, 4


def sparkline(series: Series, *, key: str) -> SafeString:
    """From the lowest value to the highest over the whole height, the last month marked."""
    picture = svg.Picture(key, series.name, describe(series), WIDTH, HEIGHT, "app-spark")
    return picture(_parts(series))


def _parts(series: Series) -> Iterator[str]:
    known = series.known
    if not known:
        return
    frame = Frame(
        series.months, _whole(known), left=EDGE, top=EDGE, right=WIDTH - EDGE, bottom=HEIGHT - EDGE
    )
    yield line_of(frame, series.values, "app-spark__line")
    last = series.values[-1]
    if last is not None:
        yield point(
            (frame.x(len(series.values) - 1), frame.y(last)), Shape.CIRCLE, "app-spark__end"
        )


def _whole(known: Sequence[float]) -> Range:
    """A constant series runs along the middle."""
    low, high = min(known), max(known)
    margin = 0.0 if high > low else 1.0
    return Range(low - margin, high + margin, high - low + 2 * margin)
