from datetime import timedelta

from factory.declarations import LazyAttribute, Sequence
from factory.django import DjangoModelFactory

from performance.models import Call, Line
from tests.factories.crimes import JANUARY


class CallFactory(DjangoModelFactory[Call]):
    """A 999 call, answered after five seconds."""

    class Meta:
        model = Call

    call_ref = Sequence(lambda n: f"999-{n:07d}")
    line = Line.EMERGENCY
    offered_at = JANUARY
    answered_at = LazyAttribute(lambda call: call.offered_at + timedelta(seconds=5))
