from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, TextChoices


class Reason(TextChoices):
    """Why access was refused. The label is shown to the person and kept in the audit log."""

    SIGN_IN = "sign-in", "Sign in to use this page."
    SECOND_FACTOR = "second-factor", "Set up your second factor before you go on."
    NO_POLICY = "no-policy", "This page states no access policy, so it answers nobody."
    NOT_THERE = "not-there", "There is no page at this address."
    NOT_OFFERED = "not-offered", "This page is not in use here."
    WRONG_TOKEN = (
        "wrong-token",
        "This token is not valid. It may have been revoked or have run out.",
    )
    CSRF = "csrf", "The form did not come from a page of this site."
    PERMISSION = "permission", "Your roles do not allow this."
    OWN_ACCOUNT = "own-account", "You cannot change your own account. Ask another administrator."
    NOT_YOURS = "not-yours", "This belongs to somebody else."
    OWN_LOOK = "own-look", "Nobody judges their own looks."
    JUDGED = "judged", "This look was judged already."
    NO_TEAM = "no-team", "No unit is known for your account, so no team: ask an administrator."
    PURPOSE = "purpose", "Say first what you are working on."
    NOT_A_MACHINE = "not-a-machine", "Only a machine account can be given a token by somebody else."
    POWERFUL = (
        "powerful",
        (
            "Whoever opens the account of an administrator or auditor could act as them. It takes "
            "a second factor there first, or a command on the machine."
        ),
    )
    NO_APPROVAL = "no-approval", "This export needs no approval, or was asked for already."
    OWN_REQUEST = "own-request", "You asked for this, so somebody else decides."
    DECIDED = "decided", "This was decided already, or taken back."
    NO_SUCH_KIND = "no-such-kind", "Nobody decides on requests of this kind any more."


class NotAllowed(PermissionDenied):
    """A refusal with its reason; answered with 403 by pages and by the API."""

    def __init__(self, reason: Any, *, words: str = "", target: Model | None = None) -> None:
        """`words` in place of the label, where they depend on the record; `target` for the log."""
        self.reason, self.target = reason, target
        self.words = words or str(reason.label)
        super().__init__(self.words)


@dataclass(frozen=True)
class Decision:
    """True when allowed; otherwise `reason`, a TextChoices member, says why not.

    `words` stand in place of its label where they depend on the record.
    """

    reason: Any = None
    words: str = ""

    def __bool__(self) -> bool:
        return self.reason is None

    def require(self) -> None:
        if self.reason is not None:
            raise NotAllowed(self.reason, words=self.words)


ALLOWED = Decision()
