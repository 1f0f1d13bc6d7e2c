"""The list of convictions: how it is narrowed and what its columns are."""

from typing import Any

import django_filters
from django.db.models import QuerySet
from django_tables2 import A, Column

from core.filters import RecordFilter, Sort
from core.tables import DateColumn, Table
from offenders.models import Conviction
from offenders.models.conviction import SentenceKind
from offenders.selectors.disposals import custody_words


class ConvictionFilter(RecordFilter):
    offence = django_filters.CharFilter("title", lookup_expr="icontains", label="Offence contains")
    court = django_filters.CharFilter(lookup_expr="icontains", label="Court contains")
    operation = django_filters.CharFilter(lookup_expr="icontains", label="Operation contains")
    kind = django_filters.ChoiceFilter(
        method="of_kind", choices=SentenceKind, label="With a sentence of"
    )
    sort = Sort({"convicted_on": ("convicted_on",), "title": ("title",)})

    class Meta:
        model = Conviction
        fields: list[str] = []

    def of_kind(self, rows: QuerySet[Any], name: str, value: str) -> QuerySet[Any]:
        return rows.filter(sentences__kind=value).distinct()


class ConvictionTable(Table):
    caption = "Convictions"
    noun = "convictions"

    convicted_on = DateColumn(verbose_name="Convicted")
    name = Column(
        "Name",
        accessor=A("nominal"),
        orderable=False,
        linkify=("offenders:disposal-list", {"pk": A("nominal_id")}),
    )
    title = Column("Offence")
    court = Column("Court", orderable=False)
    operation = Column("Operation", orderable=False)
    sentences = Column("Sentence", orderable=False, empty_values=())
    custody = Column("Custody in all", orderable=False, empty_values=())

    class Meta(Table.Meta):
        empty_text = "No conviction matches this filter."

    def render_sentences(self, record: Conviction) -> str:
        return "; ".join(str(sentence) for sentence in record.sentences.all()) or "Not yet"

    def render_custody(self, record: Conviction) -> str:
        return custody_words(record)
