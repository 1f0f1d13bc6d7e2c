"""A nominal takes documents: seen by those who may see the nominal, after a look in the log."""

from django.http import Http404
from django.urls import reverse

from core.access.permissions import Permission
from core.documents.owners import OwnerKind, register
from core.models import User
from offenders.models import Nominal
from offenders.selectors.nominals import nominal_for

LONGEST = 9  # figures of a number


def find(by: User, key: str) -> Nominal:
    if not key.isdecimal() or len(key) > LONGEST:
        raise Http404("There is no such nominal.")
    return nominal_for(by, int(key), why="document", is_task=False)


def disposed(keys: list[str]) -> list[str]:
    rows = Nominal._base_manager.filter(pk__in=keys, disposed_at__isnull=False)
    return [str(pk) for pk in rows.values_list("pk", flat=True)]


register(
    OwnerKind(
        "nominal",
        "Nominal",
        view=Permission.NOMINAL_VIEW,
        change=Permission.NOMINAL_CHANGE,
        find=find,
        url=lambda key: reverse("offenders:nominal-detail", args=[key]),
        is_person=True,
        gone=disposed,
    )
)
