"""Burglaries enough for a board, and its file as rows."""

import csv
import io
from datetime import UTC, date, datetime
from typing import Any

from core.dates import add_months
from offenders.models import Crime
from performance.services.figures import fold_changes
from tests.factories.crimes import CrimeFactory
from tests.factories.outcomes import OutcomeFactory


def burglaries(number: int, month: date, **changes: Any) -> list[Crime]:
    """Dwelling burglaries recorded in the month, in the figures."""
    recorded_at = datetime(month.year, month.month, 15, 12, tzinfo=UTC)
    crimes = CrimeFactory.create_batch(number, recorded_at=recorded_at, **changes)
    fold_changes()
    return crimes


def record_history() -> None:
    """Fourteen months to January 2021: enough for a comparison with one year, not with three."""
    january = date(2021, 1, 1)
    for back in range(1, 14):
        burglaries(4, add_months(january, -back))
    first, _ = burglaries(2, january)
    OutcomeFactory(crime=first)
    fold_changes()


def rows_of(response: Any) -> dict[tuple[str, str], dict[str, str]]:
    """Rows of a board's CSV by group and indicator."""
    rows = csv.DictReader(io.StringIO(response.text))
    return {(row["group"], row["indicator"]): row for row in rows}
