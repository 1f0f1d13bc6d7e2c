from datetime import date

from django.db.models import Q

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="dwelling-burglary-incidents",
    title="Dwelling burglary incidents",
    row="Incidents",
    why="Incidents come before crimes: they show a change first.",
    how="Incidents opened in the month whose category is burglary dwelling. An incident is not a crime: the two series differ.",
    owner="Head of the force control room",
    checked_by="Control room performance analyst",
    next_review=date(2027, 6, 1),
    sources=("Board paper of 16 March 2021, paragraph 5.1.1",),
    numerator=Measure("incident", (Q(category="burglary-dwelling"),)),
)
