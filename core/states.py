"""A life as a table: which step leads from which state to which. The docs draw the same table."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.db import models


class StepError(ValidationError):
    """The step is not open from this state."""


@dataclass(frozen=True)
class Machine:
    """`steps`: verb -> (states it is open from, state it leads to)."""

    name: str
    states: type[models.TextChoices]
    steps: Mapping[str, tuple[frozenset[str], str]]

    def after(self, state: str, step: str) -> str:
        """The state that the step leads to. Raises StepError with a sentence for people."""
        sources, target = self.steps[step]
        if state not in sources:
            label = self.states(state).label.lower()
            raise StepError(f"{self.name} is {label}: it cannot be {step} now.", code=step)
        return target

    def open_from(self, state: str) -> list[str]:
        return [step for step, (sources, _) in self.steps.items() if state in sources]

    def mermaid(self) -> str:
        """A diagram with labels for people; ids hold no hyphens, which arrows are made of."""
        used = {state for sources, target in self.steps.values() for state in (*sources, target)}
        targets = {target for _, target in self.steps.values()}
        left = {source for sources, _ in self.steps.values() for source in sources}
        names = [f'    state "{self.label(state)}" as {_id(state)}' for state in sorted(used)]
        begins = [f"    [*] --> {_id(state)}" for state in sorted(left - targets)]
        moves = [
            f"    {_id(source)} --> {_id(target)}: {step}"
            for step, (sources, target) in self.steps.items()
            for source in sorted(sources)
        ]
        ends = [f"    {_id(state)} --> [*]" for state in sorted(targets - left)]
        return "\n".join(["stateDiagram-v2", *names, *begins, *moves, *ends])

    def label(self, state: str) -> str:
        return str(self.states(state).label)


def _id(state: str) -> str:
    return str(state).replace("-", "_")
