from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure, OffenceIn

INDICATOR = Indicator(
    slug="dwelling-burglary-satisfaction",
    title="Dwelling burglary: victim satisfaction (whole experience)",
    row="Victim satisfaction (whole experience)",
    why="Victims of burglary need to feel safe in their home again.",
    how="Positive answers (at least fairly satisfied) over all answers to the question in the month that they were given. Only victims of the offences of the group dwelling burglary: an answer carries the offence but no dwelling mark.",
    owner="Head of victim and witness services",
    checked_by="Survey manager",
    next_review=date(2027, 6, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 5.1.5 and table 1",
        "Force victim satisfaction survey",
    ),
    better=Better.HIGHER,
    numerator=Measure(
        "survey",
        (
            Q(survey="victim"),
            Q(question="whole-experience"),
            OffenceIn("dwelling-burglary", codes_alone=True),
            Q(is_positive=True),
        ),
    ),
    denominator=Measure(
        "survey",
        (
            Q(survey="victim"),
            Q(question="whole-experience"),
            OffenceIn("dwelling-burglary", codes_alone=True),
        ),
    ),
)
