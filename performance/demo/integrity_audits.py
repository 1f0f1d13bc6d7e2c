"""Record file `integrity-audits`: each quarter's look at incidents that needed a crime."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import polars as pl

from performance.demo import shares
from performance.demo.draws import MONTHS, generator

SUBJECTS = {
    "Incidents closed without a crime": (110, 0.42, 0.93),
    "Crimes with a victim who could not be traced": (60, 0.70, 0.88),
}  # incidents looked at, share that needed a crime, share of those that had one
FINDING = "Crimes not raised where the victim's details were incomplete."
ACTION = "Officers reminded: raise the crime if it is believed to have happened, whatever is known."


def frames(until: date, scale: int = 1) -> Iterator[pl.DataFrame]:
    del scale  # only crimes are multiplied
    return (_frame(month) for month in MONTHS if month <= until and month.month % 3 == 1)


def _frame(month: date) -> pl.DataFrame:
    rng = generator("integrity-audits", month)
    rows = []
    for district in shares.DISTRICTS:
        for number, (subject, (size, needed, raised)) in enumerate(SUBJECTS.items(), start=1):
            required = int(rng.binomial(size, needed))
            recorded = int(rng.binomial(required, raised))
            short = recorded < required * 0.9
            rows.append({
                "audit_ref": f"IA-{month:%y%m}-{district}-{number}",
                "audited_on": month.replace(day=20),
                "subject": subject,
                "district": district,
                "incidents_audited": size,
                "crimes_required": required,
                "crimes_recorded": recorded,
                "finding": FINDING if short else None,
                "action": ACTION if short else None,
            })  # fmt: skip
    return pl.DataFrame(rows)
