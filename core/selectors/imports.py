from django.db.models import QuerySet

from core.models import ImportRun


def imports() -> QuerySet[ImportRun]:
    """Every import, newest first."""
    return ImportRun.objects.select_related("by")
