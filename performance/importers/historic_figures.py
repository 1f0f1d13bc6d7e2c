from core.imports.kinds import Column, Kind, Refers, register
from core.imports.types import Choice, Code, Month, Number, Text
from core.models import Unit
from performance.indicators import INDICATORS
from performance.models import HistoricFigure

COUNT = Number(0, 2**31 - 1, whole=True)

HISTORIC_FIGURES = register(
    Kind(
        slug="historic-figures",
        title="Historic figures",
        about="Monthly totals from before the records reach. Marked as such, without a drill-down.",
        model=HistoricFigure,
        key=("indicator", "unit", "month"),
        columns=(
            Column(
                "indicator",
                Choice(tuple(INDICATORS), noun="indicator"),
                "What is counted.",
                required=True,
            ),
            Column(
                "unit",
                Code("Code of a unit, such as `force` or `fenland`", lower=True),
                "Where.",
                required=True,
                refers=Refers(Unit, "unit", on="month"),
            ),
            Column("month", Month(), "Which month.", required=True),
            Column("numerator", COUNT, "The count, or the upper part of a rate.", required=True),
            Column("denominator", COUNT, "The lower part of a rate. Blank: a count."),
            Column("provenance", Text(200), "Where the figure comes from."),
        ),
    )
)
