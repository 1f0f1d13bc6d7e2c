from typing import Any

from django.urls import reverse
from django_tables2 import A, Column

from core.tables import Table
from core.words import words_of
from offenders.models import Nominal


def nominal_url(pk: int) -> str:
    return reverse("offenders:nominal-detail", args=[pk])


class NominalTable(Table):
    caption = "Nominals"
    noun = "nominals"
    stacks = True

    name = Column(
        "Name",
        accessor=A("surname"),
        linkify=("offenders:nominal-detail", {"pk": A("pk")}),
        empty_values=(),  # a masked one
    )
    ref = Column("Reference")
    born = Column("Date of birth", accessor=A("date_of_birth"))
    unit = Column("Area", orderable=False)
    priority = Column("Priority", accessor=A("priority_total"))
    lead = Column("Lead officer", accessor=A("lead_officer"), orderable=False)
    why = Column("Found by", orderable=False, empty_values=())

    class Meta(Table.Meta):
        empty_text = "No nominal matches. Try fewer words, or one of the names alone."

    def render_name(self, record: Nominal) -> str:
        return str(record)

    def render_born(self, record: Nominal) -> str:
        child = ", CHILD" if record.is_child else ""
        return f"{words_of(record.date_of_birth)} ({record.age}{child})"

    def render_priority(self, value: int, record: Nominal) -> str:
        return "-" if record.covered else f"{value} of 12"

    def render_why(self, record: Any) -> str:
        return getattr(record, "why", "")
