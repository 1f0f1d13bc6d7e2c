"""Labels at the right of a plot that do not lie on each other."""

from collections.abc import Iterable, Iterator

from performance.charts import svg

GAP = 16


def right_labels(x: float, labels: Iterable[tuple[str, float]], lowest: float) -> Iterator[str]:
    """Texts at the heights given, moved apart where they would overlap, none below `lowest`."""
    ordered = sorted(labels, key=lambda label: label[1])
    heights = _apart([height for _, height in ordered], lowest)
    for (words, _), height in zip(ordered, heights, strict=True):
        yield svg.text(words, x, height + 4, "app-chart__label")


def _apart(heights: list[float], lowest: float) -> list[float]:
    """Pushed down one after the other, then up again from the lowest place that is left."""
    for index in range(1, len(heights)):
        heights[index] = max(heights[index], heights[index - 1] + GAP)
    limit = lowest
    for index in reversed(range(len(heights))):
        heights[index] = min(heights[index], limit)
        limit = heights[index] - GAP
    return heights
