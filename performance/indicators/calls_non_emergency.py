from datetime import date

from django.db.models import Q

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="calls-non-emergency",
    title="Non-emergency calls offered",
    row="Non-emergency calls",
    why="Callers who wait too long for 101 turn to 999.",
    how="Calls offered on the non-emergency line in the month, abandoned calls included.",
    owner="Head of the force control room",
    checked_by="Control room performance analyst",
    next_review=date(2027, 6, 1),
    sources=("Board paper of 16 March 2021, paragraph 4.1",),
    numerator=Measure("call", (Q(line="non-emergency"),)),
)
