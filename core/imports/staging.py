"""Typed rows into the table of their kind: new ones by COPY, known ones only where they differ."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, LiteralString

import polars as pl
from django.db import DataError, IntegrityError, InternalError, connection, models, transaction
from psycopg.sql import SQL, Composable, Identifier, Literal

from core.imports.kinds import Child, Doubts, Kind, Parent
from core.imports.receipt import Receipt
from core.imports.types import Fault
from core.imports.validation import ROW, errors_in, no_errors

PROBE, STAGE = Identifier("import_probe"), Identifier("import_stage")
REFUSALS = (IntegrityError, DataError, InternalError)
# One import writes at a time, a block at a time: no two can wait for each other's rows.
LOCK = 0x1D_90_87


@dataclass(frozen=True)
class Store:
    """The table of a kind, as the columns of one file touch it."""

    kind: Kind
    present: tuple[str, ...]  # columns of the frame: the file's own and the derived ones
    doubts: Doubts | None = None

    @property
    def stored(self) -> list[str]:
        """The columns of a new row: what the file leaves out is filled where null is not taken."""
        extra = [name for name in self.kind.blanks if name not in self.present]
        return [*self.present, *extra]

    @property
    def probed(self) -> list[str]:
        """The columns that say whether a row is known and whether it may stand."""
        wanted = dict.fromkeys(self.kind.key)
        for parent in self.kind.parents:
            wanted |= dict.fromkeys([parent.column, *(parent.not_before or ())[:1]])
        return [name for name in wanted if name in self.present]

    def open(self) -> None:
        """Temporary tables for this connection, alike to the columns of the kind's table."""
        for table, names in ((PROBE, self.probed), (STAGE, self.stored)):
            _run("DROP TABLE IF EXISTS {}", table)
            _run(
                "CREATE TEMP TABLE {} AS SELECT 0::bigint AS {}, {} FROM {} WITH NO DATA",
                table,
                Identifier(ROW),
                _columns(self.kind, names),
                _table(self.kind.model),
            )

    def write(self, good: pl.DataFrame, *, dry_run: bool) -> tuple[Receipt, pl.DataFrame]:
        """In the caller's transaction. The counts, and errors for the rows that could not stand."""
        good = good.with_columns(
            *(
                (
                    pl.col(name).fill_null(blank)
                    if name in good.columns
                    else pl.lit(blank).alias(name)
                )
                for name, blank in self.kind.blanks.items()
            )
        )
        if self.kind.in_order:
            return self._write_in_order(self.kind.in_order(good), dry_run=dry_run)
        good = good.sort(self.kind.key)
        try:
            with transaction.atomic():
                return self._write(good, dry_run=dry_run)
        except IntegrityError:
            # Somebody added one of these records a moment ago: now it is known.
            return self._write_around(good, dry_run=dry_run)

    def _write_in_order(self, good: pl.DataFrame, *, dry_run: bool) -> tuple[Receipt, pl.DataFrame]:
        """The database knows which rows can stand: a dry run asks it too, and takes all back."""
        with transaction.atomic():
            found = self._write_around(good, dry_run=False)
            transaction.set_rollback(dry_run)
        return found

    def _write_around(self, good: pl.DataFrame, *, dry_run: bool) -> tuple[Receipt, pl.DataFrame]:
        """Halves the rows until those that the database refuses stand alone."""
        try:
            with transaction.atomic():
                return self._write(good, dry_run=dry_run)
        except REFUSALS as refusal:
            if good.height == 1:
                return Receipt(rejected=1), self._refused(good, refusal)
        half = good.height // 2
        first, errors = self._write_around(good[:half], dry_run=dry_run)
        second, more = self._write_around(good[half:], dry_run=dry_run)
        return _sum(first, second), pl.concat([errors, more])

    def _refused(self, row: pl.DataFrame, refusal: Exception) -> pl.DataFrame:
        diagnosis = getattr(refusal.__cause__, "diag", None)
        name = getattr(diagnosis, "constraint_name", None)
        said = {
            constraint.name: getattr(constraint, "violation_error_message", "")
            for constraint in self.kind.model._meta.constraints
        }
        problem = said.get(str(name)) or getattr(diagnosis, "message_primary", None) or str(refusal)
        column = self.kind.blames.get(str(name), self.kind.key[0])
        return errors_in(row, column, Fault(row[ROW] > 0, f"{problem} Correct it."))

    def _write(self, good: pl.DataFrame, *, dry_run: bool) -> tuple[Receipt, pl.DataFrame]:
        if good.is_empty():
            return Receipt(), no_errors()
        _run("TRUNCATE {}", PROBE)
        self._copy(PROBE, good, self.probed)
        errors = [no_errors()]
        for model in (self.kind.model, *(parent.model for parent in self.kind.parents)):
            _count_if_unknown(model)
        with _look_ups():
            for parent in self.kind.parents:
                errors += self._without(parent, good)
            good = _less(good, pl.concat(errors))
            known = self._known()
        old, new = _parted(good, known)
        if self.doubts and new.height:
            errors.append(self.doubts(new))
            new = _less(new, errors[-1])
        receipt, more = self._change(old, dry_run=dry_run)
        if new.height and not dry_run:
            self._copy(_table(self.kind.model), new, self.stored, numbered=False)
        receipt.created = new.height
        found = pl.concat([*errors, more])
        receipt.rejected = found[ROW].n_unique()
        return receipt, found

    def _known(self) -> pl.Series:
        rows = _fetch(
            "SELECT p.{} FROM {} p JOIN {} t ON {}",
            Identifier(ROW), PROBE, _table(self.kind.model), self._same("p"),
        )  # fmt: skip
        return pl.Series(ROW, [row[0] for row in rows], dtype=pl.Int64)

    def _change(self, old: pl.DataFrame, *, dry_run: bool) -> tuple[Receipt, pl.DataFrame]:
        if old.is_empty():
            return Receipt(), no_errors()
        _run("TRUNCATE {}", STAGE)
        self._copy(STAGE, old, self.stored)
        with _look_ups():
            errors = pl.concat(
                [
                    no_errors(),
                    *(self._outrun(child, old) for child in self.kind.children),
                    self._closed(old),
                ]
            )
            rows = errors[ROW].unique().to_list()
            _run("DELETE FROM {} WHERE {} = ANY(%s)", STAGE, Identifier(ROW), values=[rows])
            unchanged = self._drop_unchanged()
        updated = old.height - len(rows) - unchanged
        if updated and not dry_run:
            self._update()
        return Receipt(updated=updated, unchanged=unchanged), errors

    @property
    def _changing(self) -> list[str]:
        fixed = {*self.kind.key, *self.kind.once}
        return [name for name in self.present if name not in fixed]

    def _differs(self) -> Composable:
        names = self._changing
        if not names:
            return SQL("false")
        mine, theirs = (
            SQL(", ").join(Identifier(table, self.kind.column_of(name)) for name in names)
            for table in ("s", "t")
        )
        return SQL("({}) IS DISTINCT FROM ({})").format(_row(mine), _row(theirs))

    def _drop_unchanged(self) -> int:
        return _run(
            "DELETE FROM {} s USING {} t WHERE {} AND NOT {}",
            STAGE, _table(self.kind.model), self._same("s"), self._differs(),
        )  # fmt: skip

    def _update(self) -> None:
        columns = [Identifier(self.kind.column_of(name)) for name in self._changing]
        settings = [SQL("{} = s.{}").format(column, column) for column in columns]
        _run("ANALYZE {}", STAGE)  # nobody else tells the planner how few rows there are
        _run(
            "UPDATE {} t SET {} FROM {} s WHERE {}",
            _table(self.kind.model), SQL(", ").join(settings), STAGE, self._same("s"),
        )  # fmt: skip

    def _same(self, alias: str) -> Composable:
        columns = [self.kind.column_of(name) for name in self.kind.key]
        return SQL(" AND ").join(
            SQL("{} = {}").format(Identifier(alias, column), Identifier("t", column))
            for column in columns
        )

    def _without(self, parent: Parent, good: pl.DataFrame) -> list[pl.DataFrame]:
        if parent.column not in self.present:
            return []
        return [
            errors_in(good, column, Fault(good[ROW].is_in(rows), problem))
            for column, rows, problem in parent_faults(self.kind, parent, SQL("{}").format(PROBE))
            if rows
        ]

    def _outrun(self, child: Child, old: pl.DataFrame) -> pl.DataFrame:
        if child.column not in self.present:
            return no_errors()
        rows = child_faults(self.kind, child, SQL("{}").format(STAGE))
        return errors_in(old, child.column, Fault(old[ROW].is_in(rows), child.problem))

    def _closed(self, old: pl.DataFrame) -> pl.DataFrame:
        closed = self.kind.closed
        if closed is None:
            return no_errors()
        rows = _rows(
            "SELECT s.{} FROM {} s JOIN {} t ON {} WHERE {} IS NOT NULL",
            Identifier(ROW), STAGE, _table(self.kind.model), self._same("s"),
            Identifier("t", _column(self.kind.model, closed.field)),
        )  # fmt: skip
        return errors_in(old, self.kind.key[0], Fault(old[ROW].is_in(rows), closed.problem))

    def _copy(
        self, table: Composable, rows: pl.DataFrame, names: Sequence[str], *, numbered: bool = True
    ) -> None:
        names = [name for name in names if name in rows.columns]
        columns = [Identifier(self.kind.column_of(name)) for name in names]
        if numbered:
            names, columns = [ROW, *names], [Identifier(ROW), *columns]
        text = io.BytesIO()
        rows.select(names).write_csv(text, include_header=False)
        command = SQL("COPY {} ({}) FROM STDIN (FORMAT csv)").format(table, SQL(", ").join(columns))
        with (
            connection.wrap_database_errors,
            connection.cursor() as cursor,
            cursor.copy(command) as copy,
        ):
            copy.write(text.getbuffer())


