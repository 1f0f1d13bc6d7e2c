"""The making and writing of a paper. Its release is in `performance.services.paper_release`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Max, Model

from core import audit
from core.access.decision import Decision
from core.concurrency import lock_for_edit
from core.models import User
from performance.models import (
    BlockKind,
    BoardQuestion,
    Paper,
    PaperBlock,
    PaperSection,
)
from performance.papers import template
from performance.papers.references import figures_in
from performance.policies.papers import Refusal, can_write
from performance.selectors.paper_figures import ledger
from performance.selectors.paper_words import told

Row = TypeVar("Row", bound=Model)
COPIED_SECTION = ("position", "depth", "title")
COPIED_BLOCK = ("position", "kind", "key", "text", "subject", "is_public")


def required(decision: Decision) -> None:
    """A refusal that the page shows in its form, since the person may mend it; who lacks the role
    cannot, and is refused."""
    if decision.reason in {Refusal.NOT_WRITER, Refusal.NOT_RELEASER}:
        decision.require()
    if not decision:
        raise ValidationError(str(decision.reason.label), code=str(decision.reason.value))


@transaction.atomic
def make_paper(*, by: User, month: date, source: Paper | None = None, **facts: Any) -> Paper:
    """Of a month, with the sections of the source, else with those of a first paper.

    Raises ValidationError. The figures in the paragraphs are those of the new month at once.
    """
    facts.setdefault("title", source.title if source else template.TITLE)
    facts.setdefault("priorities", source.priorities if source else template.PRIORITIES)
    paper = Paper(month=month, author=by, previous=source, **facts)
    paper.full_clean()
    paper.save(force_insert=True)
    if source:
        _copy(source, paper)
    else:
        _begin(paper)
    _note_seen(paper, PaperBlock.objects.filter(section__paper=paper))
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=paper)
    return paper


def _begin(paper: Paper) -> None:
    for position, new in enumerate(template.sections()):
        section = PaperSection.objects.create(
            paper=paper, position=position, depth=new.depth, title=new.title
        )
        PaperBlock.objects.bulk_create(
            PaperBlock(
                section=section,
                position=place,
                kind=block.kind,
                key=block.key,
                text=block.text,
                subject=block.subject,
                is_public=block.is_public,
            )
            for place, block in enumerate(new.blocks)
        )


def _copy(source: Paper, paper: Paper) -> None:
    for old in source.sections.prefetch_related("blocks"):
        kept = {name: getattr(old, name) for name in COPIED_SECTION}
        section = PaperSection.objects.create(paper=paper, **kept)
        PaperBlock.objects.bulk_create(
            PaperBlock(section=section, **{name: getattr(block, name) for name in COPIED_BLOCK})
            for block in old.blocks.all()
        )


@transaction.atomic
def amend_paper(*, by: User, paper: Paper, version: int | None, **changes: Any) -> Paper:
    """Its dates, title and priorities. Raises EditConflict, ValidationError."""
    current = _locked(by, paper)
    if version is not None:
        current = lock_for_edit(Paper, paper.pk, version=version)
    return _amend(by, current, changes)


@transaction.atomic
def add_section(*, by: User, paper: Paper, title: str, depth: int = 1) -> PaperSection:
    """At the end."""
    current = _locked(by, paper)
    position = _next(current.sections)
    section = PaperSection(paper=current, title=title, depth=depth, position=position)
    return _add(by, section)


@transaction.atomic
def amend_section(
    *, by: User, section: PaperSection, version: int | None, **changes: Any
) -> PaperSection:
    _locked(by, section.paper)
    return _amend(by, lock_for_edit(PaperSection, section.pk, version=version), changes)


@transaction.atomic
def remove_section(*, by: User, section: PaperSection) -> Paper:
    """With its paragraphs, which stay in the history."""
    current = _locked(by, section.paper)
    return _remove(by, section, current)


@transaction.atomic
def add_paragraph(*, by: User, section: PaperSection, text: str, **facts: Any) -> PaperBlock:
    """At the end of the section."""
    return _add_block(by, section, BlockKind.PARAGRAPH, text=text, **facts)


@transaction.atomic
def add_block(*, by: User, section: PaperSection, kind: str, subject: str = "") -> PaperBlock:
    """A table, a chart, the questions of the board or the thematic review."""
    return _add_block(by, section, kind, subject=subject)


def _add_block(by: User, section: PaperSection, kind: str, **facts: Any) -> PaperBlock:
    current = _locked(by, section.paper)
    block = PaperBlock(section=section, kind=kind, position=_next(section.blocks), **facts)
    block.seen = words_of(current, [block])
    return _add(by, block)


@transaction.atomic
def amend_block(*, by: User, block: PaperBlock, version: int | None, **changes: Any) -> PaperBlock:
    """Whoever saves a paragraph has seen what its figures say now."""
    paper = _locked(by, block.section.paper)
    current = lock_for_edit(PaperBlock, block.pk, version=version)
    if "text" in changes:
        written = PaperBlock(kind=current.kind, text=changes["text"])
        changes["seen"] = words_of(paper, [written])
    return _amend(by, current, changes)


@transaction.atomic
def move_block(*, by: User, block: PaperBlock, up: bool) -> PaperBlock:
    """One place up or down within its section; at either end it stays where it is."""
    _locked(by, block.section.paper)
    blocks = list(block.section.blocks.all())
    at = blocks.index(block)
    to = at - 1 if up else at + 1
    if 0 <= to < len(blocks):
        blocks[at], blocks[to] = blocks[to], blocks[at]
        _place(blocks)
    return block


@transaction.atomic
def move_section(*, by: User, section: PaperSection, up: bool) -> PaperSection:
    _locked(by, section.paper)
    sections = list(section.paper.sections.all())
    at = sections.index(section)
    to = at - 1 if up else at + 1
    if 0 <= to < len(sections):
        sections[at], sections[to] = sections[to], sections[at]
        _place(sections)
    return section


def _place(rows: Sequence[Any]) -> None:
    for position, row in enumerate(rows):
        row.position = position
    type(rows[0]).objects.bulk_update(rows, ["position"])


@transaction.atomic
def remove_block(*, by: User, block: PaperBlock) -> Paper:
    current = _locked(by, block.section.paper)
    return _remove(by, block, current)


@transaction.atomic
def accept_changes(*, by: User, paper: Paper) -> Paper:
    """The author has seen what the figures say now, in every paragraph."""
    current = _locked(by, paper)
    _note_seen(current, PaperBlock.objects.filter(section__paper=current))
    detail = {"fields": ["seen"]}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=current, detail=detail)
    return current


@transaction.atomic
def ask_question(*, by: User, paper: Paper, **facts: Any) -> BoardQuestion:
    """Of the board, on this paper; later papers carry it until it is answered."""
    return _add(by, BoardQuestion(paper=paper, **facts))


@transaction.atomic
def answer_question(
    *, by: User, question: BoardQuestion, paper: Paper, answer: str, version: int | None
) -> BoardQuestion:
    """In a paper that is being written."""
    current = _locked(by, paper)
    asked = lock_for_edit(BoardQuestion, question.pk, version=version)
    return _amend(by, asked, {"answer": answer, "answered_in": current})


def words_of(paper: Paper, blocks: Sequence[PaperBlock]) -> dict[str, str]:
    """What each reference in the blocks says now."""
    refs = {ref for block in blocks for ref in figures_in(block.text)}
    if not refs:
        return {}
    book = ledger(month=paper.month, refs=refs)
    return {str(ref): told(book, ref).words for ref in sorted(refs, key=str)}


def _note_seen(paper: Paper, blocks: Any) -> None:
    blocks = list(blocks)
    words = words_of(paper, blocks)
    for block in blocks:
        block.seen = {str(ref): words[str(ref)] for ref in figures_in(block.text)}
    PaperBlock.objects.bulk_update(blocks, ["seen"])


def _locked(by: User, paper: Paper) -> Paper:
    current = lock_for_edit(Paper, paper.pk, version=None)
    required(can_write(by, current))
    return current


def _next(rows: Any) -> int:
    last: int | None = rows.aggregate(last=Max("position"))["last"]
    return 0 if last is None else last + 1


def _add(by: User, row: Row) -> Row:
    row.full_clean()
    row.save(force_insert=True)
    audit.record(by=by, action=audit.Action.RECORD_CREATED, target=row)
    return row


def _amend(by: User, row: Row, changes: dict[str, Any]) -> Row:
    for name, value in changes.items():
        setattr(row, name, value)
    row.full_clean()
    row.save(update_fields=list(changes))
    detail = {"fields": sorted(changes)}
    audit.record(by=by, action=audit.Action.RECORD_CHANGED, target=row, detail=detail)
    return row


def _remove(by: User, row: Model, paper: Paper) -> Paper:
    audit.record(by=by, action=audit.Action.RECORD_CANCELLED, target=row)
    row.delete()
    return paper
