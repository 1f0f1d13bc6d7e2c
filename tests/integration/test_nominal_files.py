"""Nominals come in and go out as files, by those alone who answer for it."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from core.models import AuditEvent, ExportRun, ImportRun
from core.services.exports import run_export
from core.services.imports import check_import, run_import
from offenders.models import Nominal
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


def send(browser, content):
    file = SimpleUploadedFile("cohort.csv", content.encode())
    return browser.post(reverse("core:import-new"), {"kind": "nominals", "file": file})


def test_cohort_is_loaded_by_who_imports_and_supervises(sign_in):
    keeper = sign_in("analyst", "act-supervisor")
    name = keeper.user.username
    send(keeper, f"ref,surname,forenames,lead_officer\nN9,Quillfeather,Oswin,{name}\n")
    run = ImportRun.objects.get()
    check_import(run.pk)
    page = keeper.get(reverse("core:import-detail", args=[run.pk]))
    assert "What would happen" in page.text
    keeper.post(reverse("core:import-confirm", args=[run.pk]))
    run_import(run.pk)
    assert Nominal.objects.get().lead_officer == keeper.user
    assert AuditEvent.objects.filter(action="import.finished").exists()


def test_analyst_alone_neither_sends_nor_sees_files_of_nominals(sign_in):
    keeper, analyst = sign_in("analyst", "act-supervisor"), sign_in("analyst")
    send(keeper, "ref,surname,forenames,lead_officer\nN9,Quillfeather,Oswin,nobody\n")
    run = ImportRun.objects.get()
    assert "Nominals" not in analyst.get(reverse("core:import-new")).text.split("<form")[-1]
    assert send(analyst, "ref\nN1\n").status_code == 200
    assert ImportRun.objects.count() == 1
    assert analyst.get(reverse("core:import-detail", args=[run.pk])).status_code == 404
    assert "cohort.csv" not in analyst.get(reverse("core:import-list")).text
    assert analyst.post(reverse("core:import-confirm", args=[run.pk])).status_code == 403
    assert analyst.get(reverse("core:import-rejects", args=[run.pk])).status_code == 403
    assert analyst.get(f"/api/v1/imports/{run.pk}/").status_code == 404
    assert analyst.get("/api/v1/imports/").json()["results"] == []


def test_supervisor_takes_the_filtered_list_away(sign_in):
    NominalFactory.create(surname="Quillfeather", unit_id="north")
    NominalFactory.create(surname="Brambleholt")
    boss = sign_in("act-supervisor")
    assert "Export as CSV" in boss.get("/nominals/").text
    said = {"kind": "nominals", "query": "q=qilfeather", "format": "csv"}
    boss.post(reverse("core:export-create"), said)
    run = ExportRun.objects.get()
    run_export(run.pk)
    file = boss.get(reverse("core:export-download", args=[run.pk]))
    lines = b"".join(file.streaming_content).decode().splitlines()
    assert lines[0].startswith("ref,surname,forenames,date_of_birth")
    assert len(lines) == 2
    actions = set(AuditEvent.objects.values_list("action", flat=True))
    assert {"export.requested", "export.downloaded"} <= actions


@pytest.mark.parametrize("role", ["act-officer", "analyst", "manager"])
def test_nobody_else_takes_nominals_away(sign_in, role):
    said = {"kind": "nominals", "query": "", "format": "csv"}
    assert sign_in(role).post(reverse("core:export-create"), said).status_code == 403


def test_what_was_taken_out_can_be_sent_in_again(sign_in):
    lead = UserFactory.create(roles=["act-officer"])
    NominalFactory.create(surname="Quillfeather", unit_id="north", lead_officer=lead)
    boss = sign_in("act-supervisor", "analyst")
    said = {"kind": "nominals", "query": "", "format": "csv"}
    boss.post(reverse("core:export-create"), said)
    run = ExportRun.objects.get()
    run_export(run.pk)
    file = boss.get(reverse("core:export-download", args=[run.pk]))
    send(boss, b"".join(file.streaming_content).decode())
    check_import(ImportRun.objects.get().pk)
    assert ImportRun.objects.get().forecast["unchanged"] == 1
