from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, Settings

from core.models import Change, ImportRun, ImportState


@pytest.mark.django_db
def test_healthz_answers_without_the_database(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with django_assert_num_queries(0):
        response = client.get("/healthz")

    assert response.json() == {"status": "ok"}


@pytest.mark.django_db
def test_readyz_says_that_everything_is_there(client: Client) -> None:
    response = client.get("/readyz")

    assert response.status_code == 200
    assert response.json() == {
        "status": "ok",
        "database": "ok",
        "broker": "ok",
        "migrations": "ok",
    }


@pytest.mark.django_db
def test_readyz_names_what_does_not_answer(client: Client, settings: Settings) -> None:
    settings.CELERY_BROKER_URL = "redis+socket:///nowhere/at.all?virtual_host=0"

    response = client.get("/readyz")

    assert response.status_code == 503
    assert response.json()["broker"] == "no answer"


@pytest.mark.django_db
def test_metrics_are_for_the_holder_of_the_token(client: Client, settings: Settings) -> None:
    assert client.get("/metrics", headers={"Authorization": "Bearer "}).status_code == 403
    settings.METRICS_TOKEN = "long and secret"

    assert client.get("/metrics").status_code == 403
    token = {"Authorization": "Bearer long and secret"}
    assert client.get("/metrics", headers=token).status_code == 200


@pytest.mark.django_db
def test_metrics_tell_of_changes_and_imports(client: Client, settings: Settings) -> None:
    settings.DEMO = True
    Change.objects.all().delete()
    Change.objects.create(
        basis="recorded",
        month="2021-01-01",
        unit="fenland",
        n=1,
        at=timezone.now() - timedelta(hours=1),
    )
    ImportRun.objects.create(kind="crimes", file_name="a.csv", state=ImportState.RUNNING)

    lines = dict(
        line.rsplit(" ", 1)
        for line in client.get("/metrics").text.splitlines()
        if not line.startswith("#")
    )

    assert lines["aware_changes_pending"] == "1.0"
    assert 3590 <= float(lines["aware_changes_oldest_age_seconds"]) < 3700
    assert lines['aware_import_runs{state="running"}'] == "1.0"
