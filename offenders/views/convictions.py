from typing import Any

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.lists import RecordList
from offenders.conviction_list import ConvictionFilter, ConvictionTable
from offenders.forms.disposals import ConvictionForm, SentenceForm
from offenders.models import Conviction, Sentence
from offenders.models.scope import open_rows
from offenders.selectors.disposals import convictions
from offenders.services.convictions import add_sentence, amend_conviction, record_conviction
from offenders.views.nominals import NominalFormView


@requires(Permission.NOMINAL_VIEW)
class ConvictionList(RecordList):
    """Convictions of everybody, as the review of acquisitive crime lists them."""

    filterset_class = ConvictionFilter
    table_class = ConvictionTable
    title = "Convictions"

    @property
    def trail(self) -> list[tuple[str, str]]:
        return [("Nominals", reverse("offenders:nominal-list"))]

    def all_rows(self) -> QuerySet[Conviction]:
        return open_rows(convictions())

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().get(request, *args, **kwargs)
        asked = {"convictions": request.GET.urlencode()}
        audit.record(by=person(request), action=audit.Action.NOMINAL_SEARCHED, detail=asked)
        return response


class ConvictionPage(NominalFormView):
    def address_of(self, record: Any) -> str:
        return reverse("offenders:disposal-list", args=[self.nominal.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        here = reverse("offenders:disposal-list", args=[self.nominal.pk])
        return super().get_context_data(**kwargs) | {
            "trail": [*self.trail(), ("Disposals and convictions", here)],
            "cancel": here,
        }

    @property
    def conviction(self) -> Conviction:
        rows = Conviction.objects.filter(nominal=self.nominal)
        return get_object_or_404(rows, pk=self.kwargs["conviction"])


@requires(Permission.NOMINAL_CHANGE)
class ConvictionNew(ConvictionPage):
    form_class = ConvictionForm
    title = "Record a conviction"
    submit = "Record it"
    done = "Conviction recorded. Add its sentences."

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"nominal": self.nominal}

    def perform(self, form: ConvictionForm) -> Conviction:
        return record_conviction(by=person(self.request), nominal=self.nominal, **form.facts())


@requires(Permission.NOMINAL_CHANGE)
class ConvictionEdit(ConvictionPage):
    form_class = ConvictionForm
    title = "Change a conviction"

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs = super().get_form_kwargs()
        return kwargs | {"nominal": self.nominal, "instance": self.conviction}

    def perform(self, form: ConvictionForm) -> Conviction:
        version = form.cleaned_data["version"]
        return amend_conviction(
            by=person(self.request), conviction=self.conviction, version=version, **form.facts()
        )


@requires(Permission.NOMINAL_CHANGE)
class SentenceNew(ConvictionPage):
    form_class = SentenceForm
    title = "Add a sentence"
    submit = "Add it"
    done = "Sentence added."

    def get_initial(self) -> dict[str, Any]:
        return {"sentenced_on": self.conviction.convicted_on}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"caption": str(self.conviction)}

    def perform(self, form: SentenceForm) -> Sentence:
        return add_sentence(
            by=person(self.request), conviction=self.conviction, **form.cleaned_data
        )
