from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="tags-fitted",
    title="Tags fitted",
    row="Fitted",
    why="A tag that lies in the store stops nobody. Its number, beside the waiting list, is the evidence for a bid for more.",
    how="Tags that were fitted in the month, by the time of the fitting and the area of the wearer, whatever the legal basis. One that is taken off and fitted again counts again.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, paragraph 5.1.7",),
    numerator=Measure("tag-fitted"),
)
