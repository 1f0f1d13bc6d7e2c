"""The decision over every standing there is: 6,144 of them, and first refusal wins."""

from dataclasses import fields, replace
from itertools import product

import pytest

from core.access.decision import Reason
from offenders.policies.access import UNSEEN, Refusal, Restricted, Standing, decide

FLAGS = [one.name for one in fields(Standing) if one.name not in {"restricted", "contact"}]
EVERY = [
    Standing(**dict(zip(FLAGS, flags, strict=True)), restricted=restricted, contact="DI Example")
    for flags in product([False, True], repeat=len(FLAGS))
    for restricted in (None, Restricted.MASKED, Restricted.HIDDEN)
]
# In the order of the law of the house; each with what makes it so.
ORDER = [
    (Refusal.ACCOUNT, lambda s: not s.is_active),
    (Reason.SECOND_FACTOR, lambda s: s.lacks_second_factor),
    (Refusal.EXCLUDED, lambda s: s.is_excluded),
    (Refusal.DISPOSED, lambda s: s.is_disposed),
    (
        Refusal.HIDDEN,
        lambda s: s.restricted == "hidden" and not (s.is_cleared or s.has_broken_glass),
    ),
    (
        Refusal.MASKED,
        lambda s: s.restricted == "masked" and not (s.is_cleared or s.has_broken_glass),
    ),
    (
        Reason.PURPOSE,
        lambda s: (
            not any([s.in_area, s.leads, s.in_joint_operation, s.has_broken_glass, s.has_purpose])
        ),
    ),
    (Refusal.READING, lambda s: not s.may_see_people),
]


def test_first_refusal_wins_in_every_standing():
    wrong = [
        standing
        for standing in EVERY
        if decide(standing).reason
        != next((refusal for refusal, holds in ORDER if holds(standing)), None)
    ]
    assert len(EVERY) == 3 * 2**11
    assert wrong == []


@pytest.mark.parametrize(("refusal", "holds"), ORDER, ids=[str(one) for one, _ in ORDER])
def test_every_refusal_is_reached_and_has_words(refusal, holds):
    reached = [one for one in EVERY if decide(one).reason is refusal]
    assert reached
    assert all(holds(one) for one in reached)
    assert str(refusal.label).endswith((".", "?"))


def test_nothing_opens_a_record_to_somebody_excluded():
    opened = [one for one in EVERY if one.is_excluded and decide(one)]
    assert opened == []


def test_taking_something_away_never_opens_a_record():
    """Each flag either only opens or only shuts, whatever the others say."""
    opens = {"is_active", "is_cleared", "has_broken_glass", "in_area", "leads"}
    opens |= {"in_joint_operation", "has_purpose", "may_see_people"}
    for standing in EVERY:
        if not decide(standing):
            continue
        for name in FLAGS:
            better = replace(standing, **{name: name in opens})  # type: ignore[arg-type]  # flags alone
            assert decide(better), (name, standing)


def test_a_mask_names_its_contact_and_a_hidden_record_nothing():
    masked = decide(Standing(restricted=Restricted.MASKED, contact="DI Example, 01632 960001"))
    hidden = decide(Standing(restricted=Restricted.HIDDEN, contact="DI Example"))
    assert masked.words == "Restricted record, contact DI Example, 01632 960001"
    assert hidden.words == ""


def test_what_is_kept_from_somebody_is_answered_as_if_it_were_not_there():
    assert {Refusal.EXCLUDED, Refusal.DISPOSED, Refusal.HIDDEN} == UNSEEN
