from django.db.models import QuerySet

from core.imports import all_kinds
from core.imports.kinds import Kind
from core.models import ImportRun, ImportState, User
from core.policies import can_import


def imports() -> QuerySet[ImportRun]:
    """Every import, newest first."""
    return ImportRun.objects.select_related("by")


def kinds_for(by: User) -> list[Kind]:
    """What this person may import."""
    return [kind for kind in all_kinds().values() if can_import(by, kind.slug)]


def imports_for(by: User) -> QuerySet[ImportRun]:
    """Every import of those kinds."""
    return imports().filter(kind__in=[kind.slug for kind in kinds_for(by)])


def import_of_the_same_file(run: ImportRun) -> ImportRun | None:
    """The last one that was finished; what came in since may differ from it."""
    same = imports().filter(kind=run.kind, sha256=run.sha256, state=ImportState.DONE)
    return same.exclude(pk=run.pk).first() if run.sha256 else None
