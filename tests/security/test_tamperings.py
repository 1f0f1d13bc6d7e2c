"""200 tamperings, each with a seed of its own, each undone: every one is found."""

import random

import pytest
from django.db import transaction

from core.models import AuditSeal
from core.selectors.audit_chain import faults
from core.services.audit_chain import anchor_of
from tests.tampering import WAYS, filled_log, tampered

pytestmark = [pytest.mark.security, pytest.mark.django_db]
TAMPERINGS = 200
ROWS, BATCHES = 300, 10


class Undone(Exception):  # noqa: N818  # nothing went wrong: it takes the tampering back
    pass


def test_every_tampering_is_found(settings, tmp_path, record_property):
    settings.MEDIA_ROOT = tmp_path
    filled_log(rows=ROWS, batches=BATCHES)
    anchor = anchor_of(AuditSeal.objects.latest("number"))
    assert list(faults([anchor])) == []
    chance = random.Random("tamperings")
    missed, found = [], 0
    for seed in range(TAMPERINGS):
        try:
            with transaction.atomic():
                done = tampered(chance.choice(list(WAYS)), seed=seed)
                if list(faults([anchor])):
                    found += 1
                else:
                    missed.append(done)
                raise Undone
        except Undone:
            pass
    print(f"\ntamperings found: {found} of {TAMPERINGS}")
    assert missed == []
