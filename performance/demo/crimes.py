"""Record file `crimes`."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from performance.demo import shares
from performance.demo.draws import Times, generator, utc
from performance.demo.recorded import OFFENCES, VICTIM, Recorded, positions, recorded_months

CODES = pl.Series([offence.code for offence in OFFENCES])
DISTRICTS = pl.Series(shares.DISTRICTS)
DEPARTMENTS = pl.Series(shares.DEPARTMENTS)
DWELLING = pl.Series([offence.dwelling for offence in OFFENCES], dtype=pl.Boolean)
# hours between the offence and its recording, about: most are told at once, thefts are found later
DELAY = np.array([4.0 if VICTIM[at] else 0.5 for at in range(len(OFFENCES))])

UNSEEN = 0.4  # share of crimes that happened at some time within a span


def frames(until: date, scale: int = 1) -> Iterator[pl.DataFrame]:
    return (_frame(crimes) for crimes in recorded_months(until, scale))


def _frame(crimes: Recorded) -> pl.DataFrame:
    latitude, longitude = positions(crimes)
    occurred_from, occurred_to = _occurred(crimes)
    return pl.DataFrame(
        {
            "crime_ref": crimes.references(),
            "recorded_at": crimes.recorded_at,
            "occurred_from": occurred_from,
            "occurred_to": occurred_to,
            "offence_code": CODES.gather(crimes.offence),
            "dwelling": DWELLING.gather(crimes.offence),
            "district": DISTRICTS.gather(crimes.district),
            "latitude": latitude,
            "longitude": longitude,
            "allocated": crimes.allocated,
            "cancelled_at": crimes.cancelled_at,
            "department": DEPARTMENTS.gather(crimes.department),
            "has_victim": VICTIM[crimes.offence],
            "victim_ref": _victims(crimes),
        }
    ).with_columns(
        *(utc(name) for name in ("recorded_at", "occurred_from", "occurred_to", "cancelled_at"))
    )


def _victims(crimes: Recorded) -> pl.Series:
    """Keys of invented victims; about one in six has another crime within a year."""
    drawn = generator("victims", crimes.month).integers(100_000, 500_000, len(crimes.offence))
    keys = pl.Series([f"V{number}" for number in drawn])
    return keys.zip_with(pl.Series(VICTIM[crimes.offence]), pl.Series([""] * len(keys)))


def _occurred(crimes: Recorded) -> tuple[Times, Times]:
    """First and last time at which it can have happened; both before the recording."""
    rng = generator("occurred", crimes.month)
    size = len(crimes.offence)
    found = rng.exponential(DELAY[crimes.offence] * 3_600, size) + 300
    lasted = rng.exponential(2 * 3_600, size) * (rng.random(size) < UNSEEN)
    last = crimes.recorded_at - found.astype("timedelta64[s]")
    return last - lasted.astype("timedelta64[s]"), last
