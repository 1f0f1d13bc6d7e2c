from django.conf import settings
from django.db import models
from django.utils import timezone


class SavedView(models.Model):
    """A filter under a name: the address of a page with its query, which can be shared."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="saved_views"
    )
    name = models.CharField(max_length=100)
    path = models.CharField(max_length=2000)
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "name"],
                name="saved_view_name_once",
                violation_error_message="You already have a saved view of this name.",
            ),
            models.CheckConstraint(
                condition=models.Q(path__startswith="/") & ~models.Q(path__startswith="//"),
                name="saved_view_stays_here",
                violation_error_message="A saved view is an address of this site.",
            ),
        ]

    def __str__(self) -> str:
        return self.name
