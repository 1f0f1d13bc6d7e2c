"""Sections and paragraphs of a paper, and what is chosen into them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST
from django.views.generic import FormView

from core.access.permissions import Permission
from core.access.person import person
from core.access.policy import requires
from performance.models import Paper, PaperBlock, PaperSection
from performance.paper_forms import (
    BlockForm,
    ChooserForm,
    ParagraphForm,
    SectionForm,
    inserted,
)
from performance.services import papers as writing
from performance.views.papers import OfPaper, paper_url

BLOCKS = PaperBlock.objects.select_related("section__paper")
SECTIONS = PaperSection.objects.select_related("paper")


@requires(Permission.PAPER_WRITE)
class SectionNew(OfPaper, FormView[Any]):
    form_class = SectionForm
    title = "Add a section"
    done = "Section added at the end."

    def perform(self, form: SectionForm) -> PaperSection:
        return writing.add_section(by=person(self.request), paper=self.paper, **form.facts())


class OfSection(OfPaper):
    section: PaperSection

    def find(self) -> Paper:
        self.section = get_object_or_404(SECTIONS, pk=self.kwargs["pk"])  # type: ignore[attr-defined]  # a view's mixin
        return self.section.paper


@requires(Permission.PAPER_WRITE)
class SectionEdit(OfSection, FormView[Any]):
    form_class = SectionForm
    title = "Change a section"
    amends = True

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": SECTIONS.get(pk=self.section.pk)}

    def perform(self, form: SectionForm) -> PaperSection:
        return writing.amend_section(
            by=person(self.request),
            section=self.section,
            version=form.cleaned_data["version"],
            **form.facts(),
        )


@requires(Permission.PAPER_WRITE)
class BlockNew(OfSection, FormView[Any]):
    form_class = BlockForm
    title = "Add a table, chart or list"
    done = "Added at the end of its section."

    def perform(self, form: BlockForm) -> PaperBlock:
        return writing.add_block(by=person(self.request), section=self.section, **form.facts())


class Choosing(OfPaper):
    """A paragraph and the lists that figures are chosen from, in one form: the buttons of the
    lists put what is chosen into the text and show the form again. Nothing is saved by them."""

    template_name: str | None = "performance/paper/paragraph.html"
    request: HttpRequest

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        what = request.POST.get("insert", "")
        if not what:
            return super().post(request, *args, **kwargs)  # type: ignore[misc,no-any-return]  # a view's mixin
        chooser = self.chooser(request.POST)
        data = request.POST.copy()
        data["text"] = inserted(data.get("text", ""), chooser.chosen(what))
        form = self.showing(data)
        return self.render_to_response(self.get_context_data(form=form, chooser=chooser))  # type: ignore[attr-defined,no-any-return]  # a view's mixin

    def showing(self, data: QueryDict) -> ParagraphForm:
        """The form with what was typed, and no faults told yet."""
        kwargs = self.get_form_kwargs() | {"data": None, "files": None}
        form = ParagraphForm(**kwargs)
        form.initial.update(
            text=data["text"],
            key=data.get("key", ""),
            is_public="is_public" in data,
            version=data.get("version") or form.initial.get("version"),
        )
        return form

    def chooser(self, data: QueryDict | None = None) -> ChooserForm:
        return ChooserForm(data, paper=self.paper)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        kwargs.setdefault("chooser", self.chooser())
        return super().get_context_data(**kwargs)


@requires(Permission.PAPER_WRITE)
class ParagraphNew(Choosing, OfSection, FormView[Any]):
    form_class = ParagraphForm
    title = "Add a paragraph"
    done = "Paragraph added at the end of its section."

    def perform(self, form: ParagraphForm) -> PaperBlock:
        return writing.add_paragraph(by=person(self.request), section=self.section, **form.facts())


@requires(Permission.PAPER_WRITE)
class ParagraphEdit(Choosing, FormView[Any]):
    form_class = ParagraphForm
    title = "Change a paragraph"
    amends = True
    block: PaperBlock

    def find(self) -> Paper:
        self.block = get_object_or_404(BLOCKS, pk=self.kwargs["pk"], kind="paragraph")
        return self.block.section.paper

    def get_form_kwargs(self) -> dict[str, Any]:
        return super().get_form_kwargs() | {"instance": BLOCKS.get(pk=self.block.pk)}

    def perform(self, form: ParagraphForm) -> PaperBlock:
        return writing.amend_block(
            by=person(self.request),
            block=self.block,
            version=form.cleaned_data["version"],
            **form.facts(),
        )

    def address_of(self, record: Any) -> str:
        return f"{paper_url(self.paper)}#p{self.block.pk}"


@requires(Permission.PAPER_WRITE)
@require_POST
def block_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    """`step`: up, down or remove."""
    block = get_object_or_404(BLOCKS, pk=pk)
    paper = block.section.paper
    try:
        if step == "remove":
            writing.remove_block(by=person(request), block=block)
            messages.success(request, "Taken out. The history keeps it.")
        else:
            writing.move_block(by=person(request), block=block, up=step == "up")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return HttpResponseRedirect(f"{paper_url(paper)}#s{block.section_id}")


@requires(Permission.PAPER_WRITE)
@require_POST
def section_step(request: HttpRequest, pk: int, step: str) -> HttpResponse:
    section = get_object_or_404(SECTIONS, pk=pk)
    try:
        if step == "remove":
            writing.remove_section(by=person(request), section=section)
            messages.success(request, "Section taken out. The history keeps it.")
        else:
            writing.move_section(by=person(request), section=section, up=step == "up")
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    return HttpResponseRedirect(paper_url(section.paper))
