"""What is done with the community: four kinds of record, and one page that shows where they are."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, Sum
from django.urls import URLPattern, path, reverse
from django.views.generic import TemplateView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.concurrency import VersionedForm
from core.filters import RecordFilter
from core.tables import Table
from operations import prevention_filters as filters
from operations import prevention_tables as tables
from operations.forms import prevention as forms
from operations.models import AwarenessGiven, Consultation, EstateWorks, WatchScheme
from operations.services import community
from operations.views.prevention import (
    Edit,
    InPrevention,
    PreventionDetail,
    PreventionForm,
    PreventionList,
)

COMMUNITY = ("Community", "operations:community")


@dataclass(frozen=True)
class Noun:
    """One kind of record: what its list, its page and its two forms need to be those of it."""

    name: str  # in the names of its addresses
    folder: str  # in the addresses
    model: type[Model]
    title: str  # of many
    one: str  # in "Record ..." and "Change ..."
    done: str
    facts: tuple[str, ...]
    filterset_class: type[RecordFilter]
    table_class: type[Table]
    form_class: type[VersionedForm]
    record: Callable[..., Any]  # the services
    amend: Callable[..., Any]
    export_kind: str
    new: str = ""  # label of the button, where it is not the title of the form

    @property
    def listed(self) -> tuple[tuple[str, str], ...]:
        return (COMMUNITY, (self.title, f"operations:{self.name}-list"))


NOUNS = (
    Noun(
        "consultation",
        "consultations",
        Consultation,
        "Consultations",
        "a consultation",
        "Consultation recorded.",
        ("held_on", "district", "channel", "people", "involved", "result"),
        filters.ConsultationFilter,
        tables.ConsultationTable,
        forms.ConsultationForm,
        community.record_consultation,
        community.amend_consultation,
        "consultations",
    ),
    Noun(
        "watch",
        "watch-schemes",
        WatchScheme,
        "Neighbourhood Watch schemes",
        "a Neighbourhood Watch scheme",
        "Scheme recorded.",
        ("area", "district", "coordinator", "members", "started_on", "ended_on"),
        filters.WatchSchemeFilter,
        tables.WatchSchemeTable,
        forms.WatchForm,
        community.record_scheme,
        community.amend_scheme,
        "watch-schemes",
        new="Record a scheme",
    ),
    Noun(
        "estate",
        "estates",
        EstateWorks,
        "Estate works",
        "estate works",
        "Estate works recorded.",
        ("measures", "council", "district", "homes", "started_on", "done_on", "note"),
        filters.EstateWorksFilter,
        tables.EstateWorksTable,
        forms.EstateForm,
        community.record_estate,
        community.amend_estate,
        "estate-works",
    ),
    Noun(
        "awareness",
        "awareness",
        AwarenessGiven,
        "Awareness given",
        "awareness given",
        "Recorded.",
        ("given_on", "subject", "audience", "district", "people", "note"),
        filters.AwarenessFilter,
        tables.AwarenessTable,
        forms.AwarenessForm,
        community.record_awareness,
        community.amend_awareness,
        "awareness",
    ),
)


@requires(Permission.PREVENTION_VIEW)
class Community(InPrevention, TemplateView):
    template_name = "operations/community/overview.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        asked = Consultation.objects.aggregate(
            people=Sum("people", default=0), involved=Sum("involved", default=0)
        )
        watch = WatchScheme.objects.filter(ended_on__isnull=True)
        homes = EstateWorks.objects.aggregate(homes=Sum("homes", default=0))["homes"]
        told = AwarenessGiven.objects.aggregate(people=Sum("people", default=0))["people"]
        households = watch.aggregate(members=Sum("members", default=0))["members"]
        return super().get_context_data(**kwargs) | {
            "kinds": [
                (
                    "Consultations",
                    reverse("operations:consultation-list"),
                    f"{asked['people']:,} people consulted, {asked['involved']:,} stayed involved.",
                ),
                (
                    "Neighbourhood Watch schemes",
                    reverse("operations:watch-list"),
                    f"{watch.count():,} schemes with {households:,} households.",
                ),
                (
                    "Estate works",
                    reverse("operations:estate-list"),
                    f"{homes:,} homes better protected, or to be.",
                ),
                (
                    "Awareness given",
                    reverse("operations:awareness-list"),
                    f"{told:,} people reached.",
                ),
                ("Partners", reverse("operations:partner-list"), "Who passes packs on."),
            ]
        }


@requires(Permission.PREVENTION_VIEW)
class CommunityList(PreventionList):
    filterset_class: Any = None
    table_class: Any = None


@requires(Permission.PREVENTION_VIEW)
class CommunityDetail(PreventionDetail):
    edit = ""  # URL name

    def buttons(self) -> list[tuple[str, str]]:
        return [("Change", reverse(self.edit, args=[self.object.pk]))]


@requires(Permission.PREVENTION_CHANGE)
class CommunityNew(PreventionForm):
    record: Any = None  # the service

    def perform(self, form: Any) -> Any:
        return self.record(by=person(self.request), **form.facts())


@requires(Permission.PREVENTION_CHANGE)
class CommunityEdit(Edit):
    pass


def addresses(start: str) -> Iterator[URLPattern]:
    """The four pages of each noun, below `start`."""
    for noun in NOUNS:
        below, name = f"{start}{noun.folder}/", f"operations:{noun.name}"
        yield path(below, _list(noun, f"{name}-new"), name=f"{noun.name}-list")
        yield path(f"{below}new/", _new(noun, f"{name}-list"), name=f"{noun.name}-new")
        yield path(f"{below}<int:ref>/", _detail(noun, f"{name}-edit"), name=f"{noun.name}-detail")
        edit = f"{below}<int:ref>/edit/"
        yield path(edit, _edit(noun, f"{name}-detail"), name=f"{noun.name}-edit")


def _list(noun: Noun, new: str) -> Any:
    return CommunityList.as_view(
        queryset=noun.model._default_manager.select_related("district"),
        filterset_class=noun.filterset_class,
        table_class=noun.table_class,
        title=noun.title,
        export_kind=noun.export_kind,
        new=(new, noun.new or f"Record {noun.one}"),
        above=(COMMUNITY,),
    )


def _detail(noun: Noun, edit: str) -> Any:
    rows = noun.model._default_manager.select_related("district")
    return CommunityDetail.as_view(queryset=rows, above=noun.listed, facts=noun.facts, edit=edit)


def _new(noun: Noun, back: str) -> Any:
    return CommunityNew.as_view(
        form_class=noun.form_class,
        title=f"Record {noun.one}",
        done=noun.done,
        back=back,
        above=noun.listed,
        record=noun.record,
    )


def _edit(noun: Noun, detail: str) -> Any:
    return CommunityEdit.as_view(
        model=noun.model,
        form_class=noun.form_class,
        title=f"Change {noun.one}",
        detail=detail,
        above=noun.listed,
        amend=noun.amend,
    )
