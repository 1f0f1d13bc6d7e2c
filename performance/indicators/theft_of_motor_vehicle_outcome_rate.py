from datetime import date

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure, OffenceIn, OutcomeIn

INDICATOR = Indicator(
    slug="theft-of-motor-vehicle-outcome-rate",
    title="Theft of motor vehicle: prosecution possible outcome rate",
    row="Prosecution possible outcome rate",
    why="How often the force brings an offender to justice, by a charge or by a formal or informal sanction.",
    how="Live outcomes of the set prosecution possible recorded in the month, whenever the crime was recorded, over crimes recorded in the month. In a small month the rate can exceed 100%. Only offences of the group theft of motor vehicle.",
    owner="Head of crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 4, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 5.2.3 and table 1",
        "Home Office crime outcomes framework",
    ),
    better=Better.HIGHER,
    numerator=Measure(
        "outcome",
        (
            OutcomeIn("prosecution-possible"),
            OffenceIn("theft-of-motor-vehicle"),
        ),
    ),
    denominator=Measure("recorded", (OffenceIn("theft-of-motor-vehicle"),)),
    cohort="theft-of-motor-vehicle-cohort-rate",
)
