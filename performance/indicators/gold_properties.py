from datetime import date

from django.db.models import Q

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="gold-properties",
    title="Properties identified as gold",
    row="Identified as gold",
    why="Homes that need doors, windows or other works are found by looking at them, and many assessed for silver need gold.",
    how="Properties that an assessment of the month was the first to find in need of gold, by their district. Each counts once: the months up to a day add up to the properties identified by then, whatever was found since.",
    owner="Head of crime prevention",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 5.1.8",),
    numerator=Measure("home-assessed", (Q(is_first_gold=True),)),
)
