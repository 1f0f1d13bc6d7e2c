import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from rest_framework.test import APIClient

from core.models import ImportRun
from core.services.imports import check_import, run_import
from offenders.models import Crime
from tests.factories.users import UserFactory
from tests.unit.core.imports.records import crime, text

pytestmark = pytest.mark.django_db

URL = "/api/v1/imports/"
MIXED = text(crime("A1"), crime("A2", district="x"))


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def machine():
    client = APIClient()
    client.force_authenticate(UserFactory.create(roles=["machine"]))
    return client


def send(client, content=MIXED, **data):
    file = SimpleUploadedFile("january.csv", content.encode())
    return client.post(URL, {"kind": "crimes", "file": file} | data, format="multipart")


def test_api_imports_a_file_and_tells_the_counts(machine):
    response = send(machine)
    assert response.status_code == 202

    run_import(response.data["id"])

    told = machine.get(f"{URL}{response.data['id']}/").data
    assert (told["state"], told["created"], told["rejected"]) == ("done", 1, 1)
    assert told["errors"][0]["column"] == "district"


def test_api_dry_run_waits_for_confirmation(machine):
    run = send(machine, dry_run=True).data["id"]
    check_import(run)
    assert machine.get(f"{URL}{run}/").data["forecast"]["created"] == 1
    assert not Crime.objects.exists()

    assert machine.post(f"{URL}{run}/confirm/").status_code == 202
    run_import(run)

    assert Crime.objects.count() == 1


def test_api_check_of_a_file_with_nothing_new_is_done_with_a_sentence(machine):
    content = text(crime("A1"), crime("A2"))
    run_import(send(machine, content).data["id"])

    run = send(machine, content, dry_run=True).data["id"]
    check_import(run)

    told = machine.get(f"{URL}{run}/").data
    assert (told["state"], told["unchanged"]) == ("done", 2)
    assert told["nothing_new"] == "Nothing new in this file: all 2 rows are in Aware already."
    assert machine.post(f"{URL}{run}/confirm/").data["state"] == "done"


def test_api_gives_the_rejected_rows_back(machine):
    run = send(machine).data["id"]
    run_import(run)

    rejects = machine.get(f"{URL}{run}/rejects/")

    assert b"A2" in b"".join(rejects.streaming_content)


def test_api_has_no_rejects_where_there_are_none(machine):
    run = ImportRun.objects.create(kind="crimes", file_name="x.csv")

    assert machine.get(f"{URL}{run.pk}/rejects/").status_code == 404


@pytest.mark.parametrize("data", [{"kind": "shoes"}, {"file": ""}, {"dry_run": "perhaps"}])
def test_api_refuses_what_it_cannot_read(machine, data):
    response = send(machine, **data)

    assert response.status_code == 400
    assert set(response.data) == set(data)


def test_api_says_why_a_file_is_refused(machine):
    told = send(machine, "a,b\n1,2\n").data

    assert told["state"] == "refused"
    assert "does not name" in told["failure"]


def test_api_lists_imports(machine):
    send(machine)

    assert machine.get(URL).data["results"][0]["file_name"] == "january.csv"


def test_api_refuses_other_roles():
    client = APIClient()
    client.force_authenticate(UserFactory.create(roles=["board-viewer"]))

    assert client.get(URL).status_code == 403
