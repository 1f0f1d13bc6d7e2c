from core.imports.kinds import Column, Kind, Refers, register
from core.imports.types import Code, Day, Reference, Text
from core.models import Unit
from performance.models import SupervisoryReview

SUPERVISORY_REVIEWS = register(
    Kind(
        slug="supervisory-reviews",
        title="Supervisory reviews",
        about="Sergeants' reviews of open investigations.",
        model=SupervisoryReview,
        key=("review_ref",),
        columns=(
            Column("review_ref", Reference(), "The reference of the review.", required=True),
            Column("crime_ref", Reference(), "The crime under investigation."),
            Column(
                "department",
                Code("Code of a department, such as `local-north`", lower=True),
                "Whose investigation it is.",
                required=True,
                refers=Refers(Unit, "department", on="opened_on", only={"kind": "department"}),
            ),
            Column("opened_on", Day(), "The review was asked for.", required=True),
            Column("due_on", Day(may_be_ahead=True), "It is due.", required=True),
            Column("done_on", Day(), "It was done. Blank: not yet."),
            Column("direction", Text(4000), "What the supervisor directs."),
        ),
        list_url="performance:review-list",
    )
)
