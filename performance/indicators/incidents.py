from datetime import date

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="incidents",
    title="Incidents recorded",
    row="Incidents",
    why="Incidents are the demand that the force meets. Without them a change in response times or outcomes cannot be read.",
    how="The number of incidents opened in the month, of every grade and category.",
    owner="Head of the force control room",
    checked_by="Control room performance analyst",
    next_review=date(2027, 6, 1),
    sources=("Board paper of 16 March 2021, paragraph 4.2",),
    numerator=Measure("incident"),
)
