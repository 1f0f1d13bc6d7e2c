"""The base of every list page: filter panel, sort links, pages."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.generic import ListView
from django_tables2.data import TableListData

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.exports.kinds import export_kind
from core.filters import RecordFilter
from core.paging import CappedPaginator
from core.tables import Table

PAGE = 50


FORMATS = (("csv", "CSV"), ("xlsx", "Excel"))


def list_actions(request: HttpRequest, kind: str, query: str | None = None) -> dict[str, Any]:
    """What records/actions.html needs: the export of this list, for those who may take rows away."""
    may_export = bool(kind) and person(request).has(export_kind(kind).permission)
    return {
        "export_kind": kind if may_export else "",
        "export_query": request.GET.urlencode() if query is None else query,
        "export_formats": FORMATS,
    }


class SortedRows(TableListData):
    """Rows that the filter has put in order already; the table only draws the links."""

    def order_by(self, aliases: Any) -> None:
        pass


class RecordList(ListView[Any]):
    filterset_class: type[RecordFilter]
    table_class: type[Table]
    title = ""
    paginate_by = PAGE
    paginator_class: type[Paginator[Any]] = CappedPaginator
    prefix: str | None = None  # of the filter's names in the address
    export_kind = ""

    @property
    def trail(self) -> list[tuple[str, str]]:
        may = person(self.request).has(Permission.RECORD_VIEW)
        return [("Records", reverse("performance:record-kinds"))] if may else []

    def get_template_names(self) -> list[str]:
        return [self.template_name or "records/list.html"]

    def all_rows(self) -> QuerySet[Any]:
        return super().get_queryset()

    def get_queryset(self) -> QuerySet[Any]:
        self.filterset = self.filterset_class(
            self.request.GET, queryset=self.all_rows(), request=self.request, prefix=self.prefix
        )
        rows: QuerySet[Any] = self.filterset.qs
        return rows if self.filterset.is_valid() else rows.none()

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.record_reading()
        return super().get(request, *args, **kwargs)

    def record_reading(self) -> None:
        audit.record_listed(
            by=person(self.request), path=self.request.path, query=self.request.GET.urlencode()
        )

    def get_table(self, rows: Any) -> Table:
        sort = self.filterset.form.cleaned_data.get("sort", "")
        return self.table_class(
            SortedRows(list(rows)),
            order_by=sort or None,
            order_by_field=self.filterset.form.add_prefix("sort"),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | {
            "form": self.filterset.form,
            "tags": [self._tag(*chosen) for chosen in self.filterset.chosen()],
            "table": self.get_table(context["object_list"]),
            "page": context["page_obj"],
            "title": self.title,
            "trail": self.trail,
            **list_actions(self.request, self.export_kind),
        }

    def _tag(self, name: str, label: str, words: str) -> dict[str, str]:
        """A filter in use, and the address of the list without it."""
        query = self.request.GET.copy()
        query.pop(self.filterset.form.add_prefix(name), None)
        query.pop("page", None)
        return {"text": f"{label}: {words}", "url": f"?{query.urlencode()}"}
