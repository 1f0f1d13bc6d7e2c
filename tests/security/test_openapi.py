"""Requests that schemathesis makes from the OpenAPI document, valid and not, for every operation of the API."""

import contextlib
import json
from collections import Counter
from typing import Any

import pytest
import schemathesis
from django.urls import resolve
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from hypothesis.errors import Unsatisfiable
from schemathesis import Case, GenerationMode

from tests.factories.users import UserFactory
from tests.integration.access_matrix import MATRIX
from tests.probes import openapi
from tests.probes.probe import Probe
from tests.probes.records import ROLES, fitting, records

pytestmark = [pytest.mark.security, pytest.mark.django_db]
EXAMPLES = 20  # of each operation, half of them valid
QUIET = settings(
    max_examples=EXAMPLES // 2,
    derandomize=True,
    database=None,
    deadline=None,
    phases=[Phase.generate],
    suppress_health_check=list(HealthCheck),
)


def test_no_operation_falls_over(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    users = {role: UserFactory.create(roles=[role]) for role in ROLES}
    probes = {role: Probe(user) for role, user in users.items()}
    there = records(users["act-supervisor"])
    operations = 0
    for found in schemathesis.openapi.from_dict(openapi.document()).get_all_operations():
        operation = found.ok()  # type: ignore[union-attr]  # the document is valid, as a test shows
        key = key_of(operation.path, operation.method)
        probe = probes[fitting(key)]
        operations += 1
        for mode in (GenerationMode.POSITIVE, GenerationMode.NEGATIVE):
            try_out(operation.as_strategy(generation_mode=mode), probe, there[key])
    faults: Counter[str] = sum((probe.faults for probe in probes.values()), Counter())
    answers: Counter[int] = sum((probe.answers for probe in probes.values()), Counter())
    sent = sum(answers.values()) + sum(faults.values())
    print(
        f"\nschemathesis: {sent} requests to {operations} operations, {dict(answers)}, {len(faults)} faults"
    )
    assert operations >= 100
    assert not faults, "\n".join(faults)


def try_out(cases: Any, probe: Probe, record: dict[str, Any]) -> None:
    """Half of them about a record that is there."""

    @QUIET
    @given(case=cases, is_there=st.booleans())
    def one(case: Case[Any], is_there: bool) -> None:
        if is_there:
            case.path_parameters = {
                name: record.get(name, value) for name, value in case.path_parameters.items()
            }
        send(probe, case)

    # Where nothing invalid can be made for an operation, its valid requests have to do.
    with contextlib.suppress(Unsatisfiable, schemathesis.errors.SchemathesisError):
        one()


def send(probe: Probe, case: Case[Any]) -> None:
    made = case.as_transport_kwargs(base_url="http://testserver")
    path = made["url"].removeprefix("http://testserver")
    raw = json.dumps(made["json"]) if "json" in made else None
    query = {name: value for name, value in (made.get("params") or {}).items() if value is not None}
    probe.send(
        made["method"].lower(),
        path,
        raw,
        **({"content_type": "application/json"} if raw is not None else {}),
        query_params=query,
    )


def key_of(template: str, method: str) -> str:
    path = openapi.filled(template)
    name = resolve(path).view_name
    return name if method.upper() == "GET" and name in MATRIX else f"{name} {method.upper()}"
