from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="all-crime-finished",
    title="All crime: share of the month's crimes with any outcome by now",
    row="Crimes with any outcome by now",
    why="A cohort rate can be read only when most of its crimes have come to an end.",
    how="Crimes recorded in the month that have any live outcome now, over crimes recorded in the month.",
    owner="Head of crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 4, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 4.8 and table 1",
        "Home Office crime outcomes framework",
    ),
    numerator=Measure("cohort"),
    denominator=Measure("recorded"),
    compared=False,
)
