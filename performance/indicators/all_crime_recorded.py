from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="all-crime-recorded",
    title="All recorded crime",
    row="All recorded crime",
    why="The volume of crime that the force has recorded, the base of every rate.",
    how="Crimes recorded in the month that are not cancelled, by the date they were recorded. A count has no good direction in itself: more may mean better recording.",
    owner="Force crime registrar",
    checked_by="Force performance analyst",
    next_review=date(2027, 4, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 4.4",
        "Home Office Counting Rules",
    ),
    numerator=Measure("recorded"),
)
