from core.imports.kinds import Column, Kind, Refers, register
from core.imports.types import Choice, Code, Flag, LocalTime, Number, Reference, Text
from core.models import Unit
from operations.models import Grade, Incident

INCIDENTS = register(
    Kind(
        slug="incidents",
        title="Incidents",
        about="Calls for service, graded, with the first arrival.",
        model=Incident,
        key=("incident_ref",),
        columns=(
            Column(
                "incident_ref", Reference(), "The force's reference of the incident.", required=True
            ),
            Column("opened_at", LocalTime(), "When it was opened.", required=True),
            Column("grade", Choice(tuple(Grade.values)), "How it was graded.", required=True),
            Column("arrived_at", LocalTime(), "When the first officer arrived. Blank: nobody did."),
            Column("category", Text(60), "What it was about, such as `burglary-dwelling`."),
            Column("domestic", Flag(), "Whether it was domestic. Blank: no.", field="is_domestic"),
            Column(
                "covid", Flag(), "Whether a Covid-19 breach was reported. Blank: no.",
                field="is_covid",
            ),
            Column(
                "district",
                Code("Code of a district, such as `fenland`", lower=True),
                "Where it happened. Blank: counted for the force only.",
                refers=Refers(Unit, "district", on="opened_at", only={"kind": "district"}),
            ),
            Column("crime_ref", Reference(), "The crime that came of it."),
            Column("latitude", Number(49, 61), "Degrees north (WGS 84)."),
            Column("longitude", Number(-9, 2.5), "Degrees east (WGS 84), west negative."),
            Column("location", Text(200), "Where, in words."),
        ),
        list_url="operations:incident-list",
    )
)  # fmt: skip
