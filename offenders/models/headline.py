"""A crime's live outcome and referral, kept from the rows that say them, whatever wrote those."""

import pgtrigger

NEW, OLD = "new_rows", "old_rows"
DERIVED = ("outcome_code", "outcome_at", "referred_on")


class Follow(pgtrigger.Trigger):
    """After every statement, bring the touched crimes up to date.

    The crimes are locked first, and read in a later statement, which sees what a rival
    transaction committed meanwhile. `EXECUTE` plans anew: one row and a million differ.
    """

    level = pgtrigger.Statement
    when = pgtrigger.After
    follow = ""

    def __init__(self, operation: pgtrigger.Operation) -> None:
        self.sources = [
            *([NEW] if operation != pgtrigger.Delete else []),
            *([OLD] if operation != pgtrigger.Insert else []),
        ]
        super().__init__(
            name=f"{self.name}_{str(operation).lower()}",
            operation=operation,
            referencing=pgtrigger.Referencing(
                old=OLD if OLD in self.sources else None, new=NEW if NEW in self.sources else None
            ),
        )

    def get_func(self, model: type[object]) -> str:  # type: ignore[override]  # stubs: an instance
        touched = " UNION ".join(f"SELECT crime_ref FROM {rows}" for rows in self.sources)
        return f"""
            EXECUTE $sql$
                SELECT FROM offenders_crime WHERE crime_ref IN ({touched})
                ORDER BY crime_ref FOR NO KEY UPDATE
            $sql$;
            EXECUTE $sql$ WITH touched AS MATERIALIZED ({touched}) {self.follow} $sql$;
            RETURN NULL;
        """


class FollowOutcome(Follow):
    """The latest outcome that is not cancelled; of several at one moment the lowest position."""

    name = "headline"
    follow = """
        UPDATE offenders_crime AS crime
        SET outcome_code = live.outcome_code, outcome_at = live.outcome_at
        FROM (
            SELECT DISTINCT ON (touched.crime_ref)
                touched.crime_ref, outcome.outcome_code, outcome.outcome_at
            FROM touched
            LEFT JOIN offenders_outcome AS outcome
                ON outcome.crime_ref = touched.crime_ref AND outcome.cancelled_at IS NULL
            LEFT JOIN offenders_outcomecode AS listed ON listed.code = outcome.outcome_code
            ORDER BY touched.crime_ref, outcome.outcome_at DESC, listed.position
        ) AS live
        WHERE crime.crime_ref = live.crime_ref
            AND (crime.outcome_code, crime.outcome_at)
                IS DISTINCT FROM (live.outcome_code, live.outcome_at)
    """


class FollowReferral(Follow):
    name = "referral"
    follow = """
        UPDATE offenders_crime AS crime SET referred_on = referral.referred_on
        FROM touched LEFT JOIN offenders_hubreferral AS referral
            ON referral.crime_ref = touched.crime_ref
        WHERE crime.crime_ref = touched.crime_ref
            AND crime.referred_on IS DISTINCT FROM referral.referred_on
    """


class KeepDerived(pgtrigger.Trigger):
    """A save of a stale crime would put back an old outcome: only the triggers here may write it."""

    when = pgtrigger.Before

    def __init__(self, operation: pgtrigger.Operation) -> None:
        before = "OLD.{0}" if operation == pgtrigger.Update else "NULL"
        changed = " OR ".join(
            f"NEW.{column} IS DISTINCT FROM {before.format(column)}" for column in DERIVED
        )
        super().__init__(
            name=f"keep_derived_{str(operation).lower()}",
            operation=operation,
            condition=pgtrigger.Condition(f"pg_trigger_depth() = 0 AND ({changed})"),
            func=" ".join(f"NEW.{column} := {before.format(column)};" for column in DERIVED)
            + " RETURN NEW;",
        )


def keep_derived() -> list[pgtrigger.Trigger]:
    return [KeepDerived(pgtrigger.Insert), KeepDerived(pgtrigger.Update)]


OPERATIONS = (pgtrigger.Insert, pgtrigger.Update, pgtrigger.Delete)


def follow_outcomes() -> list[pgtrigger.Trigger]:
    return [FollowOutcome(operation) for operation in OPERATIONS]


def follow_referrals() -> list[pgtrigger.Trigger]:
    return [FollowReferral(operation) for operation in OPERATIONS]
