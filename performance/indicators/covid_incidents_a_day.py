from datetime import date

from django.db.models import Q

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="covid-incidents-a-day",
    title="Covid-19 breach reports a day",
    row="Covid-19 breach reports a day",
    why="In the pandemic a part of demand was reports of broken restrictions; other demand is seen only without them.",
    how="Incidents opened in the month and marked as a Covid-19 breach report, divided by the days of the month.",
    owner="Head of the force control room",
    checked_by="Control room performance analyst",
    next_review=date(2027, 6, 1),
    sources=("Board paper of 16 March 2021, paragraph 4.2",),
    numerator=Measure("incident", (Q(is_covid=True),)),
    per_day=True,
)
