"""The way of a paper to its release, which freezes what the board is told."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from core import audit
from core.concurrency import lock_for_edit
from core.models import User
from performance.models import Paper
from performance.models.paper import PAPER
from performance.policies.papers import Refusal, can_send_back, can_send_to_review
from performance.selectors.paper_check import check_paper
from performance.selectors.papers import read_paper
from performance.services.papers import required


def faults_of(paper: Paper) -> int:
    read = read_paper(paper)
    return len(check_paper(read).faults) + len(read.changes)


@transaction.atomic
def send_to_review(*, by: User, paper: Paper) -> Paper:
    """Raises ValidationError while a fault stands, or a figure has changed since it was seen."""
    current = lock_for_edit(Paper, paper.pk, version=None)
    required(can_send_to_review(by, current, faults_of(current)))
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


def _moved(by: User, paper: Paper, action: audit.Action, reason: str = "") -> Paper:
    paper.save()
    detail = {"reason": reason} if reason else {}
    audit.record(by=by, action=action, target=paper, detail=detail)
    return paper
