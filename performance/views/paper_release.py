"""A paper on its way to release, and what became of it since."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import AnyOf, requires
from performance.models import Paper
from performance.paper_forms import SendBackForm
from performance.services import paper_release
from performance.views.papers import OfPaper, told


@requires(Permission.PAPER_WRITE)
@require_POST
def paper_send(request: HttpRequest, pk: int) -> HttpResponse:
    paper = get_object_or_404(Paper, pk=pk)
    return told(request, paper, "Sent to review.", paper_release.send_to_review)


class PaperBack(OfPaper, FormView[Any]):
    access = AnyOf(frozenset({Permission.PAPER_WRITE, Permission.PAPER_RELEASE}))
    form_class = SendBackForm
    title = "Send the paper back"
    submit = "Send it back"
    done = "Sent back. It is a draft again."

    def perform(self, form: SendBackForm) -> Paper:
        return paper_release.send_back(
            by=person(self.request), paper=self.paper, **form.cleaned_data
        )
