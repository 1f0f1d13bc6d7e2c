from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="planning-answered-in-time",
    title="Planning applications answered in time",
    row="Answered in time",
    why="After the day on which it is due, an authority may decide without the answer.",
    how="Planning applications answered by the day on which the answer was due, over all answered in the month.",
    owner="Head of crime prevention",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 5.1.9",),
    better=Better.HIGHER,
    numerator=Measure("planning-answered", (Q(in_time=True),)),
    denominator=Measure("planning-answered"),
)
