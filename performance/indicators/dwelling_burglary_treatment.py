from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure, OffenceIn

INDICATOR = Indicator(
    slug="dwelling-burglary-treatment",
    title="Dwelling burglary: victim satisfaction with treatment",
    row="Victim satisfaction: treatment",
    why="How a victim is treated weighs as much as the result.",
    how="Positive answers (at least fairly satisfied) over all answers to the question in the month that they were given. Only victims of the offences of the group dwelling burglary: an answer carries the offence but no dwelling mark.",
    owner="Head of victim and witness services",
    checked_by="Survey manager",
    next_review=date(2027, 6, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 5.1.5",
        "Force victim satisfaction survey",
    ),
    better=Better.HIGHER,
    numerator=Measure(
        "survey",
        (
            Q(survey="victim"),
            Q(question="treatment"),
            OffenceIn("dwelling-burglary", codes_alone=True),
            Q(is_positive=True),
        ),
    ),
    denominator=Measure(
        "survey",
        (
            Q(survey="victim"),
            Q(question="treatment"),
            OffenceIn("dwelling-burglary", codes_alone=True),
        ),
    ),
)
