"""Points and lines on a frame."""

from collections.abc import Iterator, Sequence
from enum import Enum
from fractions import Fraction
from itertools import groupby

from django.utils.safestring import SafeString

from performance.charts import svg
from performance.charts.axes import Frame
from performance.comparisons.spc import Cause

RADIUS = 4  # of a dot with its white rim, that can still be seen in print


class Shape(Enum):
    """Corners around the middle of a point; a circle has none."""

    CIRCLE = ()
    SQUARE = ((-4, -4), (4, -4), (4, 4), (-4, 4))
    TRIANGLE = ((0, -5), (5, 4), (-5, 4))
    DIAMOND = ((0, -7), (7, 0), (0, 7), (-7, 0))


def line_of(frame: Frame, values: Sequence[Fraction | None], class_: str) -> SafeString:
    """A line that is broken where a month has no value."""
    return svg.group(class_, _stretches(frame, values))


def _stretches(frame: Frame, values: Sequence[Fraction | None]) -> Iterator[str]:
    for missing, stretch in groupby(enumerate(values), key=lambda each: each[1] is None):
        points = [(frame.x(i), frame.y(value)) for i, value in stretch if value is not None]
        if not missing and len(points) > 1:
            yield svg.polyline(points, "app-chart__stroke")


def point(place: tuple[float, float], shape: Shape, class_: str, label: str = "") -> SafeString:
    """The label shows when the pointer rests on the point."""
    x, y = place
    title = [svg.element("title", label)] if label else []
    if shape is Shape.CIRCLE:
        return svg.element("circle", *title, cx=x, cy=y, r=RADIUS, class_=class_)
    return svg.polygon([(x + dx, y + dy) for dx, dy in shape.value], class_, *title)


def shape_of(cause: Cause) -> tuple[Shape, str]:
    """A dot within the limits, a diamond outside them, a square in a run or a trend."""
    if cause is Cause.COMMON:
        return Shape.CIRCLE, "app-chart__point"
    if cause.is_outside:
        return Shape.DIAMOND, "app-chart__point app-chart__point--outside"
    return Shape.SQUARE, "app-chart__point app-chart__point--pattern"
