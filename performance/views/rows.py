from typing import Any

from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db.models import QuerySet, Sum
from django.http import Http404, HttpRequest
from django.urls import reverse

from core.access.person import person
from core.access.policy import requires
from core.lists import RecordList, list_actions
from performance.filters import FILTER_OF, KIND_OF, PREFIX
from performance.policies.rows import ROWS, can_open_rows
from performance.selectors.drill_down import ADDRESS, drill_of
from performance.tables import JOINED, TABLE_OF


@requires(ROWS)
class RowsBehind(RecordList):
    """The records that a figure counts. Its number above the list is the list's own length."""

    template_name = "performance/rows/list.html"
    paginator_class = Paginator  # exact: the number is what the page is about
    prefix = PREFIX

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        try:
            self.drill = drill_of(kwargs["slug"], request.GET)
        except ValidationError as refusal:
            raise Http404(" ".join(refusal.messages)) from None
        can_open_rows(person(request), self.drill.indicator, self.drill.part).require()
        self.filterset_class = FILTER_OF[self.drill.model]
        self.table_class = TABLE_OF[self.drill.model]

    def all_rows(self) -> QuerySet[Any]:
        return self.drill.rows().select_related(*JOINED[self.drill.model])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        drill, narrowed = self.drill, any(True for _ in self.filterset.chosen())
        query = self.request.GET.urlencode()
        return context | {
            "title": drill.indicator.title,
            "drill": drill,
            "words": drill.words(),
            "not_shown": drill.not_shown(),
            "found": context["page"].paginator.count,
            "total": self._total() if drill.weight else None,
            "of": self.filterset.queryset.count() if narrowed else None,
            "keep": [
                (name, self.request.GET[name]) for name in ADDRESS if name in self.request.GET
            ],
            "clear": f"{self.request.path}?{self._figure_query()}",
            "parts": self._parts(),
            "trail": [
                ("Boards", reverse("performance:board-list")),
                (
                    drill.indicator.title,
                    reverse("performance:indicator-detail", args=[drill.indicator.slug]),
                ),
            ],
            **list_actions(
                self.request,
                f"figure-{KIND_OF[drill.model]}",
                f"{query}&indicator={drill.indicator.slug}",
            ),
        }

    def _total(self) -> int:
        """Of a figure that sums a column of its rows."""
        rows = self.filterset.qs.order_by()
        return rows.aggregate(total=Sum(self.drill.weight))["total"] or 0

    def _figure_query(self, **changes: str) -> str:
        query = self.request.GET.copy()
        for name in set(query) - set(ADDRESS):
            del query[name]
        for name, value in changes.items():
            query[name] = value
        return query.urlencode()

    def _parts(self) -> list[dict[str, Any]]:
        names = {"numerator": "Numerator", "denominator": "Denominator", "median": "Median of"}
        parts = self.drill.indicator.measures
        if len(parts) == 1:
            return []
        return [
            {
                "title": names[part],
                "url": f"?{self._figure_query(part=part)}",
                "current": part == self.drill.part,
            }
            for part in parts
        ]