def parent_faults(
    kind: Kind, parent: Parent, source: Composable
) -> list[tuple[str, list[int], str]]:
    """Column, rows of `source` and problem: the parent is not there, or is younger than the row."""
    link = Identifier("p", kind.column_of(parent.column))
    found = [(
        parent.column,
        _rows(
            "SELECT p.{} FROM {} p LEFT JOIN {} t ON t.{} = {} WHERE t.{} IS NULL AND {} <> ''",
            Identifier(ROW), source, _table(parent.model), _pk(parent.model), link,
            _pk(parent.model), link,
        ),
        f"is not a known {parent.noun}. Import the {parent.noun} first, or correct the reference.",
    )]  # fmt: skip
    if parent.not_before:
        column, field = parent.not_before
        found.append((
            column,
            _rows(
                "SELECT p.{} FROM {} p JOIN {} t ON t.{} = {} WHERE {} < {}",
                Identifier(ROW), source, _table(parent.model), _pk(parent.model), link,
                Identifier("p", kind.column_of(column)),
                _comparable(kind, column, parent.model, field),
            ),
            parent.too_early,
        ))  # fmt: skip
    return found


def child_faults(kind: Kind, child: Child, source: Composable) -> list[int]:
    key = kind.column_of(kind.key[0])
    return _rows(
        "SELECT DISTINCT s.{} FROM {} s JOIN {} t ON t.{} = s.{} WHERE s.{} > t.{}",
        Identifier(ROW), source, _table(child.model),
        Identifier(_column(child.model, child.link)), Identifier(key),
        Identifier(kind.column_of(child.column)), Identifier(_column(child.model, child.not_after)),
    )  # fmt: skip


