"""An operation takes documents. They may name people, so only those who run operations see them."""

from django.http import Http404

from core import audit
from core.access.permissions import Permission
from core.documents.owners import OwnerKind, register
from core.models import User
from operations.models import Operation
from operations.selectors.operations import operation_url


def find(by: User, key: str) -> Operation:
    found = Operation.objects.filter(pk=key).first() if "\0" not in key else None
    if found is None:
        raise Http404("There is no such operation.")
    audit.record(by=by, action=audit.Action.RECORD_VIEWED, target=found)
    return found


register(
    OwnerKind(
        "operation",
        "Operation",
        view=Permission.OPERATION_CHANGE,
        change=Permission.OPERATION_CHANGE,
        find=find,
        url=operation_url,
    )
)
