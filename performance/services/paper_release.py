"""The way of a paper to its release, which freezes what the board is told."""

from __future__ import annotations

import hashlib

from django.core.exceptions import ValidationError
from django.db import connection, transaction
from django.utils import timezone

from core import audit
from core.concurrency import lock_for_edit
from core.models import User
from performance.models import Paper, PaperFigure, PaperFile, PaperState
from performance.models.paper import PAPER
from performance.papers.document import Document
from performance.papers.stored import from_json, to_json
from performance.papers.writers import forms
from performance.policies.papers import Refusal, can_release, can_send_back, can_send_to_review
from performance.selectors.as_at import sources
from performance.selectors.paper_check import check_paper
from performance.selectors.paper_freeze import Frozen, frozen
from performance.selectors.papers import ReadPaper, document_from, read_paper
from performance.services.figures import fold_changes
from performance.services.papers import required


def faults_of(read: ReadPaper) -> int:
    return len(check_paper(read).faults) + len(read.changes)


@transaction.atomic
def send_to_review(*, by: User, paper: Paper) -> Paper:
    """Raises ValidationError while a fault stands, or a figure has changed since it was seen."""
    current = lock_for_edit(Paper, paper.pk, version=None)
    required(can_send_to_review(by, current, faults_of(read_paper(current))))
    current.state = PAPER.after(current.state, "sent to review")
    current.sent_at, current.sent_back = timezone.now(), ""
    return _moved(by, current, audit.Action.PAPER_SENT)


@transaction.atomic
def send_back(*, by: User, paper: Paper, why: str) -> Paper:
    """To its author, who may also take it back."""
    current = lock_for_edit(Paper, paper.pk, version=None)
    required(can_send_back(by, current))
    if not why.strip():
        raise ValidationError({"why": Refusal.SAY_WHY.label})
    current.state = PAPER.after(current.state, "sent back")
    current.sent_back = why
    return _moved(by, current, audit.Action.PAPER_SENT_BACK, why)


@transaction.atomic
def release(*, by: User, paper: Paper) -> Paper:
    """By another than its author. Freezes every figure and file; a paper of the same month that
    stood until now is superseded. Raises ValidationError, NotAllowed."""
    current = lock_for_edit(Paper, paper.pk, version=None)
    read, found = _read_still(current)
    required(can_release(by, current, faults_of(read)))
    current.state = PAPER.after(current.state, "released")
    current.checker, current.released_at = by, timezone.now()
    documents = {
        "full": document_from(read),
        "public": document_from(read, public=True),
    }
    current.frozen = {name: to_json(document) for name, document in documents.items()}
    current.marks = found.marks
    _supersede(by, current)
    _moved(by, current, audit.Action.PAPER_RELEASED)
    _keep_figures(current, found)
    _keep_files(current, documents)
    return current


def _read_still(paper: Paper) -> tuple[ReadPaper, Frozen]:
    """The figures and the marks of one moment: nobody writes a record while they are read.

    The locks go with the savepoint, so that writers wait for the reading and not for the files.
    """
    fold_changes()
    tables = ", ".join(model._meta.db_table for model in sources())
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(f"LOCK TABLE {tables} IN SHARE MODE")
        fold_changes()
        read = read_paper(paper)
        found = frozen(read)
        transaction.set_rollback(True)
    return read, found


def _supersede(by: User, paper: Paper) -> None:
    standing = Paper.objects.filter(month=paper.month, state=PaperState.RELEASED)
    for old in standing.exclude(pk=paper.pk).select_for_update(of=("self",)):
        old.state = PAPER.after(old.state, "superseded")
        old.save(update_fields=["state"])


def _keep_figures(paper: Paper, found: Frozen) -> None:
    PaperFigure.objects.bulk_create(
        PaperFigure(
            paper=paper,
            reference=told.reference,
            indicator=told.indicator,
            unit=told.unit,
            first=told.first,
            last=told.last,
            words=told.words or "-",
            numerator=told.numerator,
            denominator=told.denominator,
            value=None if told.value is None else float(told.value),
            n=told.n,
            rule=told.rule,
            definition=found.definitions[told.indicator],
        )
        for told in found.told
    )


def _keep_files(paper: Paper, documents: dict[str, Document]) -> None:
    """Of the documents as they are stored, so that a file can be made again of the same."""
    stored = {name: from_json(to_json(document)) for name, document in documents.items()}
    for form in forms():
        content = form.write(stored["public" if form.public else "full"])
        checksum = hashlib.sha256(content).hexdigest()
        PaperFile.objects.create(paper=paper, form=form.slug, content=content, sha256=checksum)


def _moved(by: User, paper: Paper, action: audit.Action, reason: str = "") -> Paper:
    paper.save()
    detail = {"reason": reason} if reason else {}
    audit.record(by=by, action=action, target=paper, detail=detail)
    return paper
