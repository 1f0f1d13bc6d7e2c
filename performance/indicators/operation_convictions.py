from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="operation-convictions",
    title="Convictions in operations",
    row="Convictions",
    why="The end that an operation works for.",
    how="Convictions that are linked to an operation, by their day and the area of the nominal when they were linked.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, paragraphs 5.2.5 and 5.2.7",),
    numerator=Measure("operation-conviction"),
)
