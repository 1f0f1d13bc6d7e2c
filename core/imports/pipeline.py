"""The one door for records that come in numbers: files, uploads, the demonstration force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Protocol, TypeVar

import polars as pl
from django.db import transaction
from django.utils import timezone

from core import audit, changes
from core.imports import staging
from core.imports.files import RecordFile
from core.imports.kinds import Doubts, Kind, kind_called
from core.imports.receipt import FIRST_ERRORS, FileRefused, Receipt, RowError
from core.imports.rejects import Rejects
from core.imports.repeats import Repeats, survey
from core.imports.rows import write_rows
from core.imports.staging import Store
from core.imports.validation import ROW, Block, Checked, Validator
from core.models import User

Item = TypeVar("Item")
BLOCK_ROWS = 150_000


@dataclass(frozen=True)
class Progress:
    """Where an import stands after a block: told inside the block's own transaction."""

    row: int  # the last row that is dealt with
    receipt: Receipt
    rejects_size: int


class Keeper(Protocol):
    """Told how an import goes on, so that it can be watched and resumed."""

    def begin(self, rows: int) -> None:
        """The file holds so many rows."""

    def keep(self, progress: Progress) -> None:
        """In the transaction of the block. Raises to undo it, where another worker was faster."""


@dataclass
class Load:
    """One import: what it is of, and what it has done so far."""

    kind: Kind
    by: User | None
    dry_run: bool = False
    rejects: Rejects | None = None
    receipt: Receipt = field(default_factory=Receipt)
    after: int = 1  # the last row that an earlier, interrupted run dealt with
    keeper: Keeper | None = None
    summer: int = 0

    @cached_property
    def doubts(self) -> Doubts | None:
        return self.kind.doubts() if self.kind.doubts else None


def load(
    kind: str, frames: Iterable[pl.DataFrame], *, by: User | None, dry_run: bool = False
) -> Receipt:
    """Upserts frames whose columns are named as in the kind's files, text or already typed.

    A key may stand twice in one frame only with the same values; a later frame updates an earlier.
    """
    found = kind_called(kind)
    work = Load(found, by, dry_run=dry_run)
    now = timezone.now()
    for block in _blocks(found, frames):
        load_blocks(work, [block], survey(found, [block], now), now)
    _warn(work)
    if not dry_run:
        detail = {"kind": kind, **work.receipt.counts()}
        audit.record(by=by, action=audit.Action.IMPORT_FINISHED, detail=detail)
    return work.receipt


def load_file(file: RecordFile, work: Load) -> Receipt:
    """Raises FileRefused where the file turns out to be unreadable: then nothing is written."""
    now = timezone.now()
    repeats = survey(file.kind, file, now)
    if repeats.rows == 0:
        raise FileRefused("The file holds a header and no rows. Export it again and send that.")
    if work.keeper:
        work.keeper.begin(repeats.rows)
    work.receipt.unknown_columns = file.unknown_columns
    work.receipt.warnings = list(file.warnings)
    load_blocks(work, file, repeats, now)
    _warn(work)
    return work.receipt


def load_blocks(work: Load, blocks: Iterable[Block], repeats: Repeats, now: datetime) -> None:
    """Each block in a transaction of its own, the next one being checked meanwhile."""
    validator = Validator.of(work.kind, now)
    store: Store | None = None
    waiting = _cut(_not_yet(blocks, work.after), work.kind.block_rows)
    checked = (validator.check(block) for block in waiting)
    for item in _one_ahead(checked):
        present = tuple(name for name in item.good.columns if name in work.kind.fields)
        if work.kind.write_row is None and (store is None or store.present != present):
            store = Store(work.kind, present, work.doubts)
            store.open()
        with transaction.atomic():
            _load_block(work, store, item, repeats)


