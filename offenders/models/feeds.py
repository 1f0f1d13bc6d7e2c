"""How crimes are counted: by the dates of recording, of the live outcome, and of referral."""

from django.db.models import Q

from core.changes import Feed

COUNTED = Q(cancelled_at__isnull=True)

RECORDED = Feed(
    name="recorded",
    model="offenders.Crime",
    month="recorded_month",
    unit="district",
    dims=("offence", "is_dwelling", "has_victim", "is_allocated"),
    where=COUNTED,
)
# What became of the crimes of a month, by now.
COHORT = Feed(
    name="cohort",
    model="offenders.Crime",
    month="recorded_month",
    unit="district",
    dims=("offence", "is_dwelling", "outcome"),
    where=COUNTED & Q(outcome__isnull=False),
)
OUTCOME = Feed(
    name="outcome",
    model="offenders.Crime",
    month="outcome_month",
    unit="district",
    dims=("offence", "is_dwelling", "outcome"),
    where=COUNTED & Q(outcome_month__isnull=False),
)
REFERRED = Feed(
    name="referred",
    model="offenders.Crime",
    month="referred_month",
    unit="district",
    where=COUNTED & Q(referred_month__isnull=False),
)

CRIMES = (RECORDED, COHORT, OUTCOME, REFERRED)

ARREST = Feed(name="arrest", model="offenders.Arrest", month="arrested_month", unit="district")
# Detentions by the month they ended in; one whose person came back from bail counts once, at last.
DETENTION = Feed(
    name="detention",
    model="offenders.Detention",
    month="ended_month",
    unit="district",
    dims=("result",),
    where=Q(ended_month__isnull=False),
)
HOURS = Feed(
    name="custody-hours",
    model="offenders.Detention",
    month="ended_month",
    unit="district",
    where=Q(ended_month__isnull=False),
    weight="hours_used",
)

# A member of a cohort has one review open at any time, so the open ones are the members.
COHORT_REVIEW = Feed(
    name="cohort-review",
    model="offenders.CohortReview",
    month="opened_on",
    unit="unit",
    dims=("opened_on", "due_on", "done_on"),
    until="done_on",
    marks=True,
)
# How far they reach.
COHORT_REVIEWS_OPENED = Feed(
    name="cohort-opened", model="offenders.CohortReview", month="opened_on", unit="unit"
)

# By the day they were given; what was taken back leaves the figures.
DISPOSAL = Feed(
    name="disposal",
    model="offenders.Disposal",
    month="given_month",
    unit="district",
    dims=("tier",),
    where=Q(given_month__isnull=False) & ~Q(state="withdrawn"),
)

TAG_FITTED = Feed(
    name="tag-fitted",
    model="offenders.TagDeployment",
    month="fitted_month",
    unit="area",
    dims=("basis",),
    where=Q(fitted_month__isnull=False),
)
# Days worn by the month in which the tag came off.
TAG_DAYS = Feed(
    name="tag-days",
    model="offenders.TagDeployment",
    month="ended_month",
    unit="area",
    dims=("basis",),
    where=Q(days_worn__isnull=False),
    weight="days_worn",
)

FEEDS = (
    TAG_FITTED,
    TAG_DAYS,
    *CRIMES,
    ARREST,
    DETENTION,
    HOURS,
    COHORT_REVIEW,
    COHORT_REVIEWS_OPENED,
    DISPOSAL,
)
