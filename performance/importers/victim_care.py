from core.imports.kinds import Column, Kind, Refers, register
from core.imports.types import Code, Day, Reference
from core.models import Unit
from performance.models import VictimCareContract

VICTIM_CARE = register(
    Kind(
        slug="victim-care",
        title="Victim care contracts",
        about="Agreements with victims on when to be kept informed.",
        model=VictimCareContract,
        key=("contract_ref",),
        columns=(
            Column("contract_ref", Reference(), "The reference of the contract.", required=True),
            Column("crime_ref", Reference(), "The crime that it is about."),
            Column(
                "department",
                Code("Code of a department, such as `local-north`", lower=True),
                "Who keeps the victim informed.",
                required=True,
                refers=Refers(Unit, "department", on="opened_on", only={"kind": "department"}),
            ),
            Column("opened_on", Day(), "The day of the agreement.", required=True),
            Column("due_on", Day(may_be_ahead=True), "The next contact is due.", required=True),
            Column("contacted_on", Day(), "The victim was contacted. Blank: not yet."),
            Column("closed_on", Day(), "The contract ended. Blank: it is live."),
        ),
        list_url="performance:victim-care-list",
    )
)
