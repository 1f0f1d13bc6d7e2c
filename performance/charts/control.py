"""The SPC chart of an indicator: its months, mean and limits, and what happened meanwhile."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from core.dates import add_months
from performance.charts import svg
from performance.charts.axes import Frame, month_axis, range_of, value_axis
from performance.charts.labels import Label, right_labels
from performance.charts.marks import line_of, point, shape_of
from performance.charts.series import Quantity, Series
from performance.comparisons.spc import Cause, Xmr

WIDTH, HEIGHT = 960, 400
PIN_RADIUS, PIN_LANES = 9, 2
KEY = [
    (Cause.COMMON, "Within the limits"),
    (Cause.ABOVE_LIMIT, "Outside the limits"),
    (Cause.RISING, "Part of a run or trend"),
]


@dataclass(frozen=True)
class Pin:
    """Something that explains a figure: a number on the chart, whose text stands below it."""

    number: int
    title: str
    starts_on: date
    ends_on: date | None = None


def control_chart(
    series: Series, limits: Xmr | None, *, key: str, pins: Sequence[Pin] = ()
) -> SafeString:
    """The limits are of the very values of the series; a frame that says so where all are None."""
    picture = svg.Picture(key, series.name, describe(series, limits), WIDTH, HEIGHT)
    if not series.known:
        return picture(
            [svg.text("No figures for these months", WIDTH / 2, HEIGHT / 2, "app-chart__nothing")]
        )
    return picture(_parts(_frame(series, limits), series, limits, pins))


def _frame(series: Series, limits: Xmr | None) -> Frame:
    reach = drawn_limits(limits, series.quantity) if limits else ()
    values = range_of([*series.known, *reach])
    return Frame(series.months, values, left=72, top=56, right=WIDTH - 150, bottom=316)


def drawn_limits(limits: Xmr, quantity: Quantity) -> tuple[float, float]:
    """As far as the quantity can go: no limit is below 0, none of a percentage above 100."""
    upper = min(limits.upper, 100.0) if quantity is Quantity.PERCENT else limits.upper
    return max(limits.lower, 0.0), max(upper, limits.mean)


def _parts(frame: Frame, series: Series, limits: Xmr | None, pins: Sequence[Pin]) -> Iterator[str]:
    seen = [pin for pin in pins if _is_seen(frame, pin)]
    yield svg.group("app-chart__bands", _bands(frame, seen))
    yield value_axis(frame, series.quantity)
    yield month_axis(frame)
    if limits:
        yield svg.group("app-chart__limits", _limits(frame, limits, series.quantity))
    yield line_of(frame, series.values, "app-chart__line")
    yield svg.group("app-chart__points", _points(frame, series, limits))
    yield from right_labels(frame.right + 12, _labels(frame, series, limits), frame.bottom)
    yield svg.group("app-chart__pins", _pins(frame, seen))
    yield svg.group("app-chart__key", _key(frame, series))


def _limits(frame: Frame, limits: Xmr, quantity: Quantity) -> Iterator[str]:
    for value in drawn_limits(limits, quantity):
        yield svg.line(frame.left, frame.y(value), frame.right, frame.y(value), "app-chart__limit")
    mean = frame.y(limits.mean)
    yield svg.line(frame.left, mean, frame.right, mean, "app-chart__mean")


def _labels(frame: Frame, series: Series, limits: Xmr | None) -> Iterator[Label]:
    if latest := series.latest():
        month, value = latest
        yield Label(f"{month:%b %Y} {series.shown(value)}", frame.y(value), "app-chart__latest")
    if limits:
        lower, upper = drawn_limits(limits, series.quantity)
        for name, limit in {"Upper": upper, "Mean": limits.mean, "Lower": lower}.items():
            yield Label(f"{name} {series.shown(limit)}", frame.y(limit))


def _points(frame: Frame, series: Series, limits: Xmr | None) -> Iterator[str]:
    causes = limits.causes if limits else [Cause.COMMON] * len(series.values)
    for index, (month, value, cause) in enumerate(
        zip(series.months, series.values, causes, strict=True)
    ):
        if value is not None and cause is not None:
            label = f"{month:%B %Y}: {series.shown(value)}, {cause}"
            yield point((frame.x(index), frame.y(value)), *shape_of(cause), label)


def _is_seen(frame: Frame, pin: Pin) -> bool:
    after = add_months(frame.months[-1], 1)
    return (pin.ends_on or pin.starts_on) >= frame.months[0] and pin.starts_on < after


def _span(frame: Frame, pin: Pin) -> tuple[float, float]:
    last = len(frame.months) - 1
    start, end = (
        frame.x(min(max(frame.index(day), 0), last))
        for day in (pin.starts_on, pin.ends_on or pin.starts_on)
    )
    return start, end


def _bands(frame: Frame, pins: Sequence[Pin]) -> Iterator[str]:
    for pin in pins:
        left, right = _span(frame, pin)
        if right > left:
            height = frame.bottom - frame.top
            yield svg.element(
                "rect",
                x=left,
                y=frame.top,
                width=right - left,
                height=height,
                class_="app-chart__band",
            )


def _pins(frame: Frame, pins: Sequence[Pin]) -> Iterator[str]:
    """Numbers in two lanes above the plot, so that neighbours do not cover each other."""
    for place, pin in enumerate(pins):
        x, _ = _span(frame, pin)
        y = frame.top - PIN_RADIUS - 4 - (place % PIN_LANES) * (PIN_RADIUS * 2 + 2)
        yield svg.line(x, y, x, frame.bottom, "app-chart__pin-line")
        title = svg.element("title", pin.title)
        yield svg.element("circle", title, cx=x, cy=y, r=PIN_RADIUS, class_="app-chart__pin")
        yield svg.text(str(pin.number), x, y + 4, "app-chart__pin-number")


def _key(frame: Frame, series: Series) -> Iterator[str]:
    y = HEIGHT - 16
    for place, (cause, words) in enumerate(KEY):
        x = frame.left + 8 + place * 190
        yield point((x, y), *shape_of(cause))
        yield svg.text(words, x + 14, y + 4, "app-chart__label")
    if frame.values.low > 0:
        start = f"The scale starts at {series.shown(frame.values.low)}, not at 0"
        yield svg.text(start, frame.left + 8 + len(KEY) * 190, y + 4, "app-chart__label")


def describe(series: Series, limits: Xmr | None) -> str:
    """The chart in sentences, for those who do not see it."""
    latest = series.latest()
    if latest is None:
        return "No figures for these months."
    month, value = latest
    said = [f"{series.months[0]:%B %Y} to {series.months[-1]:%B %Y}."]
    said.append(f"Latest, {month:%B %Y}: {series.shown(value)}.")
    if limits:
        said.append(_limits_in_words(series, limits))
    return " ".join(said)


def _limits_in_words(series: Series, limits: Xmr) -> str:
    lower, upper = (series.shown(each) for each in drawn_limits(limits, series.quantity))
    months = zip(series.months, limits.causes, strict=True)
    outside = [f"{month:%B %Y}" for month, cause in months if cause and cause.is_outside]
    return (
        f"Mean {series.shown(limits.mean)}, limits {lower} to {upper}. "
        f"Outside the limits: {', '.join(outside) or 'none'}."
    )
