from django_tables2 import A, Column

from core.tables import DateTimeColumn, NumberColumn, Table


class IncidentTable(Table):
    caption = "Incidents"
    noun = "incidents"

    incident_ref = Column("Reference", linkify=("operations:incident-detail", {"ref": A("pk")}))
    opened_at = DateTimeColumn(verbose_name="Opened")
    grade = Column("Grade", accessor="get_grade_display")
    category = Column("Category")
    district = Column("District", orderable=False)
    arrived_at = DateTimeColumn(verbose_name="Arrived", orderable=False)
    response = NumberColumn(verbose_name="Minutes to respond", accessor="response_seconds")
    crime_ref = Column(
        "Crime", orderable=False, linkify=("offenders:crime-detail", {"ref": A("crime_ref")})
    )

    class Meta(Table.Meta):
        empty_text = "No incident matches this filter."

    def render_category(self, value: str) -> str:
        return value.replace("-", " ").capitalize()

    def render_response(self, value: float) -> str:
        return f"{value / 60:.1f}"
