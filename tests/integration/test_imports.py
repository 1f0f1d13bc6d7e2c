from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.models import ImportRun, ImportState
from core.services.imports import check_import, run_import
from offenders.models import Crime
from tests.unit.core.imports.records import crime, text

pytestmark = pytest.mark.django_db

MIXED = text(crime("A1"), crime("A2", district="<b>x</b>"))


@pytest.fixture(autouse=True)
def files(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def analyst(sign_in):
    return sign_in("analyst")


def send(browser, content=MIXED, kind="crimes"):
    file = SimpleUploadedFile("january.csv", content.encode())
    return browser.post(reverse("core:import-new"), {"kind": kind, "file": file})


def checked(browser, content=MIXED):
    send(browser, content)
    run = ImportRun.objects.get()
    check_import(run.pk)
    return run


def page(browser, run, **headers):
    return browser.get(reverse("core:import-detail", args=[run.pk]), **headers).content.decode()


def test_import_from_the_file_to_the_receipt(analyst):
    assert send(analyst).status_code == 302
    run = ImportRun.objects.get()
    assert "Being checked" in page(analyst, run)

    check_import(run.pk)
    shown = page(analyst, run)
    assert "What would happen" in shown
    assert "Is not a known district" in shown
    assert "&lt;b&gt;x&lt;/b&gt;" in shown
    assert not Crime.objects.exists()

    analyst.post(reverse("core:import-confirm", args=[run.pk]))
    assert "Waiting to run" in page(analyst, run)
    run_import(run.pk)
    shown = page(analyst, run)
    assert "What happened" in shown
    assert reverse("offenders:crime-list") in shown
    assert Crime.objects.count() == 1

    rejects = analyst.get(reverse("core:import-rejects", args=[run.pk]))
    assert b"A2" in b"".join(rejects.streaming_content)


def test_import_shows_why_a_file_is_refused(analyst):
    send(analyst, "a,b\n1,2\n")

    assert "does not look like a file of crimes" in page(analyst, ImportRun.objects.get())


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ({"kind": "crimes"}, "This field is required"),
        ({"kind": "crimes", "file": SimpleUploadedFile("a.csv", b"")}, "The file is empty"),
        ({"kind": "shoes", "file": SimpleUploadedFile("a.csv", b"a")}, "Select a valid choice"),
    ],
)
def test_import_form_says_what_is_missing(analyst, data, said):
    response = analyst.post(reverse("core:import-new"), data)

    assert said in response.content.decode()
    assert not ImportRun.objects.exists()


def test_import_is_not_made_when_it_is_cancelled(analyst):
    run = checked(analyst)

    response = analyst.post(reverse("core:import-cancel", args=[run.pk]), follow=True)

    assert "was not imported" in response.content.decode()
    run_import(run.pk)
    assert not Crime.objects.exists()


def test_import_progress_is_a_fragment_for_htmx(analyst):
    send(analyst)

    shown = page(analyst, ImportRun.objects.get(), HTTP_HX_REQUEST="true")

    assert shown.lstrip().startswith("<div")
    assert "every 2s" in shown


def test_import_list_names_the_file_and_its_state(analyst):
    checked(analyst)

    shown = analyst.get(reverse("core:import-list")).content.decode()

    assert "january.csv" in shown
    assert "Checked, waiting for confirmation" in shown


def test_import_without_rejects_says_so(analyst):
    run = ImportRun.objects.create(kind="crimes", file_name="x.csv", state=ImportState.DONE)

    response = analyst.get(reverse("core:import-rejects", args=[run.pk]), follow=True)

    assert "There is no file of rejected rows" in response.content.decode()


def test_import_is_refused_to_other_roles(sign_in):
    assert sign_in("manager").get(reverse("core:import-new")).status_code == 403


@pytest.mark.parametrize("name", ["import-confirm", "import-cancel"])
def test_import_is_decided_by_post_only(analyst, name):
    run = checked(analyst)

    assert analyst.get(reverse(f"core:{name}", args=[run.pk])).status_code == 405


def test_import_list_takes_as_many_queries_with_more_imports(
    analyst, django_assert_max_num_queries
):
    for n in range(20):
        ImportRun.objects.create(
            kind="crimes", file_name=f"{n}.csv", by=analyst.user,
            created_at=timezone.now() - timedelta(hours=n),
        )  # fmt: skip

    with django_assert_max_num_queries(6):
        analyst.get(reverse("core:import-list"))
