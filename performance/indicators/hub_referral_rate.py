from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="hub-referral-rate",
    title="Victim and Witness Hub referral rate",
    row="Victim and Witness Hub referral rate",
    why="The Hub helps victims to cope and recover, but only those who are referred.",
    how="Crimes referred to the Victim and Witness Hub in the month, whenever they were recorded, over crimes with a victim recorded in the month.",
    owner="Head of victim and witness services",
    checked_by="Survey manager",
    next_review=date(2027, 6, 1),
    sources=("Board paper of 16 March 2021, table 2",),
    better=Better.HIGHER,
    numerator=Measure("referred"),
    denominator=Measure("recorded", (Q(has_victim=True),)),
)
