from datetime import date

from django.db.models import Q

from offenders.models.disposal import Tier
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="disposals-informal",
    title="Disposals: informal",
    row="Informal",
    why="A quick answer to a first or minor offence, with the victim heard. Many for one person say that a higher rung is due.",
    how="Community resolutions and cannabis or khat warnings. By the day they were given and the district of their first crime. One that was declined or withdrawn does not count.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 3.5", "Home Office outcomes framework"),
    numerator=Measure("disposal", (Q(tier=Tier.INFORMAL),)),
)
