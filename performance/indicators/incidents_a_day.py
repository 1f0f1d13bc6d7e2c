from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="incidents-a-day",
    title="Incidents recorded a day",
    row="Incidents a day",
    why="Months differ in length; a daily mean lets February stand beside January.",
    how="Incidents opened in the month divided by the days of the month.",
    owner="Head of the force control room",
    checked_by="Control room performance analyst",
    next_review=date(2027, 6, 1),
    sources=("Board paper of 16 March 2021, paragraph 4.2",),
    numerator=Measure("incident"),
    per_day=True,
)
