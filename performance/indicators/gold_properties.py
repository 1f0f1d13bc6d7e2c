from datetime import date

from django.db.models import Q

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="gold-properties",
    title="Properties assessed as gold",
    row="Assessed as gold",
    why="Homes that need doors, windows or other works are found by looking at them, and many assessed for silver need gold.",
    how="Assessments of the month whose result is gold, by the district of the property. One that is assessed as gold twice counts twice.",
    owner="Head of crime prevention",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 5.1.8",),
    numerator=Measure("home-assessed", (Q(result="gold"),)),
)
