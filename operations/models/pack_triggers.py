"""What the database itself keeps of the ledger of packs, whatever writes the rows."""

from __future__ import annotations

import pgtrigger

NEW, OLD = "new_rows", "old_rows"
REFUSED = "pack_ledger_holds"  # the name under which the refusals are raised

# The rows of the balances are locked in one order, so no two writers wait for each other; who comes
# second sees what the first has written, because each command of a trigger looks anew.
HOLD = """
    INSERT INTO operations_packbalance (place_id, level, balance)
    SELECT place_id, level, 0 FROM ({touched}) AS t GROUP BY place_id, level
    ORDER BY place_id, level ON CONFLICT DO NOTHING;

    PERFORM FROM operations_packbalance AS held
    WHERE (held.place_id, held.level) IN (SELECT place_id, level FROM ({touched}) AS t)
    ORDER BY held.place_id, held.level FOR UPDATE;

    PERFORM FROM operations_packmovement AS gift
    WHERE gift.movement_ref IN (SELECT gift_ref FROM ({touched}) AS t WHERE kind = 'returned')
    ORDER BY gift.movement_ref FOR UPDATE;

    SELECT format('Only %s %s packs would be in stock at %s on %s.', day.held, day.level,
                  place.name, to_char(day.moved_on, 'FMDD FMMonth YYYY')) INTO fault
    FROM (
        SELECT place_id, level, moved_on,
            sum(sum(change)) OVER (PARTITION BY place_id, level ORDER BY moved_on) AS held
        FROM operations_packmovement
        WHERE (place_id, level) IN (SELECT place_id, level FROM ({touched}) AS t)
        GROUP BY place_id, level, moved_on
    ) AS day JOIN operations_stockplace AS place ON place.code = day.place_id
    WHERE day.held < 0 ORDER BY day.moved_on LIMIT 1;

    IF fault IS NULL THEN
        SELECT CASE
            WHEN gift.movement_ref IS NULL THEN format('There is no gift %s.', back.gift_ref)
            WHEN gift.level <> back.level OR gift.kind <> 'given' THEN
                format('%s is no gift of %s packs.', back.gift_ref, back.level)
            WHEN back.first < gift.moved_on THEN
                format('Packs of %s came back before they were given.', back.gift_ref)
            ELSE format('Only %s packs were given by %s: %s cannot come back.', gift.given,
                        back.gift_ref, back.number) END INTO fault
        FROM (
            SELECT gift_ref, level, sum(number) AS number, min(moved_on) AS first
            FROM operations_packmovement
            WHERE kind = 'returned' AND withdrawn_at IS NULL AND gift_ref IN (
                SELECT CASE kind WHEN 'returned' THEN gift_ref ELSE movement_ref END
                FROM ({touched}) AS t)
            GROUP BY gift_ref, level
        ) AS back LEFT JOIN operations_packmovement AS gift ON gift.movement_ref = back.gift_ref
        WHERE gift.movement_ref IS NULL OR gift.kind <> 'given' OR gift.level <> back.level
            OR back.first < gift.moved_on OR back.number > gift.given LIMIT 1;
    END IF;

    IF fault IS NOT NULL THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
            CONSTRAINT = '{refused}', MESSAGE = fault;
    END IF;

    UPDATE operations_packbalance AS held SET balance = held.balance + moved.change
    FROM ({moved}) AS moved
    WHERE held.place_id = moved.place_id AND held.level = moved.level;
    RETURN NULL;
"""
COLUMNS = "place_id, level, kind, movement_ref, gift_ref"


class HoldLedger(pgtrigger.Trigger):
    """No stock below zero on any day, no return beyond its gift; then the balances follow."""

    level = pgtrigger.Statement
    when = pgtrigger.After
    declare = [("fault", "text")]

    def __init__(self, *, name: str, operation: pgtrigger.Operation, rows: dict[str, int]) -> None:
        touched = " UNION ALL ".join(f"SELECT {COLUMNS} FROM {table}" for table in rows)
        signed = " UNION ALL ".join(
            f"SELECT place_id, level, change * {sign} AS change FROM {table}"
            for table, sign in rows.items()
        )
        moved = (
            f"SELECT place_id, level, sum(change) AS change FROM ({signed}) AS s"
            " GROUP BY place_id, level"
        )
        super().__init__(
            name=name,
            operation=operation,
            referencing=pgtrigger.Referencing(**{row.removesuffix("_rows"): row for row in rows}),
            func=HOLD.format(touched=touched, moved=moved, refused=REFUSED),
        )


class EmptyLedger(pgtrigger.Trigger):
    """Without a ledger there is no balance."""

    name = "empty_ledger"
    level = pgtrigger.Statement
    when = pgtrigger.After
    operation = pgtrigger.Truncate
    func = "UPDATE operations_packbalance SET balance = 0; RETURN NULL;"


def ledger_triggers() -> list[pgtrigger.Trigger]:
    return [
        HoldLedger(name="hold_ledger_inserted", operation=pgtrigger.Insert, rows={NEW: 1}),
        HoldLedger(name="hold_ledger_updated", operation=pgtrigger.Update, rows={NEW: 1, OLD: -1}),
        HoldLedger(name="hold_ledger_deleted", operation=pgtrigger.Delete, rows={OLD: -1}),
        EmptyLedger(),
    ]


def said_by_the_ledger(refusal: Exception) -> str:
    """The sentence with which the ledger refused, or nothing if it was something else."""
    diagnosis = getattr(refusal.__cause__, "diag", None)
    if diagnosis is None or diagnosis.constraint_name != REFUSED:
        return ""
    return str(diagnosis.message_primary)
