from core.imports.kinds import Column, Kind, Parent, Refers, register
from core.imports.types import Code, LocalTime, Reference
from offenders.models import Crime, Outcome, OutcomeCode

OUTCOMES = register(
    Kind(
        slug="outcomes",
        title="Outcomes",
        about="Outcomes of crimes. Each is kept; the latest that stands is the crime's outcome.",
        model=Outcome,
        key=("crime_ref", "outcome_code", "outcome_at"),
        columns=(
            Column(
                "crime_ref",
                Reference(),
                "The crime, which must be recorded already.",
                field="crime",
                required=True,
            ),
            Column(
                "outcome_code",
                Code("Code of the outcomes framework, such as `1` or `18`"),
                "The outcome, in force on its day.",
                field="code",
                required=True,
                refers=Refers(OutcomeCode, "outcome code", on="outcome_at"),
            ),
            Column("outcome_at", LocalTime(), "When it was given.", required=True),
        ),
        parents=(
            Parent(
                column="crime_ref",
                model=Crime,
                noun="crime",
                not_before=("outcome_at", "recorded_at"),
                too_early="is before the crime was recorded. Correct the time, or the crime.",
            ),
        ),
    )
)
