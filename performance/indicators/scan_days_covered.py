from datetime import date

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="scan-days-covered",
    title="Days with a finished daily scan",
    row="Days scanned",
    why="A day without a scan is a day on which nobody looked at all that was reported.",
    how="Days of the month on which an area finished its scan, each day once. The force has two areas, so a month of 31 days without a gap is 62 for the force and 31 for an area.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 5.1.10",),
    better=Better.HIGHER,
    numerator=Measure("scan-day"),
)
