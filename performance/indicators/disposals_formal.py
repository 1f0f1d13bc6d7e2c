from datetime import date

from django.db.models import Q

from offenders.models.disposal import Tier
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="disposals-formal",
    title="Disposals: formal, out of court",
    row="Formal, out of court",
    why="A sanction on record without a court. Conditions can stop the next offence sooner than a sentence.",
    how="Penalty notices and cautions of adults and young people. By the day they were given and the district of their first crime. One that was declined or withdrawn does not count.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 3.5", "Criminal Justice Act 2003, Part 3"),
    numerator=Measure("disposal", (Q(tier=Tier.FORMAL),)),
)
