from core.imports.kinds import Column, Kind, register
from core.imports.types import Code, Day, Text
from offenders.models import OffenceCode

OFFENCE_CODES = register(
    Kind(
        slug="offence-codes",
        title="Offence codes",
        in_figures=False,
        about="Classes of the Home Office Counting Rules, with the days that they are in force.",
        model=OffenceCode,
        key=("code",),
        columns=(
            Column("code", Code("Home Office class, such as `28E`"), "The class.", required=True),
            Column("title", Text(200), "What the class is called.", required=True),
            Column("subgroup", Text(80), "The Home Office subgroup.", required=True),
            Column("group", Text(80), "The Home Office group.", required=True),
            Column("valid_from", Day(may_be_ahead=True), "First day. Blank: always was."),
            Column("valid_to", Day(may_be_ahead=True), "Last day. Blank: still is."),
        ),
    )
)
