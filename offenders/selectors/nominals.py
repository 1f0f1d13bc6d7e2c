"""The one way to a nominal: asked for by somebody, and logged."""

from django.http import Http404

from core import audit
from core.access.decision import Decision, Reason
from core.access.permissions import Permission
from core.models import User
from offenders.models import Nominal


def can_see_nominals(by: User) -> Decision:
    return Decision(None if by.has(Permission.NOMINAL_VIEW) else Reason.PERMISSION)


def nominal_for(
    by: User, pk: int, *, action: audit.Action = audit.Action.NOMINAL_VIEWED, why: str = ""
) -> Nominal:
    """The nominal, with one look in the log. Raises NotAllowed, Http404."""
    can_see_nominals(by).require()
    names = ("lead_officer", "second_officer", "unit", "merged_into")
    if not (found := Nominal.objects.select_related(*names).filter(pk=pk).first()):
        raise Http404("There is no such nominal.")
    audit.record(by=by, action=action, target=found, detail={"why": why} if why else None)
    return found
