"""Several series on one scale: on one plot, or as small multiples side by side."""

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
from performance.charts.labels import Label, right_labels
from performance.charts.marks import Shape, line_of, point
from performance.charts.series import Series

WIDTH, HEIGHT = 960, 320
SMALL_WIDTH, SMALL_HEIGHT = 300, 170
SMALL_FONT = 16  # as the style sheet has it
# Every series has a dash (in the style sheet) and a shape of its own: four can be told apart in print.
SHAPES = Shape.CIRCLE, Shape.SQUARE, Shape.TRIANGLE, Shape.DIAMOND
MOST_LINES = len(SHAPES)


def line_chart(series: Sequence[Series], *, key: str, title: str) -> SafeString:
    """Up to four series over the same months, each named at its end."""
    if len(series) > MOST_LINES:
        raise ValueError(f"A chart shows at most {MOST_LINES} lines, not {len(series)}.")
    picture = svg.Picture(key, title, " ".join(map(describe, series)), WIDTH, HEIGHT)
    known = [value for each in series for value in each.known]
    if not known:
        return picture(
            [svg.text("No figures for these months", WIDTH / 2, HEIGHT / 2, "app-chart__nothing")]
        )
    frame = Frame(series[0].months, range_of(known), left=72, top=16, right=WIDTH - 204, bottom=268)
    return picture(_parts(frame, series))


def _parts(frame: Frame, series: Sequence[Series]) -> Iterator[str]:
    yield value_axis(frame, series[0].quantity)
    yield month_axis(frame)
    for place, each in enumerate(series):
        yield line_of(frame, each.values, f"app-chart__line app-chart__line--{place + 1}")
        class_ = f"app-chart__points app-chart__points--{place + 1}"
        yield svg.group(class_, _points(frame, each, SHAPES[place]))
    yield from right_labels(frame.right + 10, _ends(frame, series), frame.bottom)


def _points(frame: Frame, series: Series, shape: Shape) -> Iterator[str]:
    for index, (month, value) in enumerate(zip(series.months, series.values, strict=True)):
        if value is not None:
            label = f"{series.name}, {month:%B %Y}: {series.shown(value)}"
            yield point((frame.x(index), frame.y(value)), shape, "app-chart__point", label)


def _ends(frame: Frame, series: Sequence[Series]) -> Iterator[Label]:
    for each in series:
        if latest := each.latest():
            yield Label(f"{each.name} {each.shown(latest[1])}", frame.y(latest[1]))


def describe(series: Series) -> str:
    latest = series.latest()
    if latest is None:
        return f"{series.name}: no figures."
    month, value = latest
    low, high = (series.shown(end) for end in (min(series.known), max(series.known)))
    return (
        f"{series.name}: {series.shown(value)} in {month:%B %Y}, "
        f"between {low} and {high} since {series.months[0]:%B %Y}."
    )


def small_multiples(series: Sequence[Series], *, key: str) -> list[SafeString]:
    """A small chart of each series, all on the scale that holds them all."""
    scale = range_of(value for each in series for value in each.known)
    return [_small(each, scale, f"{key}-{place}") for place, each in enumerate(series)]


def _small(series: Series, scale: Range, key: str) -> SafeString:
    picture = svg.Picture(
        key, series.name, describe(series), SMALL_WIDTH, SMALL_HEIGHT, "app-chart app-chart--small"
    )
    left = max(52, room_for_values(scale, series.quantity, font=SMALL_FONT))
    frame = Frame(series.months, scale, left=left, top=14, right=SMALL_WIDTH - 20, bottom=134)
    return picture(_small_parts(frame, series))


def _small_parts(frame: Frame, series: Series) -> Iterator[str]:
    yield value_axis(frame, series.quantity)
    yield month_axis(frame, years_only=True)
    yield line_of(frame, series.values, "app-chart__line")
    latest = series.latest()
    if latest is None:
        middle = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
        yield svg.text("No figures", *middle, "app-chart__nothing")
    else:
        place = frame.x(series.months.index(latest[0])), frame.y(latest[1])
        label = f"{latest[0]:%B %Y}: {series.shown(latest[1])}"
        yield point(place, Shape.CIRCLE, "app-chart__point", label)
