from django.db.models import QuerySet

from core.models import ImportRun, ImportState


def imports() -> QuerySet[ImportRun]:
    """Every import, newest first."""
    return ImportRun.objects.select_related("by")


def import_of_the_same_file(run: ImportRun) -> ImportRun | None:
    """The last one that was finished; what came in since may differ from it."""
    same = imports().filter(kind=run.kind, sha256=run.sha256, state=ImportState.DONE)
    return same.exclude(pk=run.pk).first() if run.sha256 else None
