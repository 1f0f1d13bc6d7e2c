"""A rank ladder: every force on a rung of its own, and how far chance could move it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from performance.charts import svg
from performance.charts.marks import Shape, point

WIDTH, RUNG = 960, 17
LEFT, RIGHT, TOP, BELOW = 210, 760, 34, 46
TICKS = 5


@dataclass(frozen=True)
class Rung:
    """A force at its rank. `best` and `worst` bound it; `was`: its rank of the period before."""

    name: str
    rank: int
    best: int
    worst: int
    shown: str  # the rate that the rank is of
    is_ours: bool = False
    was: int | None = None


def rank_ladder(rungs: Sequence[Rung], *, key: str, title: str) -> SafeString:
    """In the order given, which is that of the ranks."""
    height = TOP + RUNG * max(len(rungs), 1) + BELOW
    picture = svg.Picture(key, title, describe(rungs), WIDTH, height)
    if not rungs:
        return picture([svg.text("No force has a rank", WIDTH / 2, 40, "app-chart__nothing")])
    return picture(_parts(rungs, TOP + RUNG * len(rungs)))


def describe(rungs: Sequence[Rung]) -> str:
    """The ladder in sentences, for those who do not see it."""
    ours = next((rung for rung in rungs if rung.is_ours), None)
    if ours is None:
        return f"{len(rungs)} forces from the highest rate to the lowest."
    moved = f" Before: {ours.was}." if ours.was else ""
    return (
        f"{ours.name} is number {ours.rank} of {len(rungs)} forces with {ours.shown}, "
        f"95% interval of its rank {ours.best} to {ours.worst}.{moved} "
        f"First: {rungs[0].name}, {rungs[0].shown}. Last: {rungs[-1].name}, {rungs[-1].shown}."
    )


def _parts(rungs: Sequence[Rung], bottom: float) -> Iterator[str]:
    last = len(rungs)
    yield svg.group("app-chart__axis", _axis(last, bottom))
    for place, rung in enumerate(rungs):
        yield svg.group(
            "app-ladder__rung app-ladder__rung--ours" if rung.is_ours else "app-ladder__rung",
            _rung(rung, TOP + RUNG * (place + 0.5), last),
        )
    yield svg.group("app-chart__key", _key(bottom + BELOW - 12))


def _x(rank: float, last: int) -> float:
    return LEFT + (RIGHT - LEFT) * (rank - 1) / max(last - 1, 1)


def _axis(last: int, bottom: float) -> Iterator[str]:
    yield svg.text("Rank", LEFT - 10, TOP - 14, "app-chart__value")
    yield svg.text("Outcome rate", RIGHT + 24, TOP - 14, "app-chart__label")
    for rank in [1, *range(TICKS, last + 1, TICKS)]:
        x = _x(rank, last)
        yield svg.line(x, TOP - 6, x, bottom, "app-chart__grid")
        yield svg.text(str(rank), x, TOP - 14, "app-chart__month")


def _rung(rung: Rung, y: float, last: int) -> Iterator[str]:
    if rung.is_ours:
        height = RUNG - 1
        yield svg.element(
            "rect", x=4, y=y - height / 2, width=WIDTH - 8, height=height, class_="app-ladder__ours"
        )
    yield svg.text(rung.name, LEFT - 14, y + 4, "app-chart__value")
    whole = f"{rung.name}: {rung.rank}, interval {rung.best} to {rung.worst}"
    ends = _x(rung.best, last), _x(rung.worst, last)
    yield svg.line(ends[0], y, ends[1], y, "app-ladder__interval")
    for end in ends:
        yield svg.line(end, y - 4, end, y + 4, "app-ladder__interval")
    if rung.was:
        before, now = _x(rung.was, last), _x(rung.rank, last)
        yield svg.line(before, y, now, y, "app-ladder__moved")
        yield point((before, y), Shape.SQUARE, "app-chart__point app-chart__point--pattern")
    shape, class_ = (
        (Shape.DIAMOND, "app-chart__point app-chart__point--outside")
        if rung.is_ours
        else (Shape.CIRCLE, "app-chart__point")
    )
    yield point((_x(rung.rank, last), y), shape, class_, whole)
    yield svg.text(rung.shown, RIGHT + 24, y + 4, "app-chart__label")
    if rung.is_ours:
        yield svg.text(f"{rung.best} to {rung.worst}", RIGHT + 100, y + 4, "app-chart__label")


def _key(y: float) -> Iterator[str]:
    words = {
        "Our force": (Shape.DIAMOND, "app-chart__point app-chart__point--outside"),
        "Its rank of the period before": (
            Shape.SQUARE,
            "app-chart__point app-chart__point--pattern",
        ),
        "Every other force": (Shape.CIRCLE, "app-chart__point"),
    }
    x = float(LEFT)
    for said, (shape, class_) in words.items():
        yield point((x, y), shape, class_)
        yield svg.text(said, x + 14, y + 4, "app-chart__label")
        x += 30 + 7.2 * len(said)
    yield svg.line(x, y, x + 30, y, "app-ladder__interval")
    yield svg.text("95% interval of the rank", x + 38, y + 4, "app-chart__label")
