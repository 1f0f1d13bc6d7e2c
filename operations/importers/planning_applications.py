import polars as pl

from core.access.permissions import Permission
from core.imports.kinds import Column, Derive, Kind, Refers, register
from core.imports.types import Choice, Code, Day, Reference, Text
from core.models import Unit
from core.workdays import working_days_between
from operations.models import PlanningApplication
from operations.models.planning import Advice, TakenUp


def with_days_taken() -> Derive:
    return _days_taken


def _days_taken(rows: pl.DataFrame) -> pl.DataFrame:
    """Working days, as the form counts them."""
    if not {"received_on", "answered_on"} <= set(rows.columns):
        return rows
    pairs = rows.select("received_on", "answered_on").iter_rows()
    days = [working_days_between(since, until) if until else None for since, until in pairs]
    return rows.with_columns(pl.Series("days_taken", days, dtype=pl.Int64))


PLANNING_APPLICATIONS = register(
    Kind(
        slug="planning-applications",
        title="Planning applications",
        about="Planning applications on which Designing Out Crime Officers give advice.",
        model=PlanningApplication,
        key=("application_ref",),
        columns=(
            Column("application_ref", Reference(), "The authority's reference.", required=True),
            Column("authority", Text(80), "The planning authority.", required=True),
            Column(
                "district",
                Code("Code of a district, such as `fenland`", lower=True),
                "Where it is planned. Blank: counted for the force only.",
                refers=Refers(Unit, "district", on="received_on", only={"kind": "district"}),
            ),
            Column("about", Text(200), "What is planned."),
            Column("received_on", Day(), "The day it came in.", required=True),
            Column("due_on", Day(may_be_ahead=True), "The answer is due.", required=True),
            Column("answered_on", Day(), "It was answered. Blank: not yet."),
            Column("advice", Choice(tuple(Advice.values)), "What was advised."),
            Column("advice_text", Text(2000), "The advice in words."),
            Column("taken_up", Choice(tuple(TakenUp.values)), "Whether the advice was taken up."),
        ),
        derive=with_days_taken,
        derived=("days_taken",),
        list_url="operations:planning-list",
        sent_by=Permission.PREVENTION_CHANGE,
    )
)
