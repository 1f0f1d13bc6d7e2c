from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="victim-satisfaction",
    title="Victim satisfaction (whole experience)",
    row="Victim satisfaction (whole experience)",
    why="Victims who are satisfied report again and support prosecutions.",
    how="Positive answers (at least fairly satisfied) over all answers to the question in the month that they were given.",
    owner="Head of victim and witness services",
    checked_by="Survey manager",
    next_review=date(2027, 6, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 6.2.1 and table 2",
        "Force victim satisfaction survey",
    ),
    better=Better.HIGHER,
    numerator=Measure(
        "survey",
        (
            Q(survey="victim"),
            Q(question="whole-experience"),
            Q(is_positive=True),
        ),
    ),
    denominator=Measure(
        "survey",
        (
            Q(survey="victim"),
            Q(question="whole-experience"),
        ),
    ),
)
