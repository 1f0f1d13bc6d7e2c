from __future__ import annotations

from datetime import date

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from core.concurrency import RaiseVersion
from core.dates import last_day
from core.revisions import tracked
from core.states import Machine


class PaperState(models.TextChoices):
    DRAFT = "draft", "Draft"
    IN_REVIEW = "in-review", "In review"
    RELEASED = "released", "Released"
    SUPERSEDED = "superseded", "Superseded"


S = PaperState
TOLD = [S.RELEASED, S.SUPERSEDED]  # what the board was told, for ever
PAPER = Machine(
    "The paper",
    PaperState,
    {
        "sent to review": (frozenset({S.DRAFT}), S.IN_REVIEW),
        "sent back": (frozenset({S.IN_REVIEW}), S.DRAFT),
        "released": (frozenset({S.IN_REVIEW}), S.RELEASED),
        "superseded": (frozenset({S.RELEASED}), S.SUPERSEDED),
    },
)


class Marking(models.TextChoices):
    OFFICIAL = "OFFICIAL", "OFFICIAL"
    SENSITIVE = "OFFICIAL-SENSITIVE", "OFFICIAL-SENSITIVE"


@tracked()
class Paper(models.Model):
    """What a board is told about a month. `previous` is the paper that this one was made from.

    From its release it is read from `frozen`, never from the records again. `marks` says where the
    records' history stood at that moment, so that the figures can be made again from it.
    """

    month = models.DateField("month of the figures")
    title = models.CharField(max_length=200)
    marking = models.CharField(max_length=18, choices=Marking, default=Marking.OFFICIAL)
    to = models.CharField("to", max_length=120, default="Business Coordination Board")
    sender = models.CharField("from", max_length=120, default="Chief Constable")
    meeting_on = models.DateField("force performance meeting")
    board_on = models.DateField("board")
    priorities = ArrayField(
        models.CharField(max_length=80), verbose_name="priorities on the forward agenda",
        default=list, blank=True,
    )  # fmt: skip
    state = models.CharField(max_length=10, choices=PaperState, default=S.DRAFT, editable=False)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    checker = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, editable=False,
        related_name="+",
    )  # fmt: skip
    previous = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="followers"
    )
    sent_at = models.DateTimeField("sent to review", null=True, editable=False)
    sent_back = models.TextField("sent back because", blank=True, editable=False)
    released_at = models.DateTimeField(null=True, editable=False)
    frozen = models.JSONField(null=True, editable=False)
    marks = models.JSONField(null=True, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "board paper"
        ordering = ["-month", "-pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=Q(month__day=1),
                name="paper_month_is_its_first_day",
                violation_error_message="A month is stored as its first day.",
            ),
            models.CheckConstraint(
                condition=Q(meeting_on__gt=F("month")) & Q(board_on__gte=F("meeting_on")),
                name="paper_dates_in_order",
                violation_error_message=(
                    "The force meets after the month has begun, and the board not before the force."
                ),
            ),
            models.CheckConstraint(
                condition=~Q(title=""),
                name="paper_has_a_title",
                violation_error_message="Give the paper a title.",
            ),
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("author")),
                name="paper_released_by_another",
                violation_error_message="Whoever wrote the paper cannot release it.",
            ),
            models.CheckConstraint(
                condition=Q(
                    state__in=TOLD,
                    released_at__isnull=False,
                    checker__isnull=False,
                    frozen__isnull=False,
                    marks__isnull=False,
                )
                | Q(
                    state__in=[S.DRAFT, S.IN_REVIEW],
                    released_at__isnull=True,
                    checker__isnull=True,
                    frozen__isnull=True,
                ),
                name="paper_frozen_when_released",
                violation_error_message="A released paper is frozen, and no other is.",
            ),
            models.UniqueConstraint(
                fields=["month"],
                condition=Q(state=S.RELEASED),
                name="paper_one_released_a_month",
                violation_error_message="Another paper stands released for this month.",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def period_end(self) -> date:
        return last_day(self.month)

    @property
    def is_told(self) -> bool:
        return self.state in TOLD

    @property
    def reference(self) -> str:
        return f"board-paper-{self.month:%Y-%m}"


@tracked()
class PaperSection(models.Model):
    """`depth` 1 is a section of its own (5), 2 a part of the one before it (5.1)."""

    paper = models.ForeignKey(Paper, on_delete=models.CASCADE, related_name="sections")
    position = models.PositiveSmallIntegerField(editable=False)
    depth = models.PositiveSmallIntegerField(
        "stands as", choices=[(1, "A section"), (2, "A part of the section before it")], default=1
    )
    title = models.CharField(max_length=200)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "section"
        ordering = ["position", "pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(title=""),
                name="section_has_a_title",
                violation_error_message="Give the section a title.",
            ),
            models.CheckConstraint(
                condition=Q(depth__in=[1, 2]),
                name="section_one_or_two_deep",
                violation_error_message="A section is one or two deep.",
            ),
        ]

    def __str__(self) -> str:
        return self.title


