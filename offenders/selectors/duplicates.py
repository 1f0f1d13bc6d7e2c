"""Nominals that may be the person who is about to be recorded."""

from datetime import date

from django.db.models import Q

from core import looks
from offenders.models import Nominal
from offenders.models.scope import visible
from offenders.selectors.search import find_nominals

LIKE = 1.5  # of 2.4: surname and forename together, see offenders.selectors.search
SHOWN = 5


def likely_duplicates(nominal: Nominal) -> list[Nominal]:
    """A like name with no different birthday, or the same PNC identifier or custody number."""
    name = f"{nominal.surname}, {nominal.forenames}"
    alike = [hit.pk for hit in find_nominals(name) if hit.score >= LIKE]
    same = Q(pk__in=alike)
    for number in ("pnc_id", "custody_ref"):
        if value := getattr(nominal, number):
            same |= Q(**{number: value})
    found = visible(Nominal.objects.live()).filter(same).exclude(pk=nominal.pk)
    order = {pk: at for at, pk in enumerate(alike)}
    with looks.unshown():  # the caller says who is shown
        likely = [each for each in found if each.pk not in order or _may_be(nominal, each)]
    return sorted(likely, key=lambda each: order.get(each.pk, -1))[:SHOWN]


def _may_be(nominal: Nominal, other: Nominal) -> bool:
    one, two = nominal.date_of_birth, other.date_of_birth
    return one is None or two is None or one == two or _slip(one, two)


def _slip(one: date, two: date) -> bool:
    """Day and month swapped, or one of the three parts wrong."""
    swapped = (one.year, one.day, one.month) == (two.year, two.month, two.day)
    same = sum((one.year == two.year, one.month == two.month, one.day == two.day))
    return swapped or same == 2  # noqa: PLR2004  # of three
