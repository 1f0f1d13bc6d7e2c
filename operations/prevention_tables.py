from typing import Any

from django_tables2 import A, Column

from core.tables import DateColumn, NumberColumn, Table
from operations.models.pack import PackMovement


class MoneyColumn(NumberColumn):
    def render(self, value: Any) -> str:
        return f"£{value:,.2f}"


class PackMovementTable(Table):
    caption = "The ledger of packs"
    noun = "entries"

    movement_ref = Column(
        "Reference", linkify=("operations:pack-movement-detail", {"ref": A("pk")})
    )
    moved_on = DateColumn(verbose_name="Day")
    kind = Column("Kind", accessor="get_kind_display", orderable=False)
    level = Column("Level", accessor="get_level_display", orderable=False)
    place = Column("Place", orderable=False)
    to = Column("Given to", orderable=False)
    number = NumberColumn(verbose_name="Packs")
    change = NumberColumn(verbose_name="Change of stock", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No entry matches this filter."

    def render_change(self, value: int, record: PackMovement) -> str:
        return "withdrawn" if record.withdrawn_at else f"{value:+,}"


class PartnerTable(Table):
    caption = "Partners"
    noun = "partners"

    name = Column("Name", linkify=("operations:partner-detail", {"ref": A("pk")}))
    kind = Column("Kind", accessor="get_kind_display", orderable=False)
    district = Column("District", orderable=False)
    is_open = Column("Still helping", orderable=False)
    received = NumberColumn(verbose_name="Packs received", orderable=False)

    def render_is_open(self, value: bool) -> str:
        return "Yes" if value else "No"


class PropertyTable(Table):
    caption = "Properties"
    noun = "properties"

    property_ref = Column(
        "Reference", orderable=False, linkify=("operations:property-detail", {"ref": A("pk")})
    )
    address = Column("Address")
    postcode = Column("Postcode", orderable=False)
    kind = Column("Kind", accessor="get_kind_display", orderable=False)
    district = Column("District", orderable=False)
    level = Column("Assessed as", orderable=False)
    assessed_on = DateColumn(verbose_name="Assessed")

    class Meta(Table.Meta):
        empty_text = "No property matches this filter."

    def render_level(self, value: str) -> str:
        return value.capitalize()


class AssessmentTable(Table):
    caption = "Assessments"
    noun = "assessments"

    assessed_on = DateColumn(verbose_name="Assessed")
    home = Column(
        "Property", orderable=False, linkify=("operations:property-detail", {"ref": A("home_id")})
    )
    asked_for = Column("Assessed for", accessor="get_asked_for_display", orderable=False)
    result = Column("Result", accessor="get_result_display", orderable=False)
    why = Column("Why another level", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No assessment matches this filter."


class WorksOrderTable(Table):
    caption = "Works orders"
    noun = "works orders"

    works = Column(
        "Works",
        accessor="get_kind_display",
        orderable=False,
        linkify=("operations:works-detail", {"ref": A("pk")}),
    )
    home = Column("Property", accessor="assessment__home", orderable=False)
    state = Column("State", accessor="get_state_display", orderable=False)
    quoted_on = DateColumn(verbose_name="Quoted on")
    quoted = MoneyColumn(verbose_name="Quoted")
    done_on = DateColumn(verbose_name="Done", orderable=False)
    cost = MoneyColumn(verbose_name="Cost")

    class Meta(Table.Meta):
        empty_text = "No works order matches this filter."


class PlanningTable(Table):
    caption = "Planning applications"
    noun = "applications"

    application_ref = Column("Reference", linkify=("operations:planning-detail", {"ref": A("pk")}))
    authority = Column("Authority", orderable=False)
    district = Column("District", orderable=False)
    received_on = DateColumn(verbose_name="Received")
    due_on = DateColumn(verbose_name="Due")
    answered_on = DateColumn(verbose_name="Answered")
    days_taken = NumberColumn(verbose_name="Working days")
    advice = Column("Advice", accessor="get_advice_display", orderable=False)
    taken_up = Column("Taken up", accessor="get_taken_up_display", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No application matches this filter."


class ConsultationTable(Table):
    caption = "Consultations"
    noun = "consultations"

    title = Column(
        "About", orderable=False, linkify=("operations:consultation-detail", {"ref": A("pk")})
    )
    held_on = DateColumn(verbose_name="Day")
    channel = Column("How", accessor="get_channel_display", orderable=False)
    district = Column("District", orderable=False)
    people = NumberColumn(verbose_name="People")
    involved = NumberColumn(verbose_name="Stayed involved", orderable=False)


class WatchSchemeTable(Table):
    caption = "Neighbourhood Watch schemes"
    noun = "schemes"

    name = Column("Scheme", linkify=("operations:watch-detail", {"ref": A("pk")}))
    area = Column("Streets", orderable=False)
    district = Column("District", orderable=False)
    coordinator = Column("Coordinator", orderable=False)
    members = NumberColumn(verbose_name="Households")
    started_on = DateColumn(verbose_name="Started")
    ended_on = DateColumn(verbose_name="Ended", orderable=False)


class EstateWorksTable(Table):
    caption = "Estate works"
    noun = "estates"

    estate = Column("Estate", linkify=("operations:estate-detail", {"ref": A("pk")}))
    council = Column("Carried out by", orderable=False)
    measures = Column("Measures", accessor="get_measures_display", orderable=False)
    homes = NumberColumn(verbose_name="Homes")
    started_on = DateColumn(verbose_name="Started")
    done_on = DateColumn(verbose_name="Done", orderable=False)


class AwarenessTable(Table):
    caption = "Awareness given"
    noun = "entries"

    subject = Column(
        "About",
        accessor="get_subject_display",
        orderable=False,
        linkify=("operations:awareness-detail", {"ref": A("pk")}),
    )
    given_on = DateColumn(verbose_name="Day")
    audience = Column("Given to", orderable=False)
    district = Column("District", orderable=False)
    people = NumberColumn(verbose_name="People")
