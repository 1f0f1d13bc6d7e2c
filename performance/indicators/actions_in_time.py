from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="actions-in-time",
    title="Actions done in time",
    row="Actions in time",
    why="An action that comes too late lets the next offence happen.",
    how="Of the actions done in the month, the share done by their due time. By the time they were done and the area they were raised for. Cancelled actions are not counted; those that wait are not counted until they are done, so read it beside the list of what is overdue.",
    owner="Head of acquisitive crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 5.1.10",),
    better=Better.HIGHER,
    numerator=Measure("action-done", (Q(is_in_time=True),)),
    denominator=Measure("action-done"),
)
