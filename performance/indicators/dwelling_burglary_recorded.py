from datetime import date

from performance.measures import Indicator, Measure, OffenceIn

INDICATOR = Indicator(
    slug="dwelling-burglary-recorded",
    title="Dwelling burglary: recorded crime",
    row="Recorded crime",
    why="A burglary of a home does lasting harm to the people who live there.",
    how="Crimes of the group dwelling burglary recorded in the month that are not cancelled. From April 2017 to March 2023 the Home Office class takes in sheds and garages: only crimes marked as a dwelling count.",
    owner="Force crime registrar",
    checked_by="Force performance analyst",
    next_review=date(2027, 4, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 5.1.3 and table 1",
        "Home Office Counting Rules",
    ),
    numerator=Measure("recorded", (OffenceIn("dwelling-burglary"),)),
)
