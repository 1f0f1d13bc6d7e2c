"""Whether those who wear a tag were recorded for less: counts, days and intervals, and no verdict."""

from typing import Any

from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.views.generic import TemplateView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from offenders.models import Nominal, NominalGroup
from offenders.models.scope import open_rows
from offenders.nominal_tables import nominal_url
from offenders.selectors.nominals import nominal_for
from performance.selectors.tag_effect import Effect, Stretch, effect_of

TEMPLATE = "performance/tag_effect/detail.html"


def _line(title: str, stretch: Stretch) -> dict[str, Any]:
    rate, interval = stretch.rate, stretch.interval
    return {
        "title": title,
        "offences": stretch.offences,
        "days": f"{stretch.days:,.0f}",
        "rate": "-" if rate is None else f"{rate:.2f}",
        "interval": "-" if interval is None else f"{interval[0]:.2f} to {interval[1]:.2f}",
    }


def _person(one: Effect) -> dict[str, Any]:
    stretches = (one.before, one.wearing, one.after)
    return {
        "nominal": one.nominal,
        "cells": [f"{found.offences} in {found.days:.0f} days" for found in stretches],
    }


def _shown(nominals: list[Nominal]) -> dict[str, Any]:
    found = effect_of(nominals)
    return {
        "answer": found.answer,
        "lines": [_line(title, stretch) for title, stretch in found.rows],
        "people": [_person(one) for one in found.people],
    }


@requires(Permission.NOMINAL_VIEW)
class PersonEffect(TemplateView):
    template_name = TEMPLATE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        nominal = nominal_for(person(self.request), self.kwargs["pk"])
        return super().get_context_data(**kwargs) | {
            "title": str(nominal),
            "caption": nominal.ref,
            "trail": [
                ("Tags", reverse("offenders:tag-stock")),
                (str(nominal), nominal_url(nominal.pk)),
            ],
            **_shown([nominal]),
        }


@requires(Permission.NOMINAL_VIEW)
class GroupEffect(TemplateView):
    """A saved group; the look names everybody in it."""

    template_name = TEMPLATE

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        group = get_object_or_404(NominalGroup, pk=self.kwargs["pk"])
        members = list(open_rows(group.members.all()).select_related("nominal"))
        nominals = [member.nominal for member in members]
        by, seen = person(self.request), {group.name: [nominal.pk for nominal in nominals]}
        audit.record(by=by, action=audit.Action.NOMINAL_VIEWED, target=group, detail=seen)
        return super().get_context_data(**kwargs) | {
            "title": group.name,
            "caption": group.note,
            "group": group,
            "members": members,
            "may_change": by.has(Permission.NOMINAL_CHANGE),
            "trail": [("Tags", reverse("offenders:tag-stock"))],
            **_shown(nominals),
        }