class BlockKind(models.TextChoices):
    PARAGRAPH = "paragraph", "Paragraph"
    BOARD = "board", "Table of a board"
    CHART = "chart", "Chart of an indicator"
    QUESTIONS = "questions", "Questions and actions of the board"
    THEMATIC = "thematic", "Thematic review"
    NATIONAL = "national", "National position"
    FORECAST = "forecast", "Forecast of packs"


K = BlockKind


@tracked()
class PaperBlock(models.Model):
    """A numbered paragraph, or something made whole from the records.

    `key` is the name that other paragraphs link to, `subject` the board or indicator of a table or
    chart. `seen`: what each reference said when the author last saw it.
    """

    section = models.ForeignKey(PaperSection, on_delete=models.CASCADE, related_name="blocks")
    position = models.PositiveSmallIntegerField(editable=False)
    kind = models.CharField(max_length=9, choices=BlockKind, default=K.PARAGRAPH, editable=False)
    key = models.SlugField("name for links", max_length=60, blank=True)
    text = models.TextField(blank=True)
    subject = models.CharField(max_length=80, blank=True)
    is_public = models.BooleanField(
        "goes into the public version", default=True,
        help_text="Untick it for operational detail.",
    )  # fmt: skip
    seen = models.JSONField(default=dict, editable=False)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "paragraph"
        ordering = ["position", "pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind=K.PARAGRAPH) | ~Q(text=""),
                name="paragraph_says_something",
                violation_error_message="Write the paragraph.",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=[K.BOARD, K.CHART]) | ~Q(subject=""),
                name="block_has_a_subject",
                violation_error_message="Say which board or indicator it shows.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60] or self.get_kind_display()


class QuestionKind(models.TextChoices):
    QUESTION = "question", "Question"
    ACTION = "action", "Action"


@tracked()
class BoardQuestion(models.Model):
    """Asked, or asked for, when the board read a paper. Every later paper carries it until it is
    answered, and the paper that answers it says so."""

    paper = models.ForeignKey(Paper, on_delete=models.PROTECT, related_name="questions")
    kind = models.CharField(max_length=8, choices=QuestionKind, default=QuestionKind.QUESTION)
    text = models.TextField("what was asked")
    asked_by = models.CharField(max_length=120, blank=True)
    owner = models.CharField("who answers", max_length=120, blank=True)
    due_on = models.DateField("due", null=True, blank=True)
    answer = models.TextField(blank=True)
    answered_in = models.ForeignKey(
        Paper, on_delete=models.PROTECT, null=True, blank=True, related_name="answers",
        editable=False,
    )  # fmt: skip
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        verbose_name = "board question"
        ordering = ["paper__month", "pk"]
        triggers = [RaiseVersion()]
        constraints = [
            models.CheckConstraint(
                condition=~Q(text=""),
                name="board_question_asks",
                violation_error_message="Write what was asked.",
            ),
            models.CheckConstraint(
                condition=Q(answered_in__isnull=True) | ~Q(answer=""),
                name="board_question_answered_in_words",
                violation_error_message="Write the answer.",
            ),
        ]

    def __str__(self) -> str:
        return self.text[:60]
