"""Rows that end in a service, one by one: for records that are more than one row of one table."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import DataError, IntegrityError, transaction

from core.imports.kinds import Kind, WriteRow
from core.imports.receipt import Receipt
from core.imports.types import Fault
from core.imports.validation import ROW, errors_in, no_errors
from core.models import User


def write_rows(
    kind: Kind, good: pl.DataFrame, *, by: User | None, dry_run: bool
) -> tuple[Receipt, pl.DataFrame]:
    """In the order of the file, in the caller's transaction. A dry run asks for the same, and takes
    all back."""
    receipt, errors = Receipt(), [no_errors()]
    if kind.write_row is None:
        raise TypeError(f"{kind.slug} has no service for its rows.")
    with transaction.atomic():
        for place, row in enumerate(good.iter_rows(named=True)):
            told = _write(kind.write_row, by, row, receipt)
            one = good[place : place + 1]
            errors += [_error(kind, one, column, problem) for column, problem in told]
        transaction.set_rollback(dry_run)
    found = pl.concat(errors)
    receipt.rejected = found[ROW].n_unique()
    return receipt, found


def _write(
    write_row: WriteRow, by: User | None, row: dict[str, Any], receipt: Receipt
) -> list[tuple[str, str]]:
    """Counts what the row did, or says by column why it cannot be."""
    try:
        with transaction.atomic():
            change = write_row(by, {name: value for name, value in row.items() if name != ROW})
    except ValidationError as refusal:
        return list(_sentences(refusal))
    except (IntegrityError, DataError) as refusal:
        diagnosis = getattr(refusal.__cause__, "diag", None)
        problem = getattr(diagnosis, "message_primary", None) or str(refusal)
        return [("", f"{problem[0].upper()}{problem[1:]}. Correct it.")]
    setattr(receipt, change.value, getattr(receipt, change.value) + 1)
    return []


def _sentences(refusal: ValidationError) -> Iterator[tuple[str, str]]:
    told = refusal.message_dict if hasattr(refusal, "error_dict") else {"": refusal.messages}
    for name, messages in told.items():
        yield from (("" if name == NON_FIELD_ERRORS else name, message) for message in messages)


def _error(kind: Kind, row: pl.DataFrame, column: str, problem: str) -> pl.DataFrame:
    """Beside its column, or the key where the row as a whole cannot be."""
    name = column if column in kind.by_name else kind.key[0]
    return errors_in(row, name, Fault(row[ROW] > 0, problem))
