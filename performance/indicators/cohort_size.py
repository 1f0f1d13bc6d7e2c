from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="cohort-size",
    title="Nominals in a cohort",
    row="In a cohort",
    why="A cohort that only grows is not managed: people leave it when their risk has come down.",
    how="Nominals who were accepted to a cohort, Op Aware or another, and had not left it by the last day of the month; those who are in custody count. Of the running month: as things stand for its last day.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 5",),
    numerator=Measure("cohort-review"),
    snapshot=True,
)
