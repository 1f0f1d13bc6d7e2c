"""Two records of one person made one, and apart again."""

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.utils import timezone

from core import audit
from core.models import User
from offenders.models import (
    Alias,
    Association,
    KeptOnce,
    Nominal,
    NominalMerge,
    NominalName,
)
from offenders.policies.nominals import can_merge_nominals

KEPT_APART = (Nominal, NominalMerge, NominalName)


@transaction.atomic
def merge_nominals(*, by: User, kept: Nominal, gone: Nominal, reason: str) -> NominalMerge:
    """Moves everything of `gone` to `kept`, whose own facts stay as they are.

    What `kept` has already (the same alias, a place in the same operation) stays where it is. Anything else that the two
    cannot both have, such as two live tags, refuses the merge.
    """
    can_merge_nominals(by).require()
    kept, gone = _locked(kept, gone)
    _check(kept, gone, reason)
    merge = NominalMerge(kept=kept, gone=gone, reason=reason, merged_by=by)
    merge.moved = {label: moved for label, moved in _moves(kept, gone) if moved}
    gone.merged_into, gone.merged_at = kept, timezone.now()
    gone.save(update_fields=["merged_into", "merged_at"])
    merge.added = list(_name_as_alias(kept, gone))
    merge.save()
    _log(by, merge, audit.Action.NOMINAL_MERGED, merged=gone.ref, into=kept.ref, reason=reason)
    return merge


@transaction.atomic
def undo_merge(*, by: User, merge: NominalMerge, reason: str) -> NominalMerge:
    """Every row that was moved goes back, unless somebody has removed it since."""
    can_merge_nominals(by).require()
    merge = NominalMerge.objects.select_for_update().get(pk=merge.pk)
    kept, gone = _locked(merge.kept, merge.gone)
    if merge.undone_at is not None:
        raise ValidationError("This merge is undone already.")
    if kept.merged_into_id is not None:
        raise ValidationError(f"{kept} was merged into another since. Undo that merge first.")
    gone.merged_into = gone.merged_at = None
    gone.save(update_fields=["merged_into", "merged_at"])
    Alias.objects.filter(pk__in=merge.added).delete()
    for column in _columns():
        rows = column.model._default_manager.filter(pk__in=merge.moved.get(str(column), []))
        rows.filter(**{column.name: kept}).update(**{column.name: gone})
    merge.undone_at, merge.undone_by = timezone.now(), by
    merge.save(update_fields=["undone_at", "undone_by"])
    _log(by, merge, audit.Action.NOMINAL_PARTED, undone=gone.ref, out_of=kept.ref, reason=reason)
    return merge


def _locked(*nominals: Nominal) -> list[Nominal]:
    """In the order of their keys, so that two merges never wait for each other."""
    keys = [nominal.pk for nominal in nominals]
    rows = {
        row.pk: row
        for row in Nominal.objects.for_service()
        .select_for_update()
        .filter(pk__in=keys)
        .order_by("pk")
    }
    return [rows[key] for key in keys]


def _check(kept: Nominal, gone: Nominal, reason: str) -> None:
    if kept == gone:
        raise ValidationError("A nominal cannot be merged with themselves.")
    for nominal in (kept, gone):
        if nominal.merged_into_id is not None:
            raise ValidationError(f"{nominal} ({nominal.ref}) was merged into another already.")
    if kept.pnc_id and gone.pnc_id and kept.pnc_id != gone.pnc_id:
        raise ValidationError(
            f"Their PNC identifiers differ ({kept.pnc_id} and {gone.pnc_id}): these are two "
            "people, or one of the identifiers is wrong. Correct it first."
        )
    if not reason.strip():
        raise ValidationError({"reason": "Say why these two are one person."})


def _columns() -> list[models.Field[Any, Any]]:
    """Every column of every record that names a nominal."""
    return [
        relation.field
        for relation in Nominal._meta.related_objects
        if relation.related_model not in KEPT_APART
        and not relation.related_model.__name__.endswith("Event")
    ]


def _moves(kept: Nominal, gone: Nominal) -> Iterator[tuple[str, list[Any]]]:
    for column in _columns():
        rows = column.model._default_manager.filter(**{column.name: gone}).order_by("pk")
        yield str(column), [row.pk for row in rows if _moved(row, column, kept)]


def _moved(row: models.Model, column: models.Field[Any, Any], kept: Nominal) -> bool:
    if isinstance(row, Association) and kept.pk in (row.nominal_id, row.other_id):
        return False  # the two with each other
    try:
        with transaction.atomic():
            type(row)._default_manager.filter(pk=row.pk).update(**{column.name: kept})
    except IntegrityError:
        if isinstance(row, KeptOnce):
            return False
        name = row._meta.verbose_name
        raise ValidationError(
            f"Both have a {name} that only one person can have ({row}). End one of them first."
        ) from None
    return True


def _name_as_alias(kept: Nominal, gone: Nominal) -> Iterator[int]:
    name = {"surname": gone.surname, "forenames": gone.forenames}
    if (gone.surname, gone.forenames) == (kept.surname, kept.forenames):
        return
    if not Alias.objects.filter(nominal=kept, **name).exists():
        yield Alias.objects.create(nominal=kept, date_of_birth=gone.date_of_birth, **name).pk


def _log(by: User, merge: NominalMerge, action: audit.Action, **detail: Any) -> None:
    for nominal in (merge.kept, merge.gone):
        audit.record(by=by, action=action, target=nominal, detail=detail)
