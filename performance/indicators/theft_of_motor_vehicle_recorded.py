from datetime import date

from performance.measures import Indicator, Measure, OffenceIn

INDICATOR = Indicator(
    slug="theft-of-motor-vehicle-recorded",
    title="Theft of motor vehicle: recorded crime",
    row="Recorded crime",
    why="Stolen vehicles feed organised crime and take from people the means to work.",
    how="Crimes of the group theft of motor vehicle recorded in the month that are not cancelled.",
    owner="Force crime registrar",
    checked_by="Force performance analyst",
    next_review=date(2027, 4, 1),
    sources=(
        "Board paper of 16 March 2021, table 1",
        "Home Office Counting Rules",
    ),
    numerator=Measure("recorded", (OffenceIn("theft-of-motor-vehicle"),)),
)
