from core.imports.kinds import Column, Kind, register
from core.imports.types import Choice, LocalTime, Reference
from performance.models import Call, Line

CALLS = register(
    Kind(
        slug="calls",
        title="Calls",
        about="Telephone calls offered to the force control room.",
        model=Call,
        key=("call_ref",),
        columns=(
            Column("call_ref", Reference(), "The reference of the call.", required=True),
            Column("line", Choice(tuple(Line.values)), "The line that was rung.", required=True),
            Column("offered_at", LocalTime(), "When the call came in.", required=True),
            Column("answered_at", LocalTime(), "When it was answered. Blank: abandoned."),
        ),
        list_url="performance:call-list",
    )
)
