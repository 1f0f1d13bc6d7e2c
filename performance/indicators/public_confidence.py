from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="public-confidence",
    title="Public confidence (dealing with local concerns)",
    row="Public confidence (dealing with local concerns)",
    why="People who trust the police tell them what they know.",
    how="Respondents who agree that the force deals with the things that matter in their community, over all who answered in the month.",
    owner="Head of communications",
    checked_by="Survey manager",
    next_review=date(2027, 6, 1),
    sources=(
        "Board paper of 16 March 2021, paragraph 6.1.1 and table 2",
        "Force public survey",
    ),
    better=Better.HIGHER,
    numerator=Measure(
        "survey",
        (
            Q(survey="public"),
            Q(question="dealing-with-local-concerns"),
            Q(is_positive=True),
        ),
    ),
    denominator=Measure(
        "survey",
        (
            Q(survey="public"),
            Q(question="dealing-with-local-concerns"),
        ),
    ),
)
