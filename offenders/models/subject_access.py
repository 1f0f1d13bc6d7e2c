"""Somebody asks what is held about them (Data Protection Act 2018 s.45)."""

from __future__ import annotations

from datetime import date
from pathlib import PurePath

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from core.concurrency import RaiseVersion
from core.dates import today
from core.states import Machine
from offenders.models.identity import of_nominal


class CaseState(models.TextChoices):
    RECEIVED = "received", "Received"
    IN_HAND = "in-hand", "In hand"
    ANSWERED = "answered", "Answered"
    REFUSED = "refused", "Refused"
    WITHDRAWN = "withdrawn", "Withdrawn"


C = CaseState
CASE = Machine(
    "The request",
    CaseState,
    {
        "taken in hand": (frozenset({C.RECEIVED}), C.IN_HAND),
        "answered": (frozenset({C.IN_HAND}), C.ANSWERED),
        "refused": (frozenset({C.RECEIVED, C.IN_HAND}), C.REFUSED),
        "withdrawn": (frozenset({C.RECEIVED, C.IN_HAND}), C.WITHDRAWN),
    },
)
OPEN = [C.RECEIVED, C.IN_HAND]


class Requester(models.TextChoices):
    PERSON = "person", "The person themselves"
    PARENT = "parent", "A parent or guardian"
    SOLICITOR = "solicitor", "A solicitor"
    OTHER = "other", "Somebody else on their behalf"


class CaseQuerySet(models.QuerySet["SubjectAccess"]):
    def open(self) -> CaseQuerySet:
        return self.filter(state__in=OPEN)


class SubjectAccess(models.Model):
    nominal = of_nominal("subject_access")
    state = models.CharField(max_length=9, choices=CaseState, default=C.RECEIVED, editable=False)
    received_on = models.DateField("received", default=today)
    due_on = models.DateField("answer due", editable=False)
    requester = models.CharField("who asks", max_length=9, choices=Requester)
    case_ref = models.CharField("reference of the request", max_length=60, blank=True)
    identity = models.TextField("how they proved who they are", max_length=500, blank=True)
    handled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    opened_at = models.DateTimeField(default=timezone.now, editable=False)
    closed_at = models.DateTimeField(null=True, editable=False)
    closed_why = models.TextField(max_length=500, blank=True, editable=False)
    file = models.FileField(upload_to="subject-access/", blank=True, editable=False)
    expires_at = models.DateTimeField(null=True, editable=False)
    counts = models.JSONField(default=dict, editable=False)  # entries, redacted, withheld
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        verbose_name = "subject access request"
        ordering = ["due_on", "pk"]
        triggers = [RaiseVersion()]
        indexes = [models.Index(fields=["state", "due_on"], name="subject_access_due")]
        constraints = [
            models.UniqueConstraint(
                fields=["nominal"],
                condition=Q(state__in=OPEN),
                name="subject_access_one_open",
                violation_error_message="A request of this person is open already.",
            ),
            models.CheckConstraint(
                condition=Q(due_on__gt=F("received_on")),
                name="subject_access_due_after_received",
                violation_error_message="An answer is due after the request.",
            ),
            models.CheckConstraint(
                condition=Q(state=C.RECEIVED)
                | Q(state__in=[C.REFUSED, C.WITHDRAWN])
                | Q(identity__regex=r"\S"),
                name="subject_access_identity_proved",
                violation_error_message="Say how they proved who they are.",
            ),
            models.CheckConstraint(
                condition=Q(state__in=OPEN, closed_at__isnull=True)
                | Q(closed_at__isnull=False) & ~Q(state__in=OPEN),
                name="subject_access_closed_at_a_time",
                violation_error_message="A request that is closed closed at a time.",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=[C.REFUSED, C.WITHDRAWN]) | Q(closed_why__regex=r"\S"),
                name="subject_access_closed_with_a_reason",
                violation_error_message="Say why it is closed without an answer.",
            ),
        ]

    def __str__(self) -> str:
        return f"Request of {self.nominal}, received {self.received_on:%-d %B %Y}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def has_file(self) -> bool:
        return bool(self.file) and self.expires_at is not None and self.expires_at > timezone.now()

    @property
    def file_name(self) -> str:
        return f"subject-access-{self.pk}{PurePath(str(self.file)).suffix}"

    def is_overdue_on(self, day: date) -> bool:
        return self.is_open and self.due_on < day


class Answer(models.TextChoices):
    GIVE = "give", "Give it, without the names of others"
    FULL = "full", "Give it in full, with the names of others"
    REDACT = "redact", "Give it without some words"
    WITHHOLD = "withhold", "Withhold it"


class Ground(models.TextChoices):
    """Of s.45(4): to the extent and for as long as it is necessary and proportionate."""

    INQUIRY = "inquiry", "Not to obstruct an inquiry or procedure"
    PREJUDICE = "prejudice", "Not to prejudice the prevention, detection or prosecution of crime"
    PUBLIC_SECURITY = "public-security", "To protect public security"
    NATIONAL_SECURITY = "national-security", "To protect national security"
    OTHERS = "others", "To protect the rights and freedoms of others"


class SubjectAccessDecision(models.Model):
    """What is done with one entry. Without one, it is given without the names of others."""

    case = models.ForeignKey(SubjectAccess, on_delete=models.CASCADE, related_name="decisions")
    item = models.CharField(max_length=80)  # "offenders.arrest:12"
    answer = models.CharField("what to do", max_length=8, choices=Answer)
    ground = models.CharField(max_length=17, choices=Ground, blank=True)
    words = models.TextField(
        "words to black out", max_length=2000, blank=True, help_text="One phrase on each line."
    )
    reason = models.TextField(max_length=500, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", editable=False
    )
    decided_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        verbose_name = "decision on an entry"
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["case", "item"], name="subject_access_item_once"),
            models.CheckConstraint(
                condition=Q(answer__in=[Answer.GIVE, Answer.FULL])
                | ~Q(ground="") & Q(reason__regex=r"\S"),
                name="subject_access_ground_and_reason",
                violation_error_message="Choose the ground of s.45(4), and say why it holds here.",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.FULL) | Q(reason__regex=r"\S"),
                name="subject_access_names_with_a_reason",
                violation_error_message="Say why the names of others may be given.",
            ),
            models.CheckConstraint(
                condition=~Q(answer=Answer.REDACT) | Q(words__regex=r"\S"),
                name="subject_access_redacts_something",
                violation_error_message="Write the words to black out, one phrase on each line.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {Answer(self.answer).label}"
