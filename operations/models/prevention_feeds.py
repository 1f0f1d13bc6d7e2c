"""How packs, assessments of homes and planning answers are counted."""

from django.db.models import Q

from core.changes import Feed, dated

# Packs that left a stock for good: given, less those that came back, by the day of the entry.
PACKS_GIVEN = Feed(
    name="packs-given",
    model="operations.PackMovement",
    month="moved_month",
    unit="district",
    dims=("level",),
    where=Q(kind__in=["given", "returned"], withdrawn_at__isnull=True),
    weight="given",
)
# Every entry, for what is in stock at a month's end; stocks are the force's own.
PACK_STOCK = Feed(
    name="pack-stock",
    model="operations.PackMovement",
    month="moved_on",
    dims=("level", "moved_on", "change"),
    weight="change",
    marks=True,
)
ASSESSED = Feed(
    name="home-assessed",
    model="operations.Assessment",
    month="assessed_month",
    unit="district",
    dims=("is_first_gold",),
)
PLANNING_ANSWERED = dated(
    "planning-answered",
    "operations.PlanningApplication",
    "answered_month",
    "district",
    dims=("in_time",),
)

FEEDS = (PACKS_GIVEN, PACK_STOCK, ASSESSED, PLANNING_ANSWERED)
