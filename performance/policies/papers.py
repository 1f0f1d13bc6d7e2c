"""May this be done with a paper now, and if not, why not. What follows what is in `models.paper`."""

from django.db.models import TextChoices

from core.access.decision import ALLOWED, Decision
from core.access.permissions import Permission
from core.models import User
from performance.models import Paper, PaperState


class Refusal(TextChoices):
    NOT_A_DRAFT = "not-a-draft", "Only a draft can be changed: send the paper back first."
    OWN_PAPER = (
        "own-paper",
        "You wrote this paper: somebody else checks and releases it.",
    )
    NOT_RELEASER = "not-releaser", "Your roles do not allow you to release a paper."
    NOT_WRITER = "not-writer", "Your roles do not allow you to write a paper."
    NOT_IN_REVIEW = "not-in-review", "Only a paper in review can be released."
    STANDING_FAULTS = (
        "standing-faults",
        "Faults stand in this paper, or figures have changed since their author saw them.",
    )
    SAY_WHY = "say-why", "Say what has to be mended."


def can_write(user: User, paper: Paper) -> Decision:
    if not user.has(Permission.PAPER_WRITE):
        return Decision(Refusal.NOT_WRITER)
    return ALLOWED if paper.state == PaperState.DRAFT else Decision(Refusal.NOT_A_DRAFT)


def can_send_to_review(user: User, paper: Paper, faults: int) -> Decision:
    allowed = can_write(user, paper)
    if not allowed:
        return allowed
    return Decision(Refusal.STANDING_FAULTS) if faults else ALLOWED


def can_release(user: User, paper: Paper, faults: int) -> Decision:
    """By a second person: the database refuses the author too."""
    if not user.has(Permission.PAPER_RELEASE):
        return Decision(Refusal.NOT_RELEASER)
    if paper.author_id == user.pk:
        return Decision(Refusal.OWN_PAPER)
    if paper.state != PaperState.IN_REVIEW:
        return Decision(Refusal.NOT_IN_REVIEW)
    return Decision(Refusal.STANDING_FAULTS) if faults else ALLOWED


def can_send_back(user: User, paper: Paper) -> Decision:
    """Whoever could release it, and whoever writes papers: the author may take it back."""
    may = user.has(Permission.PAPER_RELEASE) or user.has(Permission.PAPER_WRITE)
    return ALLOWED if may else Decision(Refusal.NOT_WRITER)
