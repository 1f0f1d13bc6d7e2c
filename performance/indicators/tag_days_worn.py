from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="tag-days-worn",
    title="Days that tags were worn",
    row="Days worn",
    why="Fitting is a moment; what a tag does, it does while it is worn.",
    how="Whole days from the fitting to the removal, summed over the tags that came off in the month, by the area of the wearer. Tags that are still worn do not count yet; days of suspension do.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, paragraph 5.1.7",),
    numerator=Measure("tag-days"),
)
