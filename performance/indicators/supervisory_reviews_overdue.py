from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="supervisory-reviews-overdue",
    title="Supervisory reviews overdue",
    row="Supervisory reviews overdue",
    why="A supervisor's review keeps an investigation moving.",
    how="Reviews not done by the last day of the month that were due before it, over all open on that day. Of the running month: as things stand for its last day.",
    owner="Head of local policing",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, paragraph 4.9",),
    better=Better.LOWER,
    numerator=Measure("supervisory-review", (Q(is_overdue=True),)),
    denominator=Measure("supervisory-review"),
    snapshot=True,
)
