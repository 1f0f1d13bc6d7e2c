"""May this person do this to that, and if not, why not."""

from allauth.mfa.utils import is_mfa_enabled

from core.access.decision import ALLOWED, Decision, Reason
from core.access.permissions import Permission
from core.access.policy import AnyOf
from core.access.roles import MACHINE, POWERFUL
from core.approvals import kind_or_none
from core.exports.kinds import ExportKind, export_kind
from core.imports.kinds import kind_called
from core.models import (
    ApiToken,
    Approval,
    AuditEvent,
    DipLook,
    ExportRun,
    ExportState,
    SavedView,
    User,
)


def can_change_account(by: User, user: User) -> Decision:
    """Nobody changes their own roles: so every grant has two people, and one always remains."""
    if not by.has(Permission.USER_MANAGE):
        return Decision(Reason.PERMISSION)
    return Decision(Reason.OWN_ACCOUNT) if by == user else ALLOWED


def can_open_account(by: User, user: User) -> Decision:
    """A link to sign in by, or another address for it, is a way into the account: with that of a
    second administrator one person could approve their own requests. A second factor bars it."""
    allowed = can_change_account(by, user)
    if allowed and user.role_slugs & POWERFUL and not is_mfa_enabled(user):
        return Decision(Reason.POWERFUL)
    return allowed


def can_issue_token(by: User, owner: User) -> Decision:
    if by == owner:
        return ALLOWED if by.has(Permission.API_TOKEN) else Decision(Reason.PERMISSION)
    if not by.has(Permission.USER_MANAGE):
        return Decision(Reason.NOT_YOURS)
    return ALLOWED if owner.role_slugs == {MACHINE} else Decision(Reason.NOT_A_MACHINE)


def can_revoke_token(by: User, token: ApiToken) -> Decision:
    if by == token.user or by.has(Permission.USER_MANAGE):
        return ALLOWED
    return Decision(Reason.NOT_YOURS)


def can_export(by: User, kind: ExportKind) -> Decision:
    return ALLOWED if by.has(kind.permission) else Decision(Reason.PERMISSION)


def can_ask_for_export(by: User, run: ExportRun) -> Decision:
    if by != run.by:
        return Decision(Reason.NOT_YOURS)
    if run.state != ExportState.UNASKED:
        return Decision(Reason.NO_APPROVAL)
    return can_export(by, export_kind(run.kind))


def can_download_export(by: User, run: ExportRun) -> Decision:
    """The file was made under a right that may have been taken away since."""
    return can_export(by, export_kind(run.kind)) if by == run.by else Decision(Reason.NOT_YOURS)


def can_delete_saved_view(by: User, view: SavedView) -> Decision:
    return ALLOWED if by == view.user else Decision(Reason.NOT_YOURS)


def can_sample(by: User) -> Decision:
    if not by.has(Permission.NOMINAL_SUPERVISE):
        return Decision(Reason.PERMISSION)
    return Decision(Reason.NO_TEAM) if by.unit_id is None else ALLOWED


def can_judge_look(by: User, look: DipLook, event: AuditEvent) -> Decision:
    """Whoever drew the sample, and never whoever looked."""
    if by != look.sample.by or not by.has(Permission.NOMINAL_SUPERVISE):
        return Decision(Reason.NOT_YOURS)
    if event.actor == by.get_username():
        return Decision(Reason.OWN_LOOK)
    return Decision(Reason.JUDGED) if look.judged_at else ALLOWED


def can_decide(by: User, approval: Approval) -> Decision:
    """Never whoever asked, and once; for the rest its kind says who."""
    if not approval.is_open:
        return Decision(Reason.DECIDED)
    if by.pk == approval.asked_by_id:
        return Decision(Reason.OWN_REQUEST)
    return may_decide(by, approval)


def may_decide(by: User, approval: Approval) -> Decision:
    """Whether this is a decision for that person at all, open or not."""
    kind = kind_or_none(approval.kind)
    return kind.may_decide(by, approval) if kind else Decision(Reason.NO_SUCH_KIND)


def can_withdraw(by: User, approval: Approval) -> Decision:
    if by.pk != approval.asked_by_id:
        return Decision(Reason.NOT_YOURS)
    return ALLOWED if approval.is_open else Decision(Reason.DECIDED)


def can_see_approval(by: User, approval: Approval) -> Decision:
    """Who asked, who decides, who decided, and auditors."""
    own = by.pk in (approval.asked_by_id, approval.decided_by_id)
    return ALLOWED if own or by.has(Permission.AUDIT_VIEW) else may_decide(by, approval)


# Some kinds may be sent by those whose work they are: see `Kind.sent_by`.
IMPORTING = AnyOf(frozenset([Permission.RECORD_IMPORT, Permission.PREVENTION_CHANGE]))


def can_import(by: User, kind: str) -> Decision:
    """Whoever may import a kind sees every import of it: colleagues finish each other's work."""
    found = kind_called(kind)
    if found.sent_by and by.has(found.sent_by):
        return ALLOWED
    beside = found.permission
    may = by.has(Permission.RECORD_IMPORT) and (beside is None or by.has(beside))
    return ALLOWED if may else Decision(Reason.PERMISSION)
