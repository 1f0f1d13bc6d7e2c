"""What core has to say on the home page."""

from collections.abc import Mapping
from typing import Any

from core.access.permissions import Permission
from core.home import Panel, register
from core.models import DipLook, ImportState, User
from core.selectors.approvals import approvals_of, waiting_for
from core.selectors.exports import exports_of
from core.selectors.imports import imports_for
from core.selectors.people import people_without_role

MOVING = [ImportState.CHECKING, ImportState.CHECKED, ImportState.QUEUED, ImportState.RUNNING]
SHOWN = 5


def imports(user: User) -> Mapping[str, Any]:
    return {"runs": imports_for(user).filter(state__in=MOVING)[:SHOWN]}


def exports(user: User) -> Mapping[str, Any] | None:
    runs = list(exports_of(user)[:SHOWN])
    return {"runs": runs} if runs else None


def accounts(user: User) -> Mapping[str, Any]:
    """People who may sign in and have no role: somebody has to decide."""
    return {"waiting": people_without_role()[:SHOWN]}


def samples(user: User) -> Mapping[str, Any]:
    return {"open": DipLook.objects.filter(sample__by=user, judged_at=None).count()}


def approvals(user: User) -> Mapping[str, Any] | None:
    waiting, asked = len(waiting_for(user)), approvals_of(user).open().filter(asked_by=user).count()
    return {"waiting": waiting, "asked": asked} if waiting or asked else None


register(Panel(5, None, "core/panel/approvals.html", approvals))
register(Panel(65, Permission.NOMINAL_SUPERVISE, "core/panel/samples.html", samples))
register(Panel(30, Permission.RECORD_IMPORT, "core/panel/imports.html", imports))
register(Panel(40, Permission.RECORD_EXPORT, "core/panel/exports.html", exports))
register(Panel(50, Permission.USER_MANAGE, "core/panel/accounts.html", accounts))
register(Panel(70, Permission.API_TOKEN, "core/panel/tokens.html", lambda user: {}))
register(Panel(45, Permission.ANNOTATION_CHANGE, "core/panel/notes.html", lambda user: {}))
register(Panel(60, Permission.AUDIT_VIEW, "core/panel/audit.html", lambda user: {}))
