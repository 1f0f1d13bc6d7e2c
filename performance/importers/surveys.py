from core.imports.kinds import Column, Kind, Refers, register
from core.imports.types import Choice, Code, Day, Flag, Reference
from core.models import Unit
from offenders.models import OffenceCode
from performance.models import Survey, SurveyResponse

SURVEYS = register(
    Kind(
        slug="surveys",
        title="Survey answers",
        about="Answers to the victim satisfaction and public confidence surveys.",
        model=SurveyResponse,
        key=("response_ref", "question"),
        columns=(
            Column("response_ref", Reference(), "The reference of the respondent.", required=True),
            Column("survey", Choice(tuple(Survey.values)), "Which survey.", required=True),
            Column("responded_on", Day(), "The day of the answer.", required=True),
            Column(
                "district",
                Code("Code of a district, such as `fenland`", lower=True),
                "Where the respondent lives. Blank: counted for the force only.",
                refers=Refers(Unit, "district", on="responded_on", only={"kind": "district"}),
            ),
            Column(
                "offence_code",
                Code("Home Office class, such as `28E`"),
                "Of the crime that a victim is asked about.",
                field="offence",
                refers=Refers(OffenceCode, "offence code"),
            ),
            Column(
                "question",
                Code(
                    "`whole-experience`, `treatment`, `follow-up`, "
                    "`dealing-with-local-concerns`, `crime-has-increased` or another slug",
                    lower=True,
                    longest=60,
                ),
                "What was asked.",
                required=True,
            ),
            Column(
                "positive", Flag(), "Whether the answer was positive.", field="is_positive",
                required=True,
            ),
        ),
        list_url="performance:survey-list",
    )
)  # fmt: skip
