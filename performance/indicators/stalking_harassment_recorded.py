from datetime import date

from performance.measures import Indicator, Measure, OffenceIn

INDICATOR = Indicator(
    slug="stalking-harassment-recorded",
    title="Stalking and harassment: recorded crime",
    row="Stalking and harassment",
    why="Stalking and harassment are often a pattern that escalates; a rise may be more harm or better recording.",
    how="Crimes of the group stalking and harassment recorded in the month that are not cancelled.",
    owner="Force crime registrar",
    checked_by="Force performance analyst",
    next_review=date(2027, 4, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 4.5",
        "Home Office Counting Rules",
    ),
    numerator=Measure("recorded", (OffenceIn("stalking-and-harassment"),)),
)
