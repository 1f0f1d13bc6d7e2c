"""Files that are attached to a nominal or an operation: kept apart, seen with their record, logged."""

from pathlib import Path

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from core.models import AuditEvent, Document
from core.services.documents import add_document, erase_documents_of_the_gone, remove_document
from offenders.models import Nominal
from offenders.services.merges import merge_nominals
from tests.factories.documents import PDF, TEXT, office, png
from tests.factories.nominals import NominalFactory
from tests.factories.operations import OperationFactory

pytestmark = pytest.mark.django_db
RIGHT_TO_LEFT = "\u202e"


@pytest.fixture(autouse=True)
def kept(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


@pytest.fixture
def nominal():
    return NominalFactory.create()


def path_of(owner) -> str:
    return f"/documents/{owner._meta.model_name}/{owner.pk}/new/"


def send(browser, owner, data=PDF, name="statement.pdf", title="Statement"):
    file = SimpleUploadedFile(name, data)
    return browser.post(path_of(owner), {"title": title, "file": file})


def attached(browser, owner, **more) -> Document:
    answer = send(browser, owner, **more)
    assert answer.status_code == 302, answer.text
    return Document.objects.latest("added_at")


def files(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def taken(browser, document) -> bytes:
    answer = browser.get(f"/documents/{document.pk}/")
    return b"".join(answer.streaming_content)


def test_document_of_a_nominal_is_attached_shown_and_taken(officer, nominal, kept):
    document = attached(officer, nominal)
    page = officer.get(f"/nominals/{nominal.pk}/").text
    assert "Statement</a>" in page
    answer = officer.get(f"/documents/{document.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Disposition"] == 'attachment; filename="statement.pdf"'
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "no-store" in answer["Cache-Control"]
    rows = AuditEvent.objects.filter(action__startswith="document.").order_by("pk")
    assert [row.action for row in rows] == ["document.added", "document.downloaded"]
    assert [row.people for row in rows] == [[nominal.pk], [nominal.pk]]
    looks = AuditEvent.objects.filter(action="nominal.viewed", detail__why="document")
    assert [row.people for row in looks][-1] == [nominal.pk]


def test_download_is_found_by_who_looked_at_this_person(officer, nominal, sign_in):
    document = attached(officer, nominal)
    taken(officer, document)
    page = sign_in("auditor").get(f"/audit/who/?whom={nominal.ref}").text
    assert "downloaded a document" in page.lower()


def test_file_lies_under_a_random_key_without_an_ending(officer, nominal, kept):
    document = attached(officer, nominal, name="../../../web/static/evil.pdf")
    [path] = files(kept)
    assert path == kept / "documents" / str(document.pk)
    assert path.stat().st_mode & 0o077 == 0
    assert document.name == "evil.pdf"
    assert len(document.sha256) == 64


def test_operation_takes_documents_too(officer):
    operation = OperationFactory.create()
    document = attached(officer, operation, data=office(), name="plan.docx", title="Plan")
    assert "Plan</a>" in officer.get(f"/operations/{operation.pk}/").text
    taken(officer, document)
    assert AuditEvent.objects.get(action="document.downloaded").people == []


def test_who_does_not_see_the_record_does_not_see_its_documents(officer, nominal, sign_in):
    documents = [attached(officer, nominal), attached(officer, OperationFactory.create())]
    for role in ("analyst", "manager", "isd-staff", "auditor", "administrator", "board-viewer"):
        browser = sign_in(role)
        for document in documents:
            for path in (f"/documents/{document.pk}/", f"/documents/{document.pk}/remove/"):
                assert browser.get(path).status_code in (403, 404)
            assert browser.get(f"/api/v1/documents/{document.pk}/file/").status_code in (403, 404)
    assert Client().get(f"/documents/{documents[0].pk}/").status_code == 302
    assert not AuditEvent.objects.filter(action="document.downloaded").exists()


def test_analyst_who_reads_operations_sees_no_documents_of_them(officer, sign_in):
    operation = OperationFactory.create()
    attached(officer, operation, title="List of names")
    assert "List of names" not in sign_in("analyst").get(f"/operations/{operation.pk}/").text


@pytest.mark.parametrize(
    ("data", "name", "words"),
    [
        (b"", "a.pdf", "The file is empty."),
        (b'<svg onload="alert(1)">', "a.svg", "This kind of file is not kept."),
        (PDF, "a.png", "is called .png, and holds PDF"),
        (png() + office(), "a.png", "two things at once"),
        (b"x" * 1_000_001, "a.txt", "larger than 1 MB"),
    ],
)
def test_bad_file_is_told_beside_its_field_and_not_kept(
    officer, nominal, kept, settings, data, name, words
):
    settings.DOCUMENT_MAX_BYTES = 10**6
    answer = send(officer, nominal, data, name)
    assert answer.status_code == 200
    assert words in answer.text
    assert 'value="Statement"' in answer.text  # nothing typed is lost
    assert (Document.objects.count(), files(kept)) == (0, [])


def test_title_is_needed(officer, nominal):
    assert "Answer “What is it?”" in send(officer, nominal, title="").text
    assert not Document.objects.exists()


@pytest.mark.parametrize(
    "name",
    ["a\x00.pdf", "a\r\nX-Evil: 1.pdf", f"a{RIGHT_TO_LEFT}fdp.exe.pdf", "CON.pdf", '";x=".pdf'],
)
def test_name_is_shown_clean_in_the_header(officer, nominal, name):
    document = add_document(
        by=officer.user,
        owner_type="nominal",
        owner_key=str(nominal.pk),
        file=SimpleUploadedFile("x", PDF),
        name=name,
        title="Statement",
    )
    answer = officer.get(f"/documents/{document.pk}/")
    assert b"".join(answer.streaming_content) == PDF
    header = answer["Content-Disposition"]
    assert header.startswith('attachment; filename="')
    assert not set("\r\n\x00" + RIGHT_TO_LEFT) & set(header)
    assert header.count('"') == 2


def test_body_of_a_gigabyte_is_refused_before_it_is_read(officer, nominal, settings):
    settings.DOCUMENT_MAX_BYTES = 10**6
    for path in (path_of(nominal), f"/api/v1/documents/nominal/{nominal.pk}/", "/purpose/"):
        answer = officer.generic(
            "POST", path, b"", "multipart/form-data; boundary=x", CONTENT_LENGTH=str(10**9)
        )
        assert answer.status_code == 413, path
    assert not Document.objects.exists()


def test_same_file_is_attached_once(officer, nominal, kept):
    attached(officer, nominal)
    assert "attached here already" in send(officer, nominal, name="again.pdf").text
    assert len(files(kept)) == 1
    attached(officer, NominalFactory.create())


def test_document_is_removed_with_a_reason_and_its_bytes_go(
    officer, nominal, kept, django_capture_on_commit_callbacks
):
    document = attached(officer, nominal)
    path = f"/documents/{document.pk}/remove/"
    assert "Answer “Why is it removed?”" in officer.post(path, {"why": ""}).text
    assert len(files(kept)) == 1
    with django_capture_on_commit_callbacks(execute=True):
        assert officer.post(path, {"why": "Of somebody else"}).status_code == 302
    assert files(kept) == []
    document.refresh_from_db()
    assert (document.removed_by, document.removed_why) == (officer.user, "Of somebody else")
    assert officer.get(f"/documents/{document.pk}/").status_code == 404
    assert "Statement</a>" not in officer.get(f"/nominals/{nominal.pk}/").text
    row = AuditEvent.objects.get(action="document.removed")
    told = str(row.detail)
    assert document.sha256 not in told  # an erasure is logged without what was erased
    assert "tatement" not in told
    attached(officer, nominal)  # the same file may come again


def test_failed_save_leaves_no_file(officer, nominal, kept, monkeypatch):
    def fails(*_, **__):
        raise RuntimeError("the log cannot be written")

    monkeypatch.setattr("core.services.documents._record", fails)
    with pytest.raises(RuntimeError):
        send(officer, nominal)
    assert files(kept) == []


def test_merged_nominal_brings_its_documents(officer, nominal, sign_in):
    duplicate = NominalFactory.create()
    document = attached(officer, duplicate)
    supervisor = sign_in("act-supervisor")
    merge_nominals(by=supervisor.user, kept=nominal, gone=duplicate, reason="Same prints")
    assert f"/documents/{document.pk}/" in officer.get(f"/nominals/{nominal.pk}/").text
    assert taken(officer, document) == PDF


def test_documents_go_with_their_record(officer, nominal, kept, django_capture_on_commit_callbacks):
    removed = attached(officer, nominal)
    with django_capture_on_commit_callbacks(execute=True):
        remove_document(by=officer.user, document=removed, why="Wrong")
    attached(officer, nominal, data=TEXT, name="b.txt")
    other = attached(officer, NominalFactory.create())
    assert erase_documents_of_the_gone() == 0
    Nominal._base_manager.filter(pk=nominal.pk).update(disposed_at=timezone.now())
    with django_capture_on_commit_callbacks(execute=True):
        assert erase_documents_of_the_gone() == 2
    assert list(Document.objects.all()) == [other]  # titles and names went as well
    assert len(files(kept)) == 1


@pytest.mark.parametrize("key", ["0", "abc", "9" * 40, "1%00", "-1", "१"])
def test_record_that_is_not_there(officer, key):
    assert officer.get(f"/documents/nominal/{key}/new/").status_code in (400, 404)
    assert officer.get(f"/documents/operation/{key}/new/").status_code in (400, 404)
    assert officer.get(f"/documents/user/{key}/new/").status_code in (400, 404)


def test_api_attaches_lists_sends_and_removes(officer, nominal):
    path = f"/api/v1/documents/nominal/{nominal.pk}/"
    made = officer.post(path, {"title": "Photo", "file": SimpleUploadedFile("a.png", png())})
    assert made.status_code == 201
    [row] = officer.get(path).json()
    assert (row["id"], row["kind"], row["name"]) == (made.json()["id"], "png", "a.png")
    file = officer.get(f"/api/v1/documents/{row['id']}/file/")
    assert b"".join(file.streaming_content) == png()
    assert file["Content-Disposition"].startswith("attachment")
    wrong = officer.post(path, {"title": "Photo", "file": SimpleUploadedFile("a.png", PDF)})
    assert (wrong.status_code, list(wrong.json())) == (400, ["file"])
    gone = f"/api/v1/documents/{row['id']}/removal/"
    assert officer.post(gone, {}, "application/json").status_code == 400
    assert officer.post(gone, {"why": "Wrong"}, "application/json").status_code == 204
    assert officer.get(path).json() == []


def test_database_holds_the_rules_by_itself(officer, nominal):
    document = attached(officer, nominal)
    for wrong, constraint in (
        ({"removed_why": "x"}, "document_removed_with_a_reason"),
        ({"sha256": "zz"}, "document_has_a_digest"),
        ({"title": ""}, "document_says_what_it_is"),
    ):
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            Document.objects.filter(pk=document.pk).update(**wrong)


def test_removed_twice_is_told(officer, nominal):
    document = attached(officer, nominal)
    remove_document(by=officer.user, document=document, why="Wrong")
    with pytest.raises(ValidationError, match="removed already"):
        remove_document(by=officer.user, document=document, why="Wrong")
