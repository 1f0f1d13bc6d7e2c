"""Forecast bars: what was done, what is expected by a day, and the target, on one scale."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from performance.charts import svg
from performance.charts.axes import Range, range_of
from performance.charts.series import Quantity, shown

WIDTH, ROW, BAR = 960, 54, 22
LEFT, RIGHT, TOP, BELOW = 150, 880, 14, 66


@dataclass(frozen=True)
class Bar:
    """`expected` is the whole by the day, what is done included; nothing where it is not known.

    `low` and `high` bound what is expected.
    """

    name: str
    done: int
    target: int | None = None
    expected: float | None = None
    low: float | None = None
    high: float | None = None

    @property
    def numbers(self) -> list[float]:
        known = (self.done, self.target, self.expected, self.high)
        return [float(each) for each in known if each is not None]


def forecast_bars(bars: Sequence[Bar], *, key: str, title: str, until: str) -> SafeString:
    """`until` says the day in words: `31 March 2021`."""
    height = TOP + ROW * max(len(bars), 1) + BELOW
    picture = svg.Picture(key, title, describe(bars, until), WIDTH, height)
    if not bars:
        return picture([svg.text("Nothing to show", WIDTH / 2, 40, "app-chart__nothing")])
    scale = range_of([0, *(number for bar in bars for number in bar.numbers)])
    return picture(_parts(bars, scale, TOP + ROW * len(bars), until))


def describe(bars: Sequence[Bar], until: str) -> str:
    return " ".join(_said(bar, until) for bar in bars) or "Nothing to show."


def _said(bar: Bar, until: str) -> str:
    said = [f"{bar.name}: {bar.done:,} done"]
    if bar.expected is not None:
        said.append(f"{_whole(bar.expected)} expected by {until}")
        if bar.low is not None and bar.high is not None:
            said[-1] += f" ({_whole(bar.low)} to {_whole(bar.high)})"
    if bar.target is not None:
        said.append(f"target {bar.target:,}")
    return ", ".join(said) + "."


def _whole(number: float) -> str:
    return shown(number, Quantity.COUNT)


def _x(value: float, scale: Range) -> float:
    return LEFT + (RIGHT - LEFT) * (value - scale.low) / (scale.high - scale.low)


def _parts(bars: Sequence[Bar], scale: Range, bottom: float, until: str) -> Iterator[str]:
    yield svg.group("app-chart__axis", _axis(scale, bottom))
    for place, bar in enumerate(bars):
        yield svg.group("app-forecast__row", _bar(bar, scale, TOP + ROW * (place + 0.5)))
    yield svg.group("app-chart__key", _key(bottom + BELOW - 14, until))


def _axis(scale: Range, bottom: float) -> Iterator[str]:
    for tick in scale.ticks():
        x = _x(tick, scale)
        yield svg.line(x, TOP, x, bottom, "app-chart__grid")
        yield svg.text(_whole(tick), x, bottom + 18, "app-chart__month")
    yield svg.line(LEFT, TOP, LEFT, bottom, "app-chart__base")


def _bar(bar: Bar, scale: Range, y: float) -> Iterator[str]:
    start, top = _x(0, scale), y - BAR / 2
    yield svg.text(bar.name, LEFT - 12, y + 4, "app-chart__value")
    if bar.expected is not None and bar.expected > bar.done:
        end = _x(bar.expected, scale)
        yield _box(start, top, end - start, "app-forecast__expected")
    title = svg.element("title", f"{bar.name}: {bar.done:,} done")
    yield _box(start, top, _x(bar.done, scale) - start, "app-forecast__done", title)
    if bar.low is not None and bar.high is not None:
        low, high = _x(bar.low, scale), _x(bar.high, scale)
        yield svg.line(low, y, high, y, "app-ladder__interval")
        for end in (low, high):
            yield svg.line(end, y - 5, end, y + 5, "app-ladder__interval")
    if bar.target is not None:
        x = _x(bar.target, scale)
        yield svg.line(x, y - BAR, x, y + BAR, "app-forecast__target")
    ends = (bar.done, bar.expected, bar.high, bar.target)
    words = _x(max(float(each) for each in ends if each is not None), scale)
    told = f"{bar.done:,}" if bar.target is None else f"{bar.done:,} of {bar.target:,}"
    yield svg.text(told, words + 8, y + 4, "app-chart__label app-chart__latest")


def _box(x: float, y: float, width: float, class_: str, *children: str) -> SafeString:
    return svg.element("rect", *children, x=x, y=y, width=width, height=BAR, class_=class_)


def _key(y: float, until: str) -> Iterator[str]:
    yield svg.element("rect", x=LEFT, y=y - 7, width=24, height=14, class_="app-forecast__done")
    yield svg.text("Done", LEFT + 32, y + 4, "app-chart__label")
    x = LEFT + 100
    yield svg.element("rect", x=x, y=y - 7, width=24, height=14, class_="app-forecast__expected")
    yield svg.text(f"Expected by {until}, with its 95% interval", x + 32, y + 4, "app-chart__label")
    x += 420
    yield svg.line(x, y - 9, x, y + 9, "app-forecast__target")
    yield svg.text("Target", x + 12, y + 4, "app-chart__label")
