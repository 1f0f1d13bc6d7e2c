from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

MOST = 50  # looks


class DipSample(models.Model):
    """Looks of a team that chance picked, for its supervisor to ask about."""

    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    since = models.DateField("from")
    until = models.DateField("to")
    found = models.PositiveIntegerField()  # looks of the team in that time

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=F("since")),
                name="dip_sample_ends_after_it_begins",
                violation_error_message="The last day cannot be before the first.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.since:%-d %b %Y} to {self.until:%-d %b %Y}"


class DipLook(models.Model):
    """One look of a sample. `event` is a number of the log, which nothing here may change."""

    sample = models.ForeignKey(DipSample, on_delete=models.PROTECT, related_name="looks")
    event = models.BigIntegerField()
    is_justified = models.BooleanField("justified", null=True)  # null: not judged yet
    reason = models.TextField(blank=True)
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    judged_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["sample", "event"],
                name="dip_look_once",
                violation_error_message="This look is in the sample already.",
            ),
            models.CheckConstraint(
                condition=Q(is_justified__isnull=True, judged_by__isnull=True, judged_at=None)
                | Q(is_justified__isnull=False, judged_by__isnull=False, judged_at__isnull=False),
                name="dip_look_judged_by_somebody",
                violation_error_message="A judgement needs its person and its time.",
            ),
            models.CheckConstraint(
                condition=~Q(reason="") | Q(is_justified__isnull=True),
                name="dip_look_has_a_reason",
                violation_error_message="Write how you know.",
            ),
        ]

    def __str__(self) -> str:
        return f"entry {self.event}"
