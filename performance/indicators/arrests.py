from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="arrests",
    title="Arrests",
    row="Arrests",
    why="An arrest is where the work on an offender becomes a case. Its number says how much the team does, not how well.",
    how="Arrests made in the month, by the time of the arrest and the district it was made in. A voluntary attendance is no arrest.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 5", "PACE Code G"),
    numerator=Measure("arrest"),
)
