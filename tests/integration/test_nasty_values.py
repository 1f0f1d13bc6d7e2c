"""A small part of tests/security/test_nasty_values.py: some addresses, other ones each time they change."""

import random

import pytest

from tests.probes.walk import Walk, keys_of

pytestmark = pytest.mark.django_db
SOME = 12


@pytest.mark.parametrize("role", ["act-supervisor", "analyst"])
def test_nothing_falls_over(role: str, settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    walk = Walk(role, thorough=False)
    for key in random.Random(len(keys_of(role))).sample(keys_of(role), SOME):  # noqa: S311  # no secret
        walk.address(key)
    assert sum(walk.probe.answers.values()) > SOME
    assert not walk.probe.faults, "\n".join(walk.probe.faults)


def test_impossible_days_are_told(sign_in) -> None:
    """Each was a 500 once."""
    officer, auditor = sign_in("act-officer"), sign_in("auditor")
    for year in (str(10**30), "9999", "0001"):
        said = {"date_of_birth_0": "1", "date_of_birth_1": "1", "date_of_birth_2": year}
        assert officer.post("/nominals/new/", said).status_code == 200
    for day in ("9999-12-31", "31 December 9999", "0001-01-01", "December 9999"):
        assert auditor.get("/audit/who/", {"when": day}).status_code == 200


def test_values_that_fell_over_once_are_told(sign_in) -> None:
    machine, officer = sign_in("machine"), sign_in("act-officer")
    for query in ({"page_size": "0" * 5000 + "1"}, {"month": "%s%n%x"}):
        assert machine.get("/api/v1/incidents/", query).status_code == 400
    trial = {"name": "Late", "purpose": "x", "starts_on": "2026-01-01", "ends_on": "9999-12-31"}
    for said in (trial, trial | {"ends_on": "2026-02-01", "name": "\ud800"}):
        answer = officer.post("/api/v1/trials/", said, content_type="application/json")
        assert answer.status_code == 400


@pytest.mark.parametrize("field", ["kind", "query", "format"])
def test_next_page_does_not_repeat_a_megabyte(sign_in, field) -> None:
    analyst = sign_in("analyst")
    said = {"kind": "incidents", "query": "", "format": "csv", field: "x" * 2**20}
    answer = analyst.post("/exports/new/", said, follow=True)
    assert "govuk-notification-banner" in answer.text
    assert len(answer.content) < 10**5


def test_list_is_sorted_by_nothing_that_is_no_column(sign_in) -> None:
    page = sign_in("administrator").get("/people/?sort=../../etc/passwd")
    assert page.status_code == 200
