"""The base of a page about one record: its facts, and what it was before."""

from typing import Any

from django.urls import reverse
from django.views.generic import DetailView

from core.selectors.history import history_of
from core.words import facts_of


class RecordDetail(DetailView[Any]):
    """`facts` names the fields that are shown, `listed` the list that the record stands in."""

    template_name = "records/detail.html"
    pk_url_kwarg = "ref"
    facts: tuple[str, ...] = ()
    listed: tuple[str, str] = ("", "")  # title and URL name

    def trail(self) -> list[tuple[str, str]]:
        title, name = self.listed
        return [("Records", reverse("performance:record-kinds")), (title, reverse(name))]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        record = self.object
        return super().get_context_data(**kwargs) | {
            "trail": self.trail(),
            "title": f"{record._meta.verbose_name} {record.pk}".capitalize(),
            "facts": facts_of(record, self.facts),
            "history": history_of(record),
        }
