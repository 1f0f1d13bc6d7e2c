"""The base of every list page: filter panel, sort links, pages."""

from typing import Any

from django.db.models import QuerySet
from django.views.generic import ListView
from django_tables2.data import TableListData

from core.filters import RecordFilter
from core.paging import CappedPaginator
from core.tables import Table

PAGE = 50


class SortedRows(TableListData):
    """Rows that the filter has put in order already; the table only draws the links."""

    def order_by(self, aliases: Any) -> None:
        pass


class RecordList(ListView[Any]):
    filterset_class: type[RecordFilter]
    table_class: type[Table]
    title = ""
    paginate_by = PAGE
    paginator_class = CappedPaginator
    export_kind = ""
    trail: Any = ()

    def get_template_names(self) -> list[str]:
        return [self.template_name or "records/list.html"]

    def get_queryset(self) -> QuerySet[Any]:
        self.filterset = self.filterset_class(
            self.request.GET, queryset=super().get_queryset(), request=self.request
        )
        rows: QuerySet[Any] = self.filterset.qs
        return rows if self.filterset.is_valid() else rows.none()

    def get_table(self, rows: Any) -> Table:
        sort = self.filterset.form.cleaned_data.get("sort", "")
        return self.table_class(SortedRows(list(rows)), order_by=sort or None)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "form": self.filterset.form,
            "tags": [self._tag(*chosen) for chosen in self.filterset.chosen()],
            "table": self.get_table(context["object_list"]),
            "page": context["page_obj"],
            "title": self.title,
            "trail": self.trail,
        }

    def _tag(self, name: str, label: str, words: str) -> dict[str, str]:
        """A filter in use, and the address of the list without it."""
        query = self.request.GET.copy()
        query.pop(name, None)
        query.pop("page", None)
        return {"text": f"{label}: {words}", "url": f"?{query.urlencode()}"}
