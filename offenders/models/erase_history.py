"""The one way by which history is taken away: a function that its owner runs, for one disposal.

The application's role may only add to the tables of history. This function runs with the rights of
the owner of the tables, and does nothing unless the review that it is given was approved by
another person than proposed it, is not carried out yet, and no hold is on the nominal.
"""

ERASE_HISTORY = """
CREATE FUNCTION erase_history(review bigint, events regclass, key text, keys bigint[])
RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER
SET search_path = pg_catalog, public, pg_temp SET "pgtrigger.ignore" = '{}' AS $fn$
DECLARE
    erased bigint;
BEGIN
    IF NOT EXISTS (
        SELECT FROM public.offenders_retentionreview AS one
        WHERE one.id = review AND one.state = 'approved' AND one.decided_by_id <> one.proposed_by_id
            AND NOT EXISTS (SELECT FROM public.offenders_retentionhold AS hold
                WHERE hold.nominal_id = one.nominal_id AND hold.lifted_at IS NULL)
    ) THEN
        RAISE EXCEPTION 'History is erased for an approved disposal and for nothing else.'
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    IF (SELECT count(*) FROM pg_attribute WHERE attrelid = events AND NOT attisdropped
            AND attname IN ('pgh_obj_id', 'pgh_label', key)) < 2
        OR NOT EXISTS (SELECT FROM pg_attribute
            WHERE attrelid = events AND attname = key AND key LIKE '%\\_id') THEN
        RAISE EXCEPTION '% is no table of history with a key %.', events, key
            USING ERRCODE = 'insufficient_privilege';
    END IF;
    PERFORM set_config('pgtrigger.ignore', (
        SELECT coalesce(array_agg(tgname::text), '{}')::text FROM pg_trigger
        WHERE tgrelid = events AND tgname LIKE 'pgtrigger\\_append\\_only\\_%'
    ), true);
    EXECUTE format(
        'WITH gone AS (DELETE FROM %s WHERE %I = ANY($1) RETURNING pgh_context_id),
        plain AS (UPDATE public.pghistory_context SET metadata = metadata - ''url''
            WHERE id IN (SELECT pgh_context_id FROM gone) RETURNING 1)
        SELECT count(*) FROM gone', events, key
    ) INTO erased USING keys;
    RETURN erased;
END
$fn$;
REVOKE ALL ON FUNCTION erase_history(bigint, regclass, text, bigint[]) FROM PUBLIC;
"""
DROP_ERASE_HISTORY = "DROP FUNCTION erase_history(bigint, regclass, text, bigint[]);"
