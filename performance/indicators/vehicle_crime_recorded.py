from datetime import date

from performance.measures import Indicator, Measure, OffenceIn

INDICATOR = Indicator(
    slug="vehicle-crime-recorded",
    title="Vehicle crime: recorded crime",
    row="Recorded crime",
    why="Theft of and from vehicles together, since the same people do both.",
    how="Crimes of the group vehicle crime (theft of and theft from vehicles) recorded in the month that are not cancelled.",
    owner="Force crime registrar",
    checked_by="Force performance analyst",
    next_review=date(2027, 4, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 5.2.1",
        "Home Office Counting Rules",
    ),
    numerator=Measure("recorded", (OffenceIn("vehicle-crime"),)),
)
