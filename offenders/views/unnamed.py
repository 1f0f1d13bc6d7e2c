"""People for analysis, in a browser: the rows of one publication, to read and to take away."""

from functools import cached_property
from typing import Any

import django_tables2
from django.views.generic import ListView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.lists import PAGE, list_actions
from core.tables import NumberColumn, Table
from offenders.selectors.unnamed import PublicationForm, Unnamed, unnamed


class UnnamedTable(Table):
    caption = "People without names"
    noun = "people"
    stacks = True

    pseudonym = django_tables2.Column()
    age_band = django_tables2.Column(verbose_name="Age")
    sex = django_tables2.Column()
    ethnicity = django_tables2.Column()
    area = django_tables2.Column()
    arrests = NumberColumn()
    convictions = NumberColumn()

    class Meta(Table.Meta):
        orderable = False


@requires(Permission.PEOPLE_ANALYSE)
class UnnamedPeople(ListView[Any]):
    template_name = "offenders/unnamed.html"
    paginate_by = PAGE

    @cached_property
    def form(self) -> PublicationForm:
        return PublicationForm(self.request.GET or None)

    def get_queryset(self) -> Any:
        """Nobody is read, and so nobody looked at, before the publication has a name."""
        found: list[Unnamed] = []
        if self.form.is_valid():
            found = unnamed(person(self.request), self.form.cleaned_data["publication"])
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        query = self.request.GET.copy()
        query.pop("page", None)
        kind = "people-without-names" if self.form.is_valid() else ""
        return context | {
            "form": self.form,
            "table": UnnamedTable(context["object_list"]),
            "page": context["page_obj"],
            **list_actions(self.request, kind, query.urlencode()),
        }
