from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q
from django.db.models.functions import Coalesce
from django.utils import timezone

from core.access.permissions import Permission
from core.dates import today
from core.models import User
from core.workdays import add_working_days
from offenders.models.nominal import Nominal
from offenders.models.scope import forget_barred, passes

HOUR = timedelta(minutes=60)
REVIEW_DAYS = 3  # working days


def due_for_review() -> date:
    return add_working_days(today(), REVIEW_DAYS)


class Span(Func):
    """From the beginning until it ran out or was ended."""

    function = "tstzrange"
    output_field = DateTimeRangeField()


class BreakGlass(models.Model):
    """A supervisor opened one record for an hour that is closed to them, and answers for it."""

    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="broken_glass")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    reason = models.TextField(max_length=500)
    begun_at = models.DateTimeField(default=timezone.now)
    ends_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)  # by hand, before the hour was over
    confirmed_at = models.DateTimeField()  # when the second factor was asked for again
    review_due = models.DateField(default=due_for_review)
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField(null=True, blank=True)
    is_justified = models.BooleanField("justified", null=True, blank=True)
    review_note = models.TextField(max_length=500, blank=True)

    class Meta:
        verbose_name = "emergency access"
        verbose_name_plural = "emergency accesses"
        ordering = ["-begun_at", "-pk"]
        indexes = [
            models.Index(fields=["by", "ends_at"], name="break_glass_of_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__gt=F("begun_at")) & Q(ends_at__lte=F("begun_at") + HOUR),
                name="break_glass_lasts_an_hour",
                violation_error_message="A record is opened for an hour at most.",
            ),
            models.CheckConstraint(
                condition=Q(ended_at=None)
                | Q(ended_at__gte=F("begun_at"), ended_at__lte=F("ends_at")),
                name="break_glass_ends_within_its_hour",
                violation_error_message="It ended by itself already.",
            ),
            models.CheckConstraint(
                condition=~Q(reason=""),
                name="break_glass_has_a_reason",
                violation_error_message="Write why you need this record now.",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None) | ~Q(reviewed_by=F("by")),
                name="break_glass_reviewed_by_another",
                violation_error_message="Somebody other than who opened the record reviews it.",
            ),
            models.CheckConstraint(
                condition=Q(reviewed_by=None, reviewed_at=None, is_justified=None, review_note="")
                | (
                    Q(
                        reviewed_by__isnull=False,
                        reviewed_at__isnull=False,
                        is_justified__isnull=False,
                    )
                    & ~Q(review_note="")
                ),
                name="break_glass_review_is_whole",
                violation_error_message="A review needs its person, its time, its result and a note.",
            ),
            models.UniqueConstraint(
                fields=["by", "confirmed_at"],
                name="break_glass_confirmed_each_time",
                violation_error_message="Confirm again who you are: this was used already.",
            ),
            ExclusionConstraint(
                name="break_glass_one_at_a_time",
                expressions=[
                    ("by", RangeOperators.EQUAL),
                    (Span("begun_at", Coalesce("ended_at", "ends_at")), RangeOperators.OVERLAPS),
                ],
                violation_error_message="You have a record open already: end that first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.by}, {timezone.localtime(self.begun_at):%-d %b %Y %H:%M}"

    @property
    def is_open(self) -> bool:
        return self.ended_at is None and self.ends_at > timezone.now()

    @property
    def is_overdue(self) -> bool:
        return self.reviewed_at is None and self.review_due < today()


@dataclass(frozen=True)
class OpenGlass:
    """What stands at the top of every page; `ref` of the nominal, no name."""

    pk: int
    nominal: int
    ref: str
    ends_at: datetime
    reason: str

    @property
    def minutes_left(self) -> int:
        left = self.ends_at - timezone.now()
        return max(1, round(left / timedelta(minutes=1)))


CACHE = "_open_glass"


def open_glass_of(user: User) -> OpenGlass | None:
    """The one record that is open for them now. Asked of the database once for each request."""
    if not user.has(Permission.NOMINAL_SUPERVISE):
        return None
    if CACHE not in user.__dict__:
        user.__dict__[CACHE] = _read(user)
    found: OpenGlass | None = user.__dict__[CACHE]
    return found if found and found.ends_at > timezone.now() else None


def _read(user: User) -> OpenGlass | None:
    rows = BreakGlass.objects.filter(by=user, ended_at=None, ends_at__gt=timezone.now())
    names = ("pk", "nominal_id", "nominal__ref", "ends_at", "reason")
    row = rows.values_list(*names).first()
    return OpenGlass(*row) if row else None


def forget_open_glass(user: User) -> None:
    user.__dict__.pop(CACHE, None)
    forget_barred()


def _opened(user: User) -> frozenset[int]:
    """It opens what is restricted. Whom one is kept from stays shut."""
    found = open_glass_of(user) if user.is_authenticated else None
    return frozenset([found.nominal]) if found else frozenset()


passes.append(_opened)
