from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="calls-999-answered",
    title="999 calls answered within 10 seconds",
    row="999 calls answered within 10 seconds",
    why="In an emergency every second counts.",
    how="999 calls answered within 10 seconds of being offered, over all 999 calls offered in the month; an abandoned call counts as not answered.",
    owner="Head of the force control room",
    checked_by="Control room performance analyst",
    next_review=date(2027, 6, 1),
    sources=(
        "Board paper of 16 March 2021, table 2",
        "National Contact Management Strategy: 999 calls within 10 seconds",
    ),
    better=Better.HIGHER,
    numerator=Measure(
        "call",
        (
            Q(line="999"),
            Q(wait="within-10"),
        ),
    ),
    denominator=Measure("call", (Q(line="999"),)),
)
