"""The trial of Tread match: six months, its success test first, then scans of those in custody."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import numpy as np

from core.models import User
from offenders.models import Arrest, Crime
from operations.models import FootwearMatch, FootwearScan, Trial, TrialLook
from performance.demo.draws import SEED

FIRST, LAST = date(2020, 12, 1), date(2021, 5, 31)
WRITTEN = datetime(2020, 11, 20, 15, tzinfo=UTC)
LOOKED = datetime(2021, 1, 29, 11, tzinfo=UTC)
TO_SCAN = timedelta(hours=2)
PATTERNS = ("bars and circles", "herringbone", "chevrons", "hexagons", "waves")
BURGLARY = ("28E", "28F")
CANDIDATE = 2  # one scan in so many has a scene that may match
DECIDED = ("qualified", "rejected", "qualified", "candidate")
REASONS = {
    "qualified": "Same size, and the same wear at the heel.",
    "rejected": "The pattern is alike, but it is two sizes larger.",
}
CAME_OF = ("interview", "charge")


def tread_match(by: User) -> int:
    """How many scans."""
    rng = np.random.default_rng([SEED, 6])
    trial = Trial.objects.create(
        slug="tread-match",
        name="Tread match",
        purpose="A digital scanner of footwear in the custody blocks, set against marks at scenes.",
        starts_on=FIRST,
        ends_on=LAST,
        test="Within the six months at least five matches are qualified that nothing else had"
        " pointed to, and at least two of them lead to a charge.",
        test_written_at=WRITTEN,
        test_written_by=by,
    )
    arrests = Arrest.objects.filter(arrested_at__date__range=(FIRST, LAST)).order_by("pk")
    scans = FootwearScan.objects.bulk_create(
        FootwearScan(
            arrest=one,
            trial=trial,
            scanned_at=one.arrested_at + TO_SCAN,
            district_id=one.district_id,
            pattern=PATTERNS[int(rng.integers(0, len(PATTERNS)))],
            by_id=one.arresting_officer_id,
        )
        for one in arrests.filter(arrested_at__lt=LOOKED)
    )
    _matches(scans[::CANDIDATE])
    TrialLook.objects.create(trial=trial, at=LOOKED, by=by)
    return len(scans)


def _matches(scans: Sequence[FootwearScan]) -> None:
    """Each with a burglary of the weeks before in the same district."""
    rows, used = [], set[str]()
    for place, scan in enumerate(scans):
        found = Crime.objects.filter(
            offence__in=BURGLARY, district=scan.district_id, cancelled_at=None,
            recorded_at__lt=scan.scanned_at,
        )  # fmt: skip
        crime = found.exclude(pk__in=used).order_by("-recorded_at", "pk").first()
        if crime:
            used.add(crime.pk)
            rows.append(_match(scan, crime, place))
    FootwearMatch.objects.bulk_create(rows)


def _match(scan: FootwearScan, crime: Crime, place: int) -> FootwearMatch:
    found = scan.scanned_at + timedelta(minutes=20)
    match = FootwearMatch(
        scan=scan,
        crime=crime,
        found_at=found,
        found_by_id=scan.by_id,
        district_id=crime.district_id,
    )
    state = DECIDED[place % len(DECIDED)]
    if state in REASONS:
        match.state, match.reason = state, REASONS[state]
        match.decided_at, match.decided_by_id = found + timedelta(hours=30), scan.by_id
    if state == "qualified":
        match.came_of = CAME_OF[place // 2 % len(CAME_OF)]
        match.came_of_on = (found + timedelta(days=2)).date()
    return match
