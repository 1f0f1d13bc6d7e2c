from datetime import date

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="crime-data-integrity",
    title="Crime data integrity: required crimes that were recorded",
    row="Crime data integrity",
    why="Every figure here stands on crimes being recorded when they should be.",
    how="Crimes recorded over crimes that should have been recorded, in the audits dated in the month.",
    owner="Force crime registrar",
    checked_by="Force performance analyst",
    next_review=date(2027, 4, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 4.10",
        "National Crime Recording Standard",
    ),
    better=Better.HIGHER,
    numerator=Measure("integrity-recorded"),
    denominator=Measure("integrity-required"),
)
