"""A document with every kind of block, and words that would be markup somewhere."""

from datetime import date
from fractions import Fraction

from core.dates import add_months
from performance.charts.control import control_chart, describe
from performance.charts.series import Quantity, Series
from performance.comparisons.spc import xmr
from performance.papers.document import (
    Cell,
    ChartBlock,
    Dates,
    Document,
    FigureRun,
    ListBlock,
    Paragraph,
    Section,
    Table,
    Text,
)

NASTY = 'Words with #hash [brackets] $sums$ *stars* _lines_ <b>bold</b> & "quotes" @at \\back'
DATES = Dates(date(2021, 1, 31), date(2021, 2, 23), date(2021, 3, 16))
WIDE = Table(
    "Combat acquisitive crime, January 2021",
    ("Indicator", "Jan 2021", "Jan 2020", "Jan 2019", "Jan 2018", "Against 1 year average",
     "Against 3 year average", "Rolling 12 months", "Baseline", "Against benchmark"),
    (
        (Cell("Burglary dwelling"),),
        (Cell("Recorded crime"), Cell("77", 77), Cell("225", 225), Cell("222", 222),
         Cell("264", 264), Cell("Lower"), Cell("Lower"), Cell("1,393", 1393),
         Cell("2,058", 2058), Cell("Lower")),
        (Cell("Theft of motor vehicle"),),
        (Cell("Prosecution possible outcome rate"), Cell("5.4%", 3, 56), Cell("18.4%", 18, 98),
         Cell("5.1%", 6, 118), Cell("7.4%", 7, 95), Cell("Deteriorated"), Cell("Deteriorated"),
         Cell("7.5%", 74, 981), Cell("7.2%", 82, 1145), Cell("Comparable")),
    ),
    ("Within 5% is comparable.",),
)  # fmt: skip


def series(months: int = 36) -> Series:
    first = add_months(date(2021, 1, 1), 1 - months)
    values = [Fraction(150 + (n * 37) % 60 - n) for n in range(months)]
    return Series(
        "Dwelling burglary",
        [add_months(first, n) for n in range(months)],
        [*values[:-1], Fraction(77)],
        Quantity.COUNT,
    )


def chart() -> ChartBlock:
    drawn = series()
    limits = xmr(drawn.values)
    rows = tuple(
        (Cell(f"{month:%B %Y}"), Cell(drawn.shown(value), int(value or 0)))
        for month, value in zip(drawn.months, drawn.values, strict=True)
    )
    return ChartBlock(
        "Dwelling burglary: 36 months to January 2021",
        describe(drawn, limits),
        str(control_chart(drawn, limits, key="sample")),
        Table("Dwelling burglary, by month", ("Month", "Offences"), rows),
    )


def document(**changes: object) -> Document:
    paragraph = Paragraph(
        "5.1.1",
        (
            Text("January saw "),
            FigureRun("77", "dwelling-burglary-recorded|force|month", count=77),
            Text(f" offences. {NASTY}"),
        ),
    )
    small = Paragraph(
        "5.1.2",
        (Text("The rate is "), FigureRun("5.4%", "rate|force|month", count=3, of=56), Text(".")),
    )
    listed = ListBlock("Convictions", ((Text("Two years for burglary"),), (Text(NASTY),)), "5.1.3")
    fields: dict[str, object] = {
        "title": "Offenders theme: board paper",
        "marking": "OFFICIAL",
        "dates": DATES,
        "sections": (
            Section("4", "Performance headlines", (Paragraph("4.1", (Text("Fewer calls."),)),)),
            Section("5", "Combat acquisitive crime", (WIDE,)),
            Section("5.1", "Burglary", (paragraph, small, listed, chart())),
        ),
        "status": "Draft",
        "facts": (("To", "Business Coordination Board"), ("Board", "16 March 2021")),
    }
    return Document(**(fields | changes))  # type: ignore[arg-type]  # fields by name
