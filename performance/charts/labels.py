"""Labels at the right of a plot that do not lie on each other."""

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from performance.charts import svg

GAP = 16


class Label(NamedTuple):
    words: str
    height: float
    class_: str = "app-chart__label"


def right_labels(x: float, labels: Iterable[Label], lowest: float) -> Iterator[str]:
    """Texts at their heights, moved apart where they would overlap, none below `lowest`."""
    ordered = sorted(labels, key=lambda label: label.height)
    heights = _apart([label.height for label in ordered], lowest)
    for label, height in zip(ordered, heights, strict=True):
        yield svg.text(label.words, x, height + 4, label.class_)


def _apart(heights: list[float], lowest: float) -> list[float]:
    """Pushed down one after the other, then up again from the lowest place that is left."""
    for index in range(1, len(heights)):
        heights[index] = max(heights[index], heights[index - 1] + GAP)
    limit = lowest
    for index in reversed(range(len(heights))):
        heights[index] = min(heights[index], limit)
        limit = heights[index] - GAP
    return heights
