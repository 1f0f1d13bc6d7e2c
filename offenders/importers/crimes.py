from core.imports.kinds import Child, Column, Kind, Refers, register
from core.imports.types import Code, Flag, LocalTime, Number, Reference
from core.models import Unit
from offenders.models import Crime, OffenceCode, Outcome

CRIMES = register(
    Kind(
        slug="crimes",
        title="Crimes",
        about="Recorded crimes, one row a crime.",
        model=Crime,
        key=("crime_ref",),
        columns=(
            Column("crime_ref", Reference(), "The force's reference of the crime.", required=True),
            Column("recorded_at", LocalTime(), "When it was recorded.", required=True),
            Column("occurred_from", LocalTime(), "When it happened, at the earliest."),
            Column("occurred_to", LocalTime(), "When it happened, at the latest."),
            Column(
                "offence_code",
                Code("Home Office class, such as `28E`, `48` or `8Q`"),
                "What was recorded, in force on the day of recording.",
                field="offence",
                required=True,
                refers=Refers(OffenceCode, "offence code", on="recorded_at"),
            ),
            Column("dwelling", Flag(), "Whether it was in a dwelling.", field="is_dwelling"),
            Column(
                "district",
                Code("Code of a district, such as `fenland`", lower=True),
                "Where it happened. Blank: counted for the force only.",
                field="district",
                refers=Refers(Unit, "district", on="recorded_at", only={"kind": "district"}),
            ),
            Column("latitude", Number(49, 61), "Degrees north (WGS 84)."),
            Column("longitude", Number(-9, 2.5), "Degrees east (WGS 84), west negative."),
            Column(
                "allocated",
                Flag(),
                "Whether it was given to an investigator, not filed at first contact.",
                field="is_allocated",
            ),
            Column(
                "cancelled_at",
                LocalTime(),
                "When it was cancelled (no crime): it leaves every figure.",
            ),
            Column(
                "department",
                Code("Code of a department, such as `act-north`", lower=True),
                "Who investigates it.",
                field="department",
                refers=Refers(Unit, "department", on="recorded_at", only={"kind": "department"}),
            ),
            Column(
                "has_victim", Flag(), "Whether it has a victim to care for.", field="has_victim"
            ),
            Column(
                "victim_ref",
                Reference(),
                "The crime system's key of the victim, the same for the same victim; never a name.",
            ),
        ),
        children=(
            Child(
                column="recorded_at",
                model=Outcome,
                link="crime",
                not_after="outcome_at",
                problem="is later than an outcome of this crime. Correct one of the two.",
            ),
        ),
        list_url="offenders:crime-list",
    )
)
