from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="dwelling-burglary-prompt-response",
    title="Dwelling burglary, prompt grade: median time to attend",
    row="Prompt grade: median time to attend",
    why="Early attendance saves footmarks, fingerprints and the trust of the household.",
    how="The median of the time from opening to first arrival, over exact seconds, shown in whole minutes rounded half up. Incidents of prompt grade whose category is burglary dwelling. Incidents with no arrival, or with an arrival later than 48 hours after opening, are left out: an arrival so late is a slip of the record or an appointment.",
    owner="Head of the force control room",
    checked_by="Control room performance analyst",
    next_review=date(2027, 6, 1),
    sources=("Board paper of 16 March 2021, paragraph 5.1.2",),
    better=Better.LOWER,
    median=Measure(
        "response",
        (
            Q(grade="prompt"),
            Q(category="burglary-dwelling"),
        ),
    ),
)
