"""Charts outside a page: an SVG with its own style, and the same as PNG."""

from __future__ import annotations

import re
from functools import cache

from django.conf import settings

FONT = "Libertinus Serif"  # comes with typst, so a file is the same on every machine
PPI = 200
# A page of A4 is narrower than a screen: the letters of a chart are set larger.
LETTERS, LARGER = re.compile(r"font-size: (\d+)px"), 2
STYLES = ("charts.css",)
AT_RULE = re.compile(r"@media[^{]*\{(?:[^{}]*\{[^{}]*\})*[^{}]*\}")
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
PICTURE = re.compile(r"<svg\b[^>]*>")
SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
PNG = """#set page(width: auto, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: 480pt)"""


@cache
def chart_style() -> str:
    """The style sheet of the charts, without what only a browser's print uses."""
    sheets = "\n".join((settings.BASE_DIR / "static" / "css" / name).read_text() for name in STYLES)
    return AT_RULE.sub("", COMMENT.sub("", sheets))


def standalone(svg: str, font: str = FONT) -> str:
    """The SVG with its style inside, set in one font."""
    style = re.sub(r"font-family:[^;]*;", f"font-family: '{font}';", chart_style())
    style = LETTERS.sub(lambda found: f"font-size: {int(found[1]) + LARGER}px", style)
    return PICTURE.sub(lambda found: f"{found.group()}<style>{style}</style>", svg, count=1)


def png_of(svg: str) -> bytes:
    import typst  # noqa: PLC0415  # slow to import

    made = typst.compile(
        PNG.encode(),
        format="png",
        ppi=PPI,
        sys_inputs={"svg": standalone(svg)},
        ignore_system_fonts=True,
    )
    return bytes(made)


def shape_of(svg: str) -> float:
    """Height over width."""
    found = SIZE.search(svg)
    return float(found[2]) / float(found[1]) if found else 0.5
