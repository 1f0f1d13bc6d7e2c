from django.conf import settings
from django.db import models
from django.utils import timezone

from core.concurrency import RaiseVersion
from core.revisions import tracked
from offenders.models.nominal import Nominal


@tracked()
class VoluntaryAttendance(models.Model):
    """A person came of their own will and may leave at will (s.29 PACE): no clock runs."""

    nominal = models.ForeignKey(Nominal, on_delete=models.PROTECT, related_name="attendances")
    attended_at = models.DateTimeField(default=timezone.now)
    station = models.CharField(max_length=80)
    reason = models.CharField(max_length=200)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    appropriate_adult = models.CharField(max_length=120, blank=True)  # who came with them
    result = models.CharField(max_length=200, blank=True)
    version = models.PositiveIntegerField(default=1, db_default=1, editable=False)

    class Meta:
        ordering = ["-attended_at"]
        triggers = [RaiseVersion()]
        constraints = [
            models.UniqueConstraint(
                fields=["nominal", "attended_at"],
                name="attendance_once",
                violation_error_message="This attendance is logged already.",
            )
        ]

    def __str__(self) -> str:
        return f"{self.nominal} at {self.station}"

    @property
    def lacks_adult(self) -> bool:
        """Of a child, by the day, with whom nobody is named yet."""
        day = timezone.localdate(self.attended_at)
        return self.nominal.is_child_on(day) and not self.appropriate_adult.strip()
