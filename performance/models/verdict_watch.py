"""Who is told when a verdict changes, what was known of each verdict, and what they were told."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.models import Unit


class Subscription(models.Model):
    """To every verdict of a board, or to those of one indicator, of a unit."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="subscriptions"
    )
    board = models.SlugField(max_length=80, blank=True)
    indicator = models.SlugField(max_length=80, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    since = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["board", "indicator", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "board", "indicator", "unit"],
                name="subscription_once",
                violation_error_message="You are told of this already.",
            ),
            models.CheckConstraint(
                condition=Q(board="") ^ Q(indicator=""),
                name="subscription_to_one_thing",
                violation_error_message="Choose a board or an indicator, and one only.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.board or self.indicator} {self.unit_id}"


class KnownVerdict(models.Model):
    """A verdict as subscribers last heard of it, or as it stood when the first of them came.

    `of_board`: of the month that a board was last told about, when that month is no longer the newest.
    """

    indicator = models.CharField(max_length=80)
    unit = models.CharField(max_length=40)
    against = models.CharField(max_length=20)
    of_board = models.BooleanField(default=False)
    month = models.DateField()
    word = models.CharField(max_length=20)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["indicator", "unit", "against", "of_board"], name="known_verdict_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit} {self.against}: {self.word}"


class VerdictChange(models.Model):
    """A verdict that is not what it was. `shown` is the figure that it judges, as it reads."""

    indicator = models.CharField(max_length=80)
    unit = models.ForeignKey(Unit, on_delete=models.CASCADE, related_name="+")
    against = models.CharField(max_length=20)
    of_board = models.BooleanField(default=False)
    month = models.DateField()
    word = models.CharField(max_length=20)
    before = models.CharField(max_length=20)
    before_month = models.DateField()
    shown = models.CharField(max_length=40)
    beyond_chance = models.BooleanField(null=True)
    found_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(word=models.F("before")),
                name="verdict_change_changes",
                violation_error_message="This verdict is what it was.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.indicator} {self.unit_id} {self.month:%Y-%m}: {self.word}"


class VerdictNotice(models.Model):
    """One person is told of one change: on their pages, and once by mail where they have an address."""

    change = models.ForeignKey(VerdictChange, on_delete=models.CASCADE, related_name="notices")
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="verdict_notices"
    )
    read_at = models.DateTimeField(null=True)
    mailed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["change", "user"], name="verdict_notice_once")
        ]

    def __str__(self) -> str:
        return f"{self.user_id}: {self.change_id}"
