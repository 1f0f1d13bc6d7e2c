from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="cohort-reviews-overdue",
    title="Cohort reviews overdue",
    row="Reviews overdue",
    why="A member of a cohort whom nobody has looked at is not managed.",
    how="Members of cohorts whose review was due before the last day of the month and not done by it, over all members on that day. Reviews are due by RAG. Of the running month: as things stand for its last day.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 5",),
    better=Better.LOWER,
    numerator=Measure("cohort-review", (Q(is_overdue=True),)),
    denominator=Measure("cohort-review"),
    snapshot=True,
)
