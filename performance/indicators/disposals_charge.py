from datetime import date

from django.db.models import Q

from offenders.models.disposal import Tier
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="disposals-charge",
    title="Disposals: charge",
    row="Charges",
    why="The highest rung: the offender answers to a court.",
    how="Charges, postal requisitions and summonses. By the day they were given and the district of their first crime. One that was declined or withdrawn does not count. A charge may answer for several crimes and counts once.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=(
        "Board paper of 16 March 2021, section 3.5",
        "Director's Guidance on Charging, sixth edition",
    ),
    numerator=Measure("disposal", (Q(tier=Tier.CHARGE),)),
)
