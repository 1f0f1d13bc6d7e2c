"""Lists of bail and of remand applications: what may be filtered, and what is shown."""

from typing import Any

import django_filters
from django.utils.html import format_html
from django_tables2 import A, Column

from core.dates import today
from core.filters import OneOf, RecordFilter, Sort, UnitFilter, YesNo
from core.models import User
from core.tables import DateColumn, Table
from offenders.filters import NamesPeople
from offenders.models import Bail, RemandApplication
from offenders.models.bail import RUNNING, BailQuerySet, BailState
from offenders.models.remand import Ground, RemandResult
from offenders.selectors.bail import BailOn, applications
from offenders.selectors.officers import officers

RUNNING_STATES = [choice for choice in BailState.choices if choice[0] in RUNNING]


class OfficerFilter(OneOf):
    def filter(self, qs: BailQuerySet, value: User | None) -> BailQuerySet:
        return qs if value is None else qs.filter(arrest__arresting_officer=value)


class BailFilter(NamesPeople):
    state = django_filters.ChoiceFilter(choices=RUNNING_STATES, label="State")
    officer = OfficerFilter(queryset=lambda _: officers(), label="Officer")
    unit = UnitFilter(district="arrest__district")
    sort = Sort(
        {"ends": ("ends_on",), "granted": ("granted_at",), "name": ("arrest__nominal__surname",)}
    )

    class Meta:
        model = Bail
        fields: list[str] = []


class BailTable(Table):
    caption = "Bail before charge, by its end"
    noun = "on bail"
    stacks = True

    name = Column(
        "Person", accessor=A("arrest__nominal"), linkify=("offenders:bail-detail", {"pk": A("pk")})
    )
    ends = Column("Ends", accessor=A("ends_on"))
    left = Column("Time left", accessor=A("pk"), orderable=False)
    state = Column("State", orderable=False)
    surrender = Column("To surrender", accessor=A("surrender_at"), orderable=False)
    granted = DateColumn(verbose_name="Granted", accessor=A("granted_at"))
    officer = Column("Officer", accessor=A("arrest__arresting_officer"), orderable=False)

    class Meta(Table.Meta):
        empty_text = "Nobody is on bail before charge that matches."

    def render_ends(self, value: Any) -> str:
        return f"{value:%-d %b %Y}"

    def render_surrender(self, record: Bail) -> str:
        return record.surrender_words or "-"

    def render_left(self, record: Bail) -> str:
        on = BailOn(record, today())
        if on.alert is None:
            return on.left_words
        tag = '<strong class="govuk-tag govuk-tag--{}">{}</strong> {}'
        return format_html(tag, on.alert_colour, on.alert_words, on.left_words)


class WordsFilter(django_filters.CharFilter):
    def filter(self, qs: Any, value: str) -> Any:
        return qs.filter(pk__in=applications(value).values("pk")) if value else qs


class GroundFilter(django_filters.ChoiceFilter):
    def filter(self, qs: Any, value: str) -> Any:
        return qs.filter(grounds__contains=[value]) if value else qs


class RemandFilter(RecordFilter):
    q = WordsFilter(label="Words", help_text="In the application, its lessons, offence or court")
    ground = GroundFilter(choices=Ground, label="Ground")
    result = django_filters.ChoiceFilter(choices=RemandResult, label="Result")
    asks_for_tag = YesNo("asks_for_tag", label="Asks for a tag")
    is_shareable = YesNo("is_shareable", label="To share")
    sort = Sort({"applied": ("applied_on",), "court": ("court",), "offence": ("offence",)})

    class Meta:
        model = RemandApplication
        fields: list[str] = []


class RemandTable(Table):
    caption = "Remand applications, newest first"
    noun = "applications"
    stacks = True

    offence = Column(linkify=("offenders:remand-detail", {"pk": A("pk")}))
    court = Column()
    applied = DateColumn(verbose_name="Applied on", accessor=A("applied_on"))
    grounds = Column(orderable=False)
    asks_for_tag = Column("Tag", orderable=False)
    result = Column(orderable=False, empty_values=())
    is_shareable = Column("To share", orderable=False)

    class Meta(Table.Meta):
        empty_text = "No application matches. Try fewer words."

    def render_grounds(self, record: RemandApplication) -> str:
        return "; ".join(str(label) for label in record.ground_labels)

    def render_asks_for_tag(self, value: bool) -> str:
        return "Asked for" if value else "No"

    def render_result(self, record: RemandApplication) -> str:
        return str(record.get_result_display()) if record.result else "None yet"

    def render_is_shareable(self, value: bool) -> str:
        return "Yes" if value else "No"
