from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="prompt-domestic-response",
    title="Prompt grade domestic incidents: median time to respond",
    row="Prompt grade domestic incidents: median time to respond",
    why="Victims of domestic abuse who wait may come to further harm or withdraw their support.",
    how="The median of the time from opening to first arrival, over exact seconds, shown in whole minutes rounded half up. Incidents of prompt grade marked as domestic. Incidents with no arrival, or with an arrival later than 48 hours after opening, are left out: an arrival so late is a slip of the record or an appointment.",
    owner="Head of the force control room",
    checked_by="Control room performance analyst",
    next_review=date(2027, 6, 1),
    sources=("Board paper of 16 March 2021, paragraph 4.3",),
    better=Better.LOWER,
    median=Measure(
        "response",
        (
            Q(grade="prompt"),
            Q(is_domestic=True),
        ),
    ),
)
