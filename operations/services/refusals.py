from django.core.exceptions import ValidationError

from core.access.decision import Decision


class RefusedError(ValidationError):
    """What a policy does not allow; `reason` says which rule, `code` is its slug."""

    def __init__(self, decision: Decision, *, field: str | None = None, **words: object) -> None:
        text = str(decision.reason.label)
        sentence = ValidationError(
            text.format(**words) if words else text, code=str(decision.reason.value)
        )
        self.reason = decision.reason
        super().__init__({field: [sentence]} if field else sentence)


def required(decision: Decision, field: str | None = None, **words: object) -> None:
    if not decision:
        raise RefusedError(decision, field=field, **words)
