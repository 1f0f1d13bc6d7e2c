"""Nominals, for whoever reads the log."""

from collections.abc import Iterable

from django.db.models import Q

from core.known_people import register
from offenders.models import Nominal


def find(text: str) -> list[int]:
    """By reference, with whomever was merged into them: it is one person. Else by surname."""
    word = text.strip()
    found = Nominal.objects.for_service().filter(ref__iexact=word)
    if not found.exists():
        found = Nominal.objects.for_service().filter(surname__iexact=word)
    kept = {merged or pk for pk, merged in found.values_list("pk", "merged_into")}
    same = Nominal.objects.for_service().filter(Q(pk__in=kept) | Q(merged_into__in=kept))
    return sorted(same.values_list("pk", flat=True))


# Also what says that a record was disposed of: without it nothing would take the name off.
SHOWN = ("ref", "surname", "forenames", "disposed_at")


def name(numbers: Iterable[int]) -> dict[int, str]:
    rows = Nominal.objects.for_service().filter(pk__in=numbers)
    return {row.pk: f"{row} ({row.ref})" for row in rows.only(*SHOWN)}


register(find=find, name=name)
