from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="vehicles-recovered",
    title="Vehicles recovered in operations",
    row="Vehicles recovered",
    why="A stolen vehicle that comes back is a loss undone, and a lead to those who took it.",
    how="Vehicles of operations by the day of their recovery and the area that recovered them. A vehicle that two operations share counts once, by its first entry.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, paragraph 5.2.5",),
    numerator=Measure("vehicle-recovered"),
)
