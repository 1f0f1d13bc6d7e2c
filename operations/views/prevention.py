"""What the pages of prevention share: their own navigation, lists, details and forms."""

from collections.abc import Iterator
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import FormView

from core.access.permissions import Permission
from core.access.person import person
from core.details import RecordDetail
from core.editing import ServiceFormMixin
from core.lists import RecordList
from core.words import facts_of

HOME = ("Prevention", "operations:packs")
SECTIONS = (
    ("Packs", "operations:packs"),
    ("Properties", "operations:property-list"),
    ("Works orders", "operations:works-list"),
    ("Planning", "operations:planning-list"),
    ("Community", "operations:community"),
    ("Did it work", "performance:treated-homes"),
)


class InPrevention:
    """`sections` for the navigation, `trail` for the breadcrumbs, `may_change` for the buttons."""

    request: HttpRequest
    above: tuple[tuple[str, str], ...] = ()  # titles and URL names between the start and here

    @property
    def may_change(self) -> bool:
        return person(self.request).has(Permission.PREVENTION_CHANGE)

    def trail(self) -> list[tuple[str, str]]:
        return [(title, reverse(name)) for title, name in (HOME, *self.above)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)  # type: ignore[misc]  # a view's mixin
        return context | {
            "sections": self._sections(),
            "trail": self.trail(),
            "may_change": self.may_change,
        }

    def _sections(self) -> list[dict[str, Any]]:
        path = self.request.path
        found = [(title, reverse(name)) for title, name in SECTIONS]
        here = max((url for _, url in found if path.startswith(url)), key=len, default="")
        return [{"title": title, "url": url, "current": url == here} for title, url in found]


class PreventionList(InPrevention, RecordList):  # type: ignore[misc]  # there a trail is a property
    template_name = "operations/prevention/list.html"
    new = ("", "")  # URL name and label of the button for a new record

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        name, label = self.new
        return super().get_context_data(**kwargs) | {
            "new_url": reverse(name) if name and self.may_change else None,
            "new_label": label,
        }


class PreventionDetail(InPrevention, RecordDetail):
    """`buttons`: what can be done here, pairs of title and address, for those who may change."""

    template_name = "operations/prevention/detail.html"

    def buttons(self) -> list[tuple[str, str]]:
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        actions = [
            {"title": title, "url": url, "primary": place == 0}
            for place, (title, url) in enumerate(self.buttons() if self.may_change else [])
        ]
        return super().get_context_data(**kwargs) | {
            "title": str(self.object),
            "caption": str(self.object._meta.verbose_name).capitalize(),
            "actions": actions,
            "facts": list(self._facts()),
        }

    def _facts(self) -> Iterator[dict[str, str]]:
        """Those that are known; a choice under its name."""
        for fact, name in zip(facts_of(self.object, self.facts), self.facts, strict=True):
            shown = getattr(self.object, f"get_{name}_display", None)
            if fact["value"] != "-":
                yield fact | ({"value": str(shown())} if shown else {})


class PreventionForm(InPrevention, ServiceFormMixin, FormView[Any]):
    """`back`: where a new record is listed, when nothing else is said."""

    back = ""

    def cancel(self) -> str:
        return reverse(self.back)

    def address_of(self, record: Any) -> str:
        return self.cancel()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"cancel": self.cancel()}


class AboutOne(PreventionForm):
    """A form about one record of `model`, back to its page `detail`."""

    model: Any = None
    detail = ""
    _record: Any = None

    @property
    def record(self) -> Any:
        self._record = self._record or get_object_or_404(self.model, pk=self.kwargs["ref"])
        return self._record

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self._record = get_object_or_404(self.model, pk=kwargs["ref"])
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]  # a page answers now

    def cancel(self) -> str:
        return reverse(self.detail, args=[self.record.pk])

    def trail(self) -> list[tuple[str, str]]:
        return [*super().trail(), (str(self.record), self.cancel())]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"caption": str(self.record)}


class Edit(AboutOne):
    """Changes one record; `amend` is its service."""

    submit = "Save changes"
    done = "Changed."
    amends = True
    amend: Any = None  # the service
    named = "record"  # what the service calls it

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.record}

    def perform(self, form: Any) -> Any:
        version = form.cleaned_data["version"]
        about = {self.named: form.instance, "version": version}
        return self.amend(by=person(self.request), **about, **form.facts())