def _comparable(kind: Kind, column: str, model: Any, name: str) -> Composable:
    """A time of the parent beside a day of the row is its day in Europe/London."""
    theirs = Identifier("t", _column(model, name))
    if kind.fields[column].get_internal_type() == "DateField":
        return SQL("({} AT TIME ZONE 'Europe/London')::date").format(theirs)
    return theirs


def _column(model: Any, name: str) -> str:
    return str(model._meta.get_field(name).column)


def _pk(model: Any) -> Identifier:
    return Identifier(model._meta.pk.column)


def _table(model: Any) -> Identifier:
    return Identifier(model._meta.db_table)


def _columns(kind: Kind, names: Sequence[str]) -> Composable:
    return SQL(", ").join(Identifier(kind.column_of(name)) for name in names)


def _row(columns: Composable) -> Composable:
    return SQL("ROW({})").format(columns)


def _run(command: LiteralString, *parts: Composable, values: Sequence[Any] | None = None) -> int:
    with connection.cursor() as cursor:
        # As text: what keeps the history of records reads every command.
        cursor.execute(SQL(command).format(*parts).as_string(), values)
        return int(cursor.rowcount)


def _fetch(command: LiteralString, *parts: Composable) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(SQL(command).format(*parts).as_string())
        return list(cursor.fetchall())


def _rows(command: LiteralString, *parts: Composable) -> list[int]:
    return [row[0] for row in _fetch(command, *parts)]


def _less(good: pl.DataFrame, errors: pl.DataFrame) -> pl.DataFrame:
    if errors.is_empty():
        return good
    return good.filter(~pl.col(ROW).is_in(errors[ROW].unique().implode()))


def _parted(good: pl.DataFrame, known: pl.Series) -> tuple[pl.DataFrame, pl.DataFrame]:
    if known.is_empty():
        return good.clear(), good
    mask = good[ROW].is_in(known.implode())
    return good.filter(mask), good.filter(~mask)


def _sum(first: Receipt, second: Receipt) -> Receipt:
    total = Receipt()
    for name, count in first.counts().items():
        setattr(total, name, count + second.counts()[name])
    return total


@contextmanager
def _look_ups() -> Iterator[None]:
    """Thousands of look-ups in order beat reading all of a large table for every block.

    Not for what fires triggers: those join whole tables of rows, for hours without a hash join.
    """
    for join in ("hashjoin", "mergejoin"):
        _run("SET LOCAL {} = off", Identifier(f"enable_{join}"))
    yield
    for join in ("hashjoin", "mergejoin"):
        _run("SET LOCAL {} = on", Identifier(f"enable_{join}"))


def _count_if_unknown(model: type[models.Model]) -> None:
    """A large table that the planner takes for an empty one would be read again for every row.

    So it stands where the tables were counted while a long transaction was filling them.
    """
    found = _fetch(
        "SELECT reltuples < 1000 AND pg_relation_size(oid) > 1000000 FROM pg_class"
        " WHERE oid = {}::regclass",
        Literal(model._meta.db_table),
    )
    if found[0][0]:
        _run("ANALYZE {}", _table(model))


def lock() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
