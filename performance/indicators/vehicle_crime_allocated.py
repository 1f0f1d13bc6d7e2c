from datetime import date

from django.db.models import Q

from performance.measures import Indicator, Measure, OffenceIn

INDICATOR = Indicator(
    slug="vehicle-crime-allocated",
    title="Vehicle crime: share allocated to an investigator",
    row="Allocated to an investigator",
    why="Crimes filed at first contact rarely end in an outcome, so the share explains differences between areas.",
    how="Crimes of the group vehicle crime recorded in the month and allocated to an investigator, over those recorded in the month for which the decision is known.",
    owner="Head of crime",
    checked_by="Force performance analyst",
    next_review=date(2027, 4, 1),
    sources=("Board paper of 16 March 2021, paragraph 5.2.2",),
    numerator=Measure(
        "recorded",
        (
            OffenceIn("vehicle-crime"),
            Q(is_allocated=True),
        ),
    ),
    denominator=Measure(
        "recorded",
        (
            OffenceIn("vehicle-crime"),
            Q(is_allocated__isnull=False),
        ),
    ),
)
