from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="charged-in-custody",
    title="Charged in custody",
    row="Charged in custody",
    why="A charge while the person is still in custody keeps victims safe and the case alive. Release to come back loses both time and people.",
    how="Detentions that ended in the month with a charge, bailed to court or remanded, over all detentions that ended in the month. Bail before charge ends a detention until the person returns, and then it counts once, at its last end.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 5", "PACE 1984, sections 37 and 38"),
    better=Better.HIGHER,
    numerator=Measure("detention", (Q(result__in=["charged-bailed", "charged-remanded"]),)),
    denominator=Measure("detention"),
)
