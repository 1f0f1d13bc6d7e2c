from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="operation-arrests",
    title="Arrests in operations",
    row="Arrests",
    why="Arrests are the first thing that an operation shows for its work. Charges and convictions say what they were worth.",
    how="Arrests that are linked to an operation, by the day of the arrest and its district. An arrest belongs to one operation, and counts once for its family.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, paragraphs 5.2.4 to 5.2.7",),
    numerator=Measure("operation-arrest"),
)
