"""10,000 reads by people of every role: as many looks as nominals that were shown, to the row."""

import random
from collections import Counter

import pytest
from django.conf import settings as project
from django.test import Client

from core.models import AuditEvent
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = [pytest.mark.security, pytest.mark.django_db]
READS = 10_000
ROLES = ("act-officer", "act-supervisor", "analyst", "manager", "isd-staff", "auditor")
SHARES = (10, 10, 1, 1, 1, 1)  # most calls are of those who may
PATHS = ("/nominals/{pk}/", "/api/v1/nominals/{pk}/", "/nominals/{pk}/briefing/")


def browser(role: str) -> Client:
    made = Client()
    made.force_login(UserFactory.create(roles=[role]))
    return made


def test_each_read_leaves_one_look_and_each_refusal_one_refusal():
    chance = random.Random("reads")
    people = [NominalFactory.create().pk for _ in range(40)]
    browsers = {role: browser(role) for role in ROLES}
    # The API answers ten times as fast as a page: most reads go there.
    weights = (1, 18, 1)
    answers: Counter[int] = Counter()
    shown: Counter[int] = Counter()
    while sum(shown.values()) < READS:
        pk, role = chance.choice(people), chance.choices(ROLES, SHARES)[0]
        path = chance.choices(PATHS, weights)[0].format(pk=pk)
        status = browsers[role].get(path).status_code
        answers[status] += 1
        shown[pk] += status == 200
    looks = AuditEvent.objects.filter(action__in=["nominal.viewed", "nominal.printed"])
    refusals = AuditEvent.objects.filter(action="access.refused").count()
    print(
        f"\nreads: {answers[200]}, looks: {looks.count()}; refused: {answers[404]}, logged: {refusals}"
    )
    assert set(answers) == {200, 404}  # who may see nobody does not learn that there is an address
    assert looks.count() == answers[200] == READS
    assert refusals == answers[404]
    assert Counter(pk for row in looks for pk in row.people) == shown
    assert project.TESTING  # where a forgotten look is an error, and none came
