from datetime import date

from django.db.models import Q

from performance.comparisons.rules import Better
from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="packs-given-bronze",
    title="Bronze packs given",
    row="Bronze packs given",
    why="Bronze packs are for every home that asks: they only work once they are out of the store.",
    how="Packs that left a stock for a partner or an address, less those that came back, by the day of the entry and the district they went to. Entries that were withdrawn do not count.",
    owner="Head of crime prevention",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 5.1.8",),
    better=Better.HIGHER,
    numerator=Measure("packs-given", (Q(level="bronze"),)),
)