def _load_block(work: Load, store: Store | None, item: Checked, repeats: Repeats) -> None:
    staging.lock()
    rows = item.block.rows[ROW]
    errors = pl.concat([
        item.errors, repeats.contradictions.filter(pl.col(ROW).is_in(rows.implode())),
    ])  # fmt: skip
    good = item.good.filter(~pl.col(ROW).is_in(errors[ROW].implode())) if len(errors) else item.good
    single = good.filter(~pl.col(ROW).is_in(repeats.alike.implode()))
    if store:
        written, late = store.write(single, dry_run=work.dry_run)
    else:
        written, late = write_rows(work.kind, single, by=work.by, dry_run=work.dry_run)
    errors = pl.concat([errors, _as_written(late, item.block)]).sort(ROW, maintain_order=True)
    rejected = errors[ROW].n_unique()
    written.read = rows.len()
    written.rejected = rejected
    written.unchanged += good.height - single.height
    size = work.rejects.add(item.block, errors) if work.rejects else 0
    _count(work, written, errors)
    work.summer += item.taken_as_summer_time
    if work.keeper:
        work.keeper.keep(Progress(int(rows[-1]), work.receipt, size))
    if not work.dry_run:
        changes.announce()


def _as_written(errors: pl.DataFrame, block: Block) -> pl.DataFrame:
    """The values as the file has them, in place of what they were read as."""
    if errors.is_empty():
        return errors
    rows = block.rows.filter(pl.col(ROW).is_in(errors[ROW].implode()))
    cells = rows.with_columns(pl.exclude(ROW).cast(pl.String)).unpivot(
        index=ROW, variable_name="column", value_name="written"
    )
    found = errors.join(cells, on=[ROW, "column"], how="left")
    value = pl.coalesce("written", "value").alias("value")
    return found.with_columns(value).select(errors.columns)


def _count(work: Load, written: Receipt, errors: pl.DataFrame) -> None:
    receipt = work.receipt
    for name, count in written.counts().items():
        setattr(receipt, name, getattr(receipt, name) + count)
    room = FIRST_ERRORS - len(receipt.errors)
    receipt.errors += [
        RowError(row[ROW], row["column"], row["value"][:200], row["message"])
        for row in errors.head(max(room, 0)).to_dicts()
    ]


def _warn(work: Load) -> None:
    if work.summer:
        times = "1 time falls" if work.summer == 1 else f"{work.summer:,} times fall"
        work.receipt.warnings.append(
            f"{times} in the hour that the clocks repeat in October, taken as summer time. "
            "Write an offset, such as 2020-10-25T01:30+00:00, where winter time is meant."
        )


def _blocks(kind: Kind, frames: Iterable[pl.DataFrame]) -> Iterator[Block]:
    first = 2
    for given in frames:
        places = kind.places(given.columns)
        frame = given.select(given.to_series(place).alias(name) for name, place in places.items())
        for start in range(0, frame.height, BLOCK_ROWS):
            rows = frame[start : start + BLOCK_ROWS].with_row_index(ROW, first)
            first += rows.height
            yield Block(rows.cast({ROW: pl.Int64}))


def _not_yet(blocks: Iterable[Block], after: int) -> Iterator[Block]:
    for block in blocks:
        if after == 1:
            yield block
        elif block.rows[ROW][-1] > after:
            ahead = pl.col(ROW) > after
            yield Block(block.rows.filter(ahead), block.faults.filter(ahead))


def _cut(blocks: Iterable[Block], rows: int) -> Iterator[Block]:
    """No larger than their kind can take in a few seconds."""
    for block in blocks:
        for start in range(0, block.rows.height, rows):
            part = block.rows[start : start + rows]
            yield Block(part, block.faults.filter(pl.col(ROW).is_in(part[ROW].implode())))


def _one_ahead(items: Iterable[Item]) -> Iterator[Item]:
    """The next item is made in another thread while the caller works on this one."""
    source = iter(items)
    with ThreadPoolExecutor(1) as pool:
        coming = pool.submit(next, source, None)
        while (item := coming.result()) is not None:
            coming = pool.submit(next, source, None)
            yield item
