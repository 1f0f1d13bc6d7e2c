from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="crime-has-increased",
    title="Belief that crime and anti-social behaviour have increased",
    row="Believe that crime has increased",
    why="Fear of crime harms lives whether or not crime has risen.",
    how="Respondents who believe that crime and anti-social behaviour have increased in their area, over all who answered in the month.",
    owner="Head of communications",
    checked_by="Survey manager",
    next_review=date(2027, 6, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 6.1.2",
        "Force public survey",
    ),
    better=Better.LOWER,
    numerator=Measure(
        "survey",
        (
            Q(survey="public"),
            Q(question="crime-has-increased"),
            Q(is_positive=True),
        ),
    ),
    denominator=Measure(
        "survey",
        (
            Q(survey="public"),
            Q(question="crime-has-increased"),
        ),
    ),
)
