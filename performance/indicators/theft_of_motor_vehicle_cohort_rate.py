from datetime import date

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure, OffenceIn, OutcomeIn

INDICATOR = Indicator(
    slug="theft-of-motor-vehicle-cohort-rate",
    title="Theft of motor vehicle: share of the month's crimes with a prosecution possible outcome by now",
    row="Cohort outcome rate",
    why="The flow rate mixes old crimes with new; this one follows the same crimes to their end.",
    how="Crimes recorded in the month whose live outcome is now in the set prosecution possible, over crimes recorded in the month. Recent months look low until their investigations finish. Only offences of the group theft of motor vehicle.",
    owner="Head of crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 4, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 5.2.3 and table 1",
        "Home Office crime outcomes framework",
    ),
    better=Better.HIGHER,
    numerator=Measure(
        "cohort",
        (
            OutcomeIn("prosecution-possible"),
            OffenceIn("theft-of-motor-vehicle"),
        ),
    ),
    denominator=Measure("recorded", (OffenceIn("theft-of-motor-vehicle"),)),
    related=("theft-of-motor-vehicle-outcome-rate",),
    finished="theft-of-motor-vehicle-finished",
    compared=False,
)
