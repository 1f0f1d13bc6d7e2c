"""Reference pages that are written from the code: the indicators and the boards."""

from core.reference_pages import page, table
from performance.boards import BOARDS
from performance.indicators import INDICATORS
from performance.measures import Indicator

HEAD = """# Indicators

Each is a reviewed definition, a file in `performance/indicators/`. How verdicts are made from them is told in
[what the words of the board mean](../explanation/comparisons.md).
"""


@page("indicators.md")
def indicators() -> str:
    described = [_indicator(indicator) for indicator in INDICATORS.values()]
    return "\n".join([HEAD, _boards(), *described])


def _boards() -> str:
    rows = [
        (board.title, f"`{board.slug}`", group.title, _links(group.indicators))
        for board in BOARDS.values()
        for group in board.groups
    ]
    return table(("Board", "Slug", "Group", "Indicators"), rows)


def _links(slugs: tuple[str, ...]) -> str:
    return ", ".join(f"[{INDICATORS[slug].title}](#{slug})" for slug in slugs)


def _indicator(indicator: Indicator) -> str:
    rows = [
        ("Slug", f"`{indicator.slug}`"),
        ("Why", indicator.why),
        ("How", indicator.how),
        ("Unit", indicator.unit),
        ("Better", indicator.better),
        (
            "Counted from",
            ", ".join(f"{name}: {part.basis}" for name, part in indicator.measures.items()),
        ),
        ("Owner", indicator.owner),
        ("Checked by", indicator.checked_by),
        ("Next review", indicator.next_review.isoformat()),
        ("Sources", "; ".join(indicator.sources)),
    ]
    heading = f'## <a id="{indicator.slug}"></a>{indicator.title}'
    return f"{heading}\n\n{table(('', ''), rows)}"
