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

GOOD = text(crime("A1"))
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
        ({"kind": "crimes"}, "Choose a file."),
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


def test_import_of_a_file_that_was_imported_says_so_and_has_ended(analyst):
    first = checked(analyst, GOOD)
    assert "This very file" not in page(analyst, first)
    analyst.post(reverse("core:import-confirm", args=[first.pk]))
    run_import(first.pk)
    send(analyst, GOOD)
    again = ImportRun.objects.exclude(pk=first.pk).get()
    check_import(again.pk)

    shown = page(analyst, again)

    on = timezone.localtime(ImportRun.objects.get(pk=first.pk).finished_at)
    assert f"This very file was imported on {on:%-d %B %Y at %H:%M} by {analyst.user}." in shown
    assert "Nothing new in this file: its one row is in Aware already." in shown
    assert "What happened" in shown
    for name in ("confirm", "cancel"):
        assert reverse(f"core:import-{name}", args=[again.pk]) not in shown
    listed = analyst.get(reverse("core:import-list")).content.decode()
    assert listed.count("Finished") == 2
    assert "waiting for confirmation" not in listed


def test_import_says_how_many_rejected_rows_it_does_not_show(analyst):
    rows = [crime(f"A{n}", district="x") for n in range(12)]

    shown = page(analyst, checked(analyst, text(*rows)))

    assert "Errors of the first 10 of 12 rejected rows" in shown


def test_import_of_rejected_rows_alone_says_so_and_has_ended(analyst):
    run = checked(analyst, text(crime("A1", district="x"), crime("A2", district="y")))

    shown = page(analyst, run)

    assert "Every row was rejected" in shown
    assert "Download the rejected rows" in shown
    assert "nothing in this file is new" not in shown.lower()
    assert reverse("core:import-cancel", args=[run.pk]) not in shown
    listed = analyst.get(reverse("core:import-list")).content.decode()
    assert "Refused" in listed
    assert "waiting for confirmation" not in listed
    rejects = analyst.get(reverse("core:import-rejects", args=[run.pk]))
    assert b"A2" in b"".join(rejects.streaming_content)


def test_import_with_nothing_new_beside_the_rejected_rows_says_so(analyst):
    first = checked(analyst, GOOD)
    analyst.post(reverse("core:import-confirm", args=[first.pk]))
    run_import(first.pk)
    send(analyst)
    again = ImportRun.objects.exclude(pk=first.pk).get()
    check_import(again.pk)

    shown = page(analyst, again)
    assert "Nothing new beside the rejected rows: the one other row is in Aware already" in shown
    assert "Download the rejected rows" in shown
    assert reverse("core:import-confirm", args=[again.pk]) not in shown


def test_lists_of_imports_name_the_column_beside_each_value_for_phones(analyst):
    shown = page(analyst, checked(analyst))
    listed = analyst.get(reverse("core:import-list")).content.decode()

    assert 'data-label="What is wrong">Is not a known district' in shown
    assert 'data-label="Added"' in listed


@pytest.mark.parametrize(("kind", "promised"), [("crimes", True), ("police-uk-street", False)])
def test_receipt_promises_figures_only_where_the_records_enter_them(analyst, kind, promised):
    run = ImportRun.objects.create(
        kind=kind, file_name="x.csv", state=ImportState.DONE, read=1, created=1
    )

    assert ("The figures follow" in page(analyst, run)) is promised


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
