"""Board papers: the list, the page of one, its making and its way to release."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe
from django.views.generic import FormView

from core import audit
from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from core.dates import add_months
from core.editing import ServiceFormMixin
from performance.indicators import INDICATORS
from performance.models import BoardQuestion, Paper, PaperState
from performance.paper_forms import (
    AnswerForm,
    NewPaperForm,
    PaperForm,
    QuestionForm,
)
from performance.papers.references import FigureRef
from performance.papers.template import PRIORITIES, TITLE
from performance.papers.writers import forms
from performance.selectors.months import latest_month
from performance.selectors.paper_blocks import open_questions
from performance.selectors.paper_check import check_paper, remarks_of
from performance.selectors.papers import (
    ReadPaper,
    document_of,
    latest_paper,
    papers,
    read_paper,
)
from performance.selectors.values import Period
from performance.services import papers as writing

PAPERS = "performance:paper-list"
PERIODS = {"month": Period.MONTH, "rolling": Period.ROLLING_12, "fytd": Period.FYTD}
CARRIED = ("title", "to", "sender", "marking", "priorities")
STEPS = (("up", "Up"), ("down", "Down"), ("remove", "Take out"))


def paper_url(paper: Paper) -> str:
    return reverse("performance:paper-detail", args=[paper.pk])


@requires(Permission.PAPER_VIEW)
@require_safe
def paper_list(request: HttpRequest) -> HttpResponse:
    context = {
        "papers": papers(),
        "may_write": person(request).has(Permission.PAPER_WRITE),
    }
    return render(request, "performance/paper/list.html", context)


@requires(Permission.PAPER_VIEW)
@require_safe
def paper_detail(request: HttpRequest, pk: int) -> HttpResponse:
    """Of a released paper, what the board was told; of any other, what its author works on."""
    paper = get_object_or_404(Paper.objects.select_related("author", "checker"), pk=pk)
    audit.record(by=person(request), action=audit.Action.RECORD_VIEWED, target=paper)
    trail = [("Board papers", reverse(PAPERS))]
    if paper.is_told:
        context = _released(request, paper) | {"trail": trail}
        return render(request, "performance/paper/released.html", context)
    return render(request, "performance/paper/detail.html", _working(request, paper, trail))


def _released(request: HttpRequest, paper: Paper) -> dict[str, Any]:
    by = person(request)
    titles = {form.slug: form.title for form in forms()}
    kept = paper.files.values("form", "sha256")
    return {
        "paper": paper,
        "document": document_of(paper),
        "figures": _lineage_urls(paper) if by.has(Permission.RECORD_VIEW) else {},
        "files": [each | {"title": titles.get(each["form"], each["form"])} for each in kept],
        "may_write": by.has(Permission.PAPER_WRITE),
    }


def _lineage_urls(paper: Paper) -> dict[str, str]:
    return {
        reference: reverse("performance:paper-lineage", args=[paper.pk, pk])
        for pk, reference in paper.figures.values_list("pk", "reference")
    }


def _working(request: HttpRequest, paper: Paper, trail: list[tuple[str, str]]) -> dict[str, Any]:
    by = person(request)
    read = read_paper(paper)
    check = check_paper(read)
    return {
        "paper": paper,
        "read": read,
        "check": check,
        "findings": check.by_place(),
        "remarks": remarks_of(read, check),
        "section_steps": STEPS,
        "rows": _rows_urls(read) if by.has(Permission.RECORD_VIEW) else {},
        "forms": list(forms()),
        "questions": open_questions(paper),
        "trail": trail,
        "may_write": by.has(Permission.PAPER_WRITE) and paper.state == PaperState.DRAFT,
        "may_release": by.has(Permission.PAPER_RELEASE) and by.pk != paper.author_id,
        "is_author": by.pk == paper.author_id,
    }


def _rows_urls(read: ReadPaper) -> dict[str, str]:
    """From a chip to the rows beneath it, where it tells of rows."""
    found = {}
    for reference, told in read.told.items():
        ref = FigureRef.parse(reference)
        if ref and told.last and told.value is not None and not told.note:
            part = next(iter(INDICATORS[ref.indicator].measures))
            period = PERIODS[ref.span.name]
            query = {"part": part, "month": f"{told.last:%Y-%m}", "unit": ref.unit}
            page = reverse("performance:rows", args=[ref.indicator])
            found[reference] = f"{page}?{urlencode({**query, 'period': period.value})}"
    return found


@requires(Permission.PAPER_VIEW)
@require_safe
def paper_read(request: HttpRequest, pk: int) -> HttpResponse:
    """The paper as it reads, without the tools around it."""
    paper = get_object_or_404(Paper, pk=pk)
    context = {
        "paper": paper,
        "document": document_of(paper),
        "trail": [("Board papers", reverse(PAPERS)), (str(paper), paper_url(paper))],
    }
    return render(request, "performance/paper/read.html", context)


@requires(Permission.PAPER_WRITE)
class PaperNew(ServiceFormMixin, FormView[Any]):
    form_class = NewPaperForm
    title = "Make a board paper"
    submit = "Make the paper"
    done = "Paper made. Its figures are those of the month that you chose."

    def get_form_kwargs(self) -> dict[str, Any]:
        source = latest_paper()
        draft = Paper(author=person(self.request), title=TITLE, priorities=PRIORITIES)
        for name in CARRIED if source else ():
            setattr(draft, name, getattr(source, name))
        return super().get_form_kwargs() | {"instance": draft}

    def get_initial(self) -> dict[str, Any]:
        source = latest_paper()
        month = add_months(source.month, 1) if source else latest_month()
        return {"month": f"{month:%Y-%m}"}

    def perform(self, form: Any) -> Paper:
        return writing.make_paper(by=person(self.request), source=latest_paper(), **form.facts())

    def address_of(self, record: Paper) -> str:
        return paper_url(record)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        source = latest_paper()
        caption = f"From the paper “{source}” of {source.month:%B %Y}" if source else ""
        return super().get_context_data(**kwargs) | {
            "trail": [("Board papers", reverse(PAPERS))],
            "cancel": reverse(PAPERS),
            "caption": caption,
        }


class OfPaper(ServiceFormMixin):
    """A form about one paper, back to its page when it is done."""

    paper: Paper

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.paper = self.find()
        return super().dispatch(request, *args, **kwargs)  # type: ignore[misc]  # a view's mixin

    def find(self) -> Paper:
        return get_object_or_404(Paper, pk=self.kwargs["pk"])  # type: ignore[attr-defined]  # a view's mixin

    def address_of(self, record: Any) -> str:
        return paper_url(self.paper)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": [("Board papers", reverse(PAPERS)), (str(self.paper), paper_url(self.paper))],
            "cancel": paper_url(self.paper),
            "paper": self.paper,
        }


@requires(Permission.PAPER_WRITE)
class PaperEdit(OfPaper, FormView[Any]):
    form_class = PaperForm
    title = "Change the facts of the paper"
    amends = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.find()}

    def perform(self, form: PaperForm) -> Paper:
        return writing.amend_paper(
            by=person(self.request),
            paper=self.paper,
            version=form.cleaned_data["version"],
            **form.facts(),
        )


@requires(Permission.PAPER_WRITE)
class QuestionNew(OfPaper, FormView[Any]):
    form_class = QuestionForm
    title = "Record a question or action of the board"
    done = "Recorded. The next papers carry it until it is answered."

    def perform(self, form: QuestionForm) -> BoardQuestion:
        return writing.ask_question(by=person(self.request), paper=self.paper, **form.facts())


@requires(Permission.PAPER_WRITE)
class QuestionAnswer(OfPaper, FormView[Any]):
    """Answered in this paper."""

    form_class = AnswerForm
    title = "Answer a question of the board"
    done = "Answered in this paper."

    @property
    def question(self) -> BoardQuestion:
        return get_object_or_404(BoardQuestion, pk=self.kwargs["question"])

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": self.question}

    def perform(self, form: AnswerForm) -> BoardQuestion:
        return writing.answer_question(
            by=person(self.request),
            question=form.instance,
            paper=self.paper,
            version=form.cleaned_data["version"],
            answer=form.cleaned_data["answer"],
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"caption": self.question.text}


@requires(Permission.PAPER_WRITE)
@require_POST
def paper_accept(request: HttpRequest, pk: int) -> HttpResponse:
    paper = get_object_or_404(Paper, pk=pk)
    return told(request, paper, "Noted: you have seen what changed.", writing.accept_changes)


def told(request: HttpRequest, paper: Paper, done: str, step: Any, **facts: Any) -> HttpResponse:
    """A step without a form: what is refused is said at the top of the paper's page."""
    try:
        step(by=person(request), paper=paper, **facts)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        messages.success(request, done)
    return HttpResponseRedirect(paper_url(paper))
