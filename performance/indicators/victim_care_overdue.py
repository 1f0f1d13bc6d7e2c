from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="victim-care-overdue",
    title="Victim care contracts overdue",
    row="Victim care contracts overdue",
    why="A victim care contract is a promise to keep in touch; overdue, it is broken.",
    how="Contracts live on the last day of the month that were due before it with no contact by then, over all live on that day. Of the running month: as things stand for its last day.",
    owner="Head of victim and witness services",
    checked_by="Survey manager",
    next_review=date(2027, 6, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 4.9",
        "Code of Practice for Victims of Crime",
    ),
    better=Better.LOWER,
    numerator=Measure("victim-care", (Q(is_overdue=True),)),
    denominator=Measure("victim-care"),
    snapshot=True,
)
