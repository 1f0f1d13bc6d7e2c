from datetime import date

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="scans-finished",
    title="Daily scans finished",
    row="Scans finished",
    why="The scan is where a repeat, a series or somebody on bail is noticed the next morning.",
    how="Scans of an area that were finished in the month, each with every row looked at. A second scan of one day counts too.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 5.1.10",),
    better=Better.HIGHER,
    numerator=Measure("scan-finished"),
)
