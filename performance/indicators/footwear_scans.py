from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="footwear-scans",
    title="Footwear scans",
    row="Footwear scans",
    why="A scanner that nobody uses cannot match anything.",
    how="Scans of footwear in custody, by the day of the scan and the district of the arrest.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, paragraph 5.1.11",),
    numerator=Measure("footwear-scan"),
)
