from django.db.models import QuerySet

from core.models import ExportRun, User


def exports_of(user: User) -> QuerySet[ExportRun]:
    return ExportRun.objects.filter(by=user).select_related("by")
