"""Record file `referrals`: victims passed to the Victim and Witness Hub."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import numpy as np
import polars as pl

from performance.demo.draws import Ints, end, generator, place
from performance.demo.recorded import VICTIM, Recorded, offence_counts, recorded_months
from performance.demo.totals import crime as totals


def victims(month: date, scale: int = 1) -> int:
    """Crimes of the month that have a victim."""
    return int(offence_counts(month, scale)[VICTIM].sum())


def frames(until: date, scale: int = 1) -> Iterator[pl.DataFrame]:
    for crimes in recorded_months(until, scale):
        if referred := totals.REFERRED[place(crimes.month)] * scale:
            yield _frame(crimes, referred)


def _frame(crimes: Recorded, referred: int) -> pl.DataFrame:
    rng = generator("referrals", crimes.month)
    eligible = np.flatnonzero(VICTIM[crimes.offence] & crimes.standing)
    chosen: Ints = np.sort(rng.choice(eligible, referred, replace=False))
    after = rng.integers(0, 4, referred).astype("timedelta64[D]")
    day = crimes.recorded_at[chosen].astype("datetime64[D]") + after
    last = end(crimes.month).astype("datetime64[D]")
    return pl.DataFrame(
        {"crime_ref": crimes.references()[chosen], "referred_on": np.minimum(day, last)}
    )
