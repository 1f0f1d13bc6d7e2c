from datetime import date

from django.db.models import Q

from offenders.models.disposal import Tier
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="disposals-diversion",
    title="Disposals: diversion",
    row="Diversion",
    why="The lowest rung: an activity in place of a sanction. It works on the cause, and keeps the higher rungs for those who come back.",
    how="Diversions (outcome 22) and deferred prosecutions of children (outcome 23). By the day they were given and the district of their first crime. One that was declined or withdrawn does not count.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 3.5", "Home Office outcomes framework"),
    numerator=Measure("disposal", (Q(tier=Tier.DIVERSION),)),
)
