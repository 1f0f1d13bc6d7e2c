from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="calls-non-emergency-answered",
    title="Non-emergency calls answered within 30 seconds",
    row="Non-emergency calls answered within 30 seconds",
    why="A caller who gives up may not report at all.",
    how="Non-emergency calls answered within 30 seconds of being offered, over all non-emergency calls offered in the month; an abandoned call counts as not answered.",
    owner="Head of the force control room",
    checked_by="Control room performance analyst",
    next_review=date(2027, 6, 1),
    sources=("Board paper of 16 March 2021, table 2",),
    better=Better.HIGHER,
    numerator=Measure(
        "call",
        (
            Q(line="non-emergency"),
            Q(wait__in=["within-10", "within-30"]),
        ),
    ),
    denominator=Measure("call", (Q(line="non-emergency"),)),
)
