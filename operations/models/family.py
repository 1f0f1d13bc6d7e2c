"""What the database keeps of a family of operations: no loop, and every pair of its members."""

import pgtrigger


class KeepFamily(pgtrigger.Trigger):
    """Refuses an operation inside itself, at any depth, and keeps OperationClosure.

    One writer at a time: two that move two operations under each other would each see no loop.
    Operations are few, so all pairs are worked out each time.
    """

    name = "keep_family"
    level = pgtrigger.Statement
    when = pgtrigger.After
    operation = pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete
    func = """
        PERFORM pg_advisory_xact_lock(hashtext('operations_operation'));
        IF EXISTS (
            WITH RECURSIVE up (start, above) AS (
                SELECT slug, parent_id FROM operations_operation WHERE parent_id IS NOT NULL
                UNION
                SELECT up.start, outer_one.parent_id
                FROM up JOIN operations_operation AS outer_one ON outer_one.slug = up.above
                WHERE outer_one.parent_id IS NOT NULL
            ) SELECT FROM up WHERE start = above
        ) THEN
            RAISE EXCEPTION USING
                ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
                CONSTRAINT = 'operation_not_in_itself',
                MESSAGE = 'An operation cannot stand inside itself.';
        END IF;
        WITH RECURSIVE pairs (ancestor_id, descendant_id) AS (
            SELECT slug, slug FROM operations_operation
            UNION
            SELECT inner_one.parent_id, pairs.descendant_id
            FROM pairs
            JOIN operations_operation AS inner_one ON inner_one.slug = pairs.ancestor_id
            WHERE inner_one.parent_id IS NOT NULL
        ), gone AS (
            DELETE FROM operations_operationclosure AS kept WHERE NOT EXISTS (
                SELECT FROM pairs WHERE pairs.ancestor_id = kept.ancestor_id
                AND pairs.descendant_id = kept.descendant_id)
        )
        INSERT INTO operations_operationclosure (ancestor_id, descendant_id)
        SELECT ancestor_id, descendant_id FROM pairs ON CONFLICT DO NOTHING;
        RETURN NULL;
    """
