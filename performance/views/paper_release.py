"""A paper on its way to release, and what became of it since."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import AnyOf, requires
from performance.models import Paper, PaperFigure, PaperFile
from performance.models.paper import TOLD
from performance.paper_forms import SendBackForm
from performance.papers.writers import forms
from performance.selectors.papers import document_of
from performance.selectors.restatements import Lineage, Part, Row, lineage_of, restatements
from performance.services import paper_release
from performance.views.papers import PAPERS, OfPaper, paper_url, told

ROWS = 100  # of a page of lineage


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


@requires(Permission.PAPER_RELEASE)
@require_POST
def paper_release_step(request: HttpRequest, pk: int) -> HttpResponse:
    paper = get_object_or_404(Paper, pk=pk)
    done = "Released. What the board is told stands for ever."
    return told(request, paper, done, paper_release.release)


@requires(Permission.PAPER_VIEW)
@require_safe
def paper_file(request: HttpRequest, pk: int, form: str) -> HttpResponse:
    """Of a released paper the very bytes that were kept; of a draft, made for the occasion."""
    paper = get_object_or_404(Paper, pk=pk)
    known = {each.slug: each for each in forms()}
    if form not in known:
        raise Http404(f"A paper has no file “{form}”.")
    kind = known[form]
    content = _kept(paper, form) if paper.is_told else kind.write(document_of(paper, kind.public))
    audit.record(
        by=person(request),
        action=audit.Action.EXPORT_DOWNLOADED,
        target=paper,
        detail={"form": form},
    )
    name = f"{paper.reference}{'-public' if kind.public else ''}.{kind.extension}"
    answer = HttpResponse(content, content_type=kind.content_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


def _kept(paper: Paper, form: str) -> bytes:
    return bytes(get_object_or_404(PaperFile, paper=paper, form=form).content)


@requires(Permission.PAPER_VIEW)
@require_safe
def paper_restatements(request: HttpRequest, pk: int) -> HttpResponse:
    paper = _told_paper(pk)
    context = {"paper": paper, "moved": restatements(paper), "trail": _trail(paper)}
    return render(request, "performance/paper/restatements.html", context)


@requires(Permission.RECORD_VIEW)
@require_safe
def paper_lineage(request: HttpRequest, pk: int, figure: int) -> HttpResponse:
    """A figure as it was told: the rows that it counted then, and those that it counts now."""
    paper = _told_paper(pk)
    found = get_object_or_404(PaperFigure, paper=paper, pk=figure)
    by = person(request)
    detail = {"figure": found.reference}
    audit.record(by=by, action=audit.Action.RECORD_VIEWED, target=paper, detail=detail)
    trail = _trail(paper) if by.has(Permission.PAPER_VIEW) else []
    lineage = lineage_of(paper, found, by=by)
    part = _part(lineage, request.GET.get("part", ""))
    counted = request.GET.get("rows") == "counted"
    rows: tuple[Row, ...] = ()
    if part and part.name in lineage.urls:  # as for the rows that a figure counts now
        rows = part.counted if counted else part.rows
    context = {
        "paper": paper,
        "figure": found,
        "lineage": lineage,
        "part": part,
        "counted": counted,
        "page": Paginator(rows, ROWS).get_page(request.GET.get("page")),
        "trail": trail,
    }
    return render(request, "performance/paper/lineage.html", context)


def _part(lineage: Lineage, name: str) -> Part | None:
    """The one that was asked for, or the first; None of a figure without rows."""
    named = (part for part in lineage.parts if part.name == name)
    return next(named, next(iter(lineage.parts), None))


def _told_paper(pk: int) -> Paper:
    return get_object_or_404(Paper.objects.filter(state__in=TOLD), pk=pk)


def _trail(paper: Paper) -> list[tuple[str, str]]:
    return [("Board papers", reverse(PAPERS)), (str(paper), paper_url(paper))]
