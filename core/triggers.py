"""Rules that the database keeps a statement at a time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

import pgtrigger
from django.db import models

NEW = "new_rows"


class KnownCodes(pgtrigger.Trigger):
    """References that have no foreign key constraint, checked once a statement.

    A foreign key checks a row at a time, which makes a COPY of a million several times slower.
    `EXECUTE` plans anew each time: a plan made for one row would take minutes for a million.
    """

    level = pgtrigger.Statement
    when = pgtrigger.After
    referencing = pgtrigger.Referencing(new=NEW)
    declare = [("fault", "text")]

    def __init__(self, *, name: str, operation: pgtrigger.Operation, fields: Sequence[str]) -> None:
        self.checked = fields
        super().__init__(name=name, operation=operation)

    def get_func(self, model: type[models.Model]) -> str:  # type: ignore[override]  # stubs: an instance
        keys = [_reference(model, name) for name in self.checked]
        columns = ", ".join(f'"{field.column}"' for field in keys)
        missing = " UNION ALL ".join(_missing(field) for field in keys)
        return f"""
            EXECUTE $sql$
                WITH used AS MATERIALIZED (SELECT DISTINCT {columns} FROM {NEW})
                SELECT fault FROM ({missing}) AS faults LIMIT 1
            $sql$ INTO fault;
            IF fault IS NOT NULL THEN
                RAISE EXCEPTION USING
                    ERRCODE = 'foreign_key_violation', TABLE = TG_TABLE_NAME, MESSAGE = fault;
            END IF;
            RETURN NULL;
        """


def _reference(model: type[models.Model], name: str) -> models.ForeignKey[models.Model]:
    return cast("models.ForeignKey[models.Model]", model._meta.get_field(name))


def _missing(field: models.ForeignKey[models.Model]) -> str:
    target = field.related_model._meta
    return (
        f"""SELECT 'There is no {target.verbose_name} “' || used."{field.column}" || '”.' AS fault"""
        f""" FROM used WHERE used."{field.column}" IS NOT NULL AND NOT EXISTS"""
        f""" (SELECT FROM {target.db_table} AS known"""
        f""" WHERE known."{target.pk.column}" = used."{field.column}")"""
    )


def known_codes(*fields: str) -> list[pgtrigger.Trigger]:
    return [
        KnownCodes(name="codes_known_inserted", operation=pgtrigger.Insert, fields=fields),
        KnownCodes(name="codes_known_updated", operation=pgtrigger.Update, fields=fields),
    ]


class KeepClosure(pgtrigger.Trigger):
    """UnitClosure follows the tree. Units are few, so all pairs are worked out each time."""

    name = "keep_closure"
    level = pgtrigger.Statement
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    func = """
        WITH RECURSIVE pairs (ancestor_id, descendant_id) AS (
            SELECT code, code FROM core_unit
            UNION
            SELECT unit.parent_id, pairs.descendant_id
            FROM pairs JOIN core_unit AS unit ON unit.code = pairs.ancestor_id
            WHERE unit.parent_id IS NOT NULL
        ), gone AS (
            DELETE FROM core_unitclosure AS kept WHERE NOT EXISTS (
                SELECT FROM pairs WHERE pairs.ancestor_id = kept.ancestor_id
                AND pairs.descendant_id = kept.descendant_id)
        )
        INSERT INTO core_unitclosure (ancestor_id, descendant_id)
        SELECT ancestor_id, descendant_id FROM pairs ON CONFLICT DO NOTHING;
        RETURN NULL;
    """
