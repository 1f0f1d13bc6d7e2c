"""What the database holds against everybody, whatever wrote the row."""

import pgtrigger

HELD = """
    IF EXISTS (
        WITH RECURSIVE people (id) AS (
            SELECT {nominal}
            UNION SELECT one.id FROM offenders_nominal AS one
            JOIN people ON one.merged_into_id = people.id
        )
        SELECT FROM offenders_retentionhold AS hold JOIN people ON hold.nominal_id = people.id
        WHERE hold.lifted_at IS NULL
    ) THEN
        RAISE EXCEPTION USING ERRCODE = 'check_violation', TABLE = TG_TABLE_NAME,
            CONSTRAINT = 'retention_hold_blocks_disposal',
            MESSAGE = 'A hold is on this nominal: nothing of them may be disposed of.';
    END IF;
    RETURN NEW;
"""


class HoldBlocksErasure(pgtrigger.Trigger):
    """The same of the nominal's own row."""

    name = "hold_blocks_erasure"
    when = pgtrigger.Before
    operation = pgtrigger.Update
    condition = pgtrigger.Condition("OLD.disposed_at IS NULL AND NEW.disposed_at IS NOT NULL")
    func = HELD.format(nominal="NEW.id")


class HoldBlocksDisposal(pgtrigger.Trigger):
    """No disposal is approved or carried out while a hold is on the nominal."""

    name = "hold_blocks_disposal"
    when = pgtrigger.Before
    operation = pgtrigger.Insert | pgtrigger.Update
    condition = pgtrigger.Condition("NEW.state IN ('approved', 'disposed')")
    func = HELD.format(nominal="NEW.nominal_id")
