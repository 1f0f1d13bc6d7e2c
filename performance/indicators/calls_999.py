from datetime import date

from django.db.models import Q

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="calls-999",
    title="999 calls offered",
    row="999 calls",
    why="The volume of emergency calls drives how fast they can be answered.",
    how="Calls offered on the 999 line in the month, abandoned calls included.",
    owner="Head of the force control room",
    checked_by="Control room performance analyst",
    next_review=date(2027, 6, 1),
    sources=("Board paper of 16 March 2021, paragraph 4.1",),
    numerator=Measure("call", (Q(line="999"),)),
)
