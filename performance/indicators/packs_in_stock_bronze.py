from datetime import date

from django.db.models import Q

from performance.measures import Indicator, Measure

INDICATOR = Indicator(
    slug="packs-in-stock-bronze",
    title="Bronze packs in stock",
    row="Bronze in stock",
    why="A pack in the store protects nobody, and an empty store can give nothing.",
    how="Every entry of the ledger up to the last day of the month, in less out, for the whole force. Of the running month: as things stand for its last day.",
    owner="Head of crime prevention",
    checked_by="Force performance analyst",
    next_review=date(2027, 9, 1),
    sources=("Board paper of 16 March 2021, section 5.1.8",),
    numerator=Measure("pack-stock", (Q(level="bronze"),)),
    snapshot=True,
)
