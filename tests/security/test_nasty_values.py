"""Nasty values in every address, every query, every field and every part of a body, as somebody who may."""

import pytest

from tests.probes.records import ROLES
from tests.probes.walk import Walk, keys_of

pytestmark = [pytest.mark.security, pytest.mark.django_db]


@pytest.mark.parametrize("role", ROLES)
def test_nothing_falls_over(role: str, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    walk = Walk(role, thorough=True)
    for key in keys_of(role):
        walk.address(key)
    sent = sum(walk.probe.answers.values()) + sum(walk.probe.faults.values())
    print(
        f"\n{role}: {sent} nasty requests, {dict(walk.probe.answers)}, faults: {len(walk.probe.faults)}"
    )
    assert not walk.probe.faults, "\n".join(list(walk.probe.faults)[:200])
