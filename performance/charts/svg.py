"""SVG from small pieces. Text and attributes are escaped unless a piece made them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.html import conditional_escape
from django.utils.safestring import SafeString, mark_safe


def element(name: str, *children: str, **attributes: str | float) -> SafeString:
    """`class_` becomes class, and an underscore inside a name a hyphen."""
    inside = "".join(map(conditional_escape, children))
    given = "".join(
        f' {key.rstrip("_").replace("_", "-")}="{_attribute(value)}"'
        for key, value in attributes.items()
    )
    return mark_safe(f"<{name}{given}>{inside}</{name}>")  # noqa: S308  # its parts are escaped


def group(class_: str, children: Iterable[str]) -> SafeString:
    return element("g", *children, class_=class_)


def _attribute(value: str | float) -> str:
    return conditional_escape(value) if isinstance(value, str) else coordinate(value)


def coordinate(value: float) -> str:
    """To a tenth of a pixel, without a needless point: `12`, `12.5`."""
    return f"{round(value, 1) + 0.0:g}"


@dataclass(frozen=True)
class Picture:
    """What a chart is called and says, and how large it is drawn.

    `key` is unique on its page: it makes the ids that name the picture to a screen reader.
    """

    key: str
    title: str
    description: str
    width: float
    height: float
    class_: str = "app-chart"

    def __call__(self, children: Iterable[str]) -> SafeString:
        names = f"{self.key}-title", f"{self.key}-desc"
        return element(
            "svg",
            element("title", self.title, id=names[0]),
            element("desc", self.description, id=names[1]),
            *children,
            xmlns="http://www.w3.org/2000/svg",
            viewBox=f"0 0 {coordinate(self.width)} {coordinate(self.height)}",
            class_=self.class_,
            role="img",
            aria_labelledby=" ".join(names),
        )


def line(x1: float, y1: float, x2: float, y2: float, class_: str) -> SafeString:
    return element("line", x1=x1, y1=y1, x2=x2, y2=y2, class_=class_)


def text(words: str, x: float, y: float, class_: str) -> SafeString:
    return element("text", words, x=x, y=y, class_=class_)


def polyline(points: Sequence[tuple[float, float]], class_: str) -> SafeString:
    places = " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in points)
    return element("polyline", points=places, class_=class_)


def polygon(points: Sequence[tuple[float, float]], class_: str, *children: str) -> SafeString:
    places = " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in points)
    return element("polygon", *children, points=places, class_=class_)
