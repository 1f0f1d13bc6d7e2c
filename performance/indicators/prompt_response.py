from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="prompt-response",
    title="Prompt grade incidents: median time to respond",
    row="Prompt grade incidents: median time to respond",
    why="A prompt grade promises a caller that an officer comes soon; a long wait costs evidence and trust.",
    how="The median of the time from opening to first arrival, over exact seconds, shown in whole minutes rounded half up. Incidents of prompt grade. Incidents with no arrival, or with an arrival later than 48 hours after opening, are left out: an arrival so late is a slip of the record or an appointment.",
    owner="Head of the force control room",
    checked_by="Control room performance analyst",
    next_review=date(2027, 6, 1),
    sources=("Board paper of 16 March 2021, paragraph 4.3 and table 2",),
    better=Better.LOWER,
    median=Measure("response", (Q(grade="prompt"),)),
)
