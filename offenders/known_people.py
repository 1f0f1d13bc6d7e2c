"""Nominals, for whoever reads the log."""

from collections.abc import Iterable

from django.db.models import Q

from core.known_people import register
from core.models import User
from offenders.models import Nominal
from offenders.models.scope import barred_from


def find(text: str) -> list[int]:
    """By reference or name, with whomever was merged into them: it is one person."""
    words = text.strip()
    ways = (_of_ref(words), Q(surname__iexact=words), _of_name(words))
    rows = (Nominal.objects.for_service().filter(way) for way in ways)
    found = next((some for some in rows if some.exists()), Nominal.objects.for_service().none())
    kept = {merged or pk for pk, merged in found.values_list("pk", "merged_into")}
    same = Nominal.objects.for_service().filter(Q(pk__in=kept) | Q(merged_into__in=kept))
    return sorted(same.values_list("pk", flat=True))


def _of_ref(words: str) -> Q:
    """`N000123`, or as the log writes people: `BLOGGS, Joe (N000123)`."""
    return Q(ref__iexact=words.rpartition("(")[2].rstrip(")").strip())


def _of_name(words: str) -> Q:
    """`Bloggs, Joe` or `Joe Bloggs`."""
    surname, comma, forenames = words.partition(",")
    if not comma:
        forenames, _, surname = words.rpartition(" ")
    return Q(surname__iexact=surname.strip(), forenames__istartswith=forenames.strip())


# Also what says that a record was disposed of: without it nothing would take the name off.
SHOWN = ("ref", "surname", "forenames", "disposed_at")


def name(numbers: Iterable[int]) -> dict[int, str]:
    rows = Nominal.objects.for_service().filter(pk__in=numbers)
    return {row.pk: f"{row} ({row.ref})" if row.ref else str(row) for row in rows.only(*SHOWN)}


def closed_to(by: User) -> set[int]:
    barred = barred_from(by)
    return {*barred.gone, *barred.masked}


register(find=find, name=name, closed_to=closed_to)
