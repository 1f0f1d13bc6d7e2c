from django.db.models import QuerySet

from core.imports import all_kinds
from core.imports.kinds import Kind
from core.imports.receipt import Receipt
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


def nothing_new_in(run: ImportRun) -> str:
    """The sentence about a finished import that changed nothing."""
    if run.state != ImportState.DONE:
        return ""
    counts = Receipt(run.read, run.created, run.updated, run.unchanged, run.rejected)
    return counts.nothing_new


def import_of_the_same_file(run: ImportRun) -> ImportRun | None:
    """The last one that changed something; what came in since may differ from it."""
    same = imports().filter(kind=run.kind, sha256=run.sha256, state=ImportState.DONE)
    same = same.exclude(pk=run.pk).exclude(created=0, updated=0)
    return same.first() if run.sha256 else None
