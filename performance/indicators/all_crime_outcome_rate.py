from datetime import date

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure, OutcomeIn

INDICATOR = Indicator(
    slug="all-crime-outcome-rate",
    title="All crime: prosecution possible outcome rate",
    row="Outcome rate",
    why="How often the force brings an offender to justice, by a charge or by a formal or informal sanction.",
    how="Live outcomes of the set prosecution possible recorded in the month, whenever the crime was recorded, over crimes recorded in the month. In a small month the rate can exceed 100%.",
    owner="Head of crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 4, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 4.8 and table 1",
        "Home Office crime outcomes framework",
    ),
    better=Better.HIGHER,
    numerator=Measure("outcome", (OutcomeIn("prosecution-possible"),)),
    denominator=Measure("recorded"),
    cohort="all-crime-cohort-rate",
)
