from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="operation-charges",
    title="Charges in operations",
    row="Charges",
    why="A charge says that the evidence of an operation holds.",
    how="Arrests that are linked to an operation and whose detention ended with a charge, by the day it ended and the district of the arrest.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, paragraphs 5.2.4 to 5.2.7",),
    numerator=Measure("operation-charge"),
)
