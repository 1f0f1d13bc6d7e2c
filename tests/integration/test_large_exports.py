"""A file with many people is made when another person has approved, and every file says who took it."""

import csv
import io
from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from openpyxl import load_workbook

from core.exports.kinds import export_kinds
from core.models import Approval, AuditEvent, ExportRun
from core.services.exports import expire_exports, request_export, run_export
from tests.factories.access import excluded, restricted
from tests.factories.nominals import NominalFactory

pytestmark = pytest.mark.django_db
WHY = "The chief constable asked for the whole cohort"


@pytest.fixture(autouse=True)
def _small(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    settings.EXPORT_PEOPLE = 2
    settings.MARKING = "OFFICIAL-SENSITIVE"


@pytest.fixture
def supervisor(sign_in):
    return sign_in("act-supervisor")


def nominals(number: int):
    return NominalFactory.create_batch(number)


def asked(browser, form="csv", query="") -> ExportRun:
    browser.post("/exports/new/", {"kind": "nominals", "query": query, "format": form})
    return ExportRun.objects.latest("created_at")


def page(browser, run):
    return browser.get(f"/exports/{run.pk}/").text


def file_of(browser, run) -> bytes:
    answer = browser.get(f"/exports/{run.pk}/download/")
    return b"".join(answer.streaming_content) if answer.streaming else b""


def test_few_people_need_nobody(supervisor):
    nominals(2)
    run = asked(supervisor)
    run_export(run.pk)
    assert "2 rows, 2 people" in page(supervisor, run)
    assert not Approval.objects.exists()


def test_many_wait_for_another_person_and_then_stay_until_they_expire(
    supervisor, sign_in, settings
):
    nominals(3)
    run = asked(supervisor)
    run_export(run.pk)  # a message that comes all the same makes nothing
    assert "would hold 3 people" in page(supervisor, run)
    assert file_of(supervisor, run) == b""
    supervisor.post(f"/exports/{run.pk}/ask/", {"reason": WHY})
    assert "another person who may take this list away decides" in page(supervisor, run)
    other = sign_in("act-supervisor")
    [approval] = Approval.objects.all()
    shown = other.get(f"/approvals/{approval.pk}/").text
    assert "Nominals: 3 people" in shown
    assert WHY in shown
    assert other.post(f"/approvals/{approval.pk}/", {"decision": "approve"}).status_code == 302
    run_export(run.pk)
    assert len(file_of(supervisor, run).splitlines()) == 4
    assert other.get(f"/exports/{run.pk}/download/").status_code == 404  # the asker's alone
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        assert expire_exports() == 1
    run.refresh_from_db()
    assert (run.state, bool(run.file)) == ("expired", False)


def test_who_may_not_take_the_list_decides_nothing(supervisor, sign_in):
    nominals(3)
    run = asked(supervisor)
    supervisor.post(f"/exports/{run.pk}/ask/", {"reason": WHY})
    [approval] = Approval.objects.all()
    assert sign_in("manager").get(f"/approvals/{approval.pk}/").status_code == 404
    own = supervisor.post(f"/approvals/{approval.pk}/", {"decision": "approve"})
    assert own.status_code == 403


def test_refused_file_is_never_made(supervisor, sign_in):
    nominals(3)
    run = asked(supervisor)
    supervisor.post(f"/exports/{run.pk}/ask/", {"reason": WHY})
    [approval] = Approval.objects.all()
    sent = {"decision": "refuse", "note": "Ask the analysts"}
    sign_in("act-supervisor").post(f"/approvals/{approval.pk}/", sent)
    run_export(run.pk)
    assert "It was not approved: Ask the analysts" in page(supervisor, run)
    assert supervisor.post(f"/exports/{run.pk}/ask/", {"reason": WHY}).status_code == 403


def test_asking_is_for_ones_own_and_with_a_reason(supervisor, sign_in):
    nominals(3)
    run = asked(supervisor)
    assert "“Why do you need all of them?”" in supervisor.post(f"/exports/{run.pk}/ask/", {}).text
    other = sign_in("act-supervisor").post(f"/exports/{run.pk}/ask/", {"reason": WHY})
    assert other.status_code == 404
    assert not Approval.objects.exists()


def test_people_who_came_after_the_request_are_counted_again(supervisor):
    nominals(2)
    run = asked(supervisor)
    nominals(1)
    run_export(run.pk)
    run.refresh_from_db()
    assert (run.state, run.people) == ("unasked", 3)


def test_log_names_everybody_in_the_file(supervisor):
    people = nominals(2)
    run = asked(supervisor, query="q=testcase")
    run_export(run.pk)
    file_of(supervisor, run)
    rows = AuditEvent.objects.filter(target_id=str(run.pk)).order_by("pk")
    wanted = sorted(one.pk for one in people)
    assert [(row.action, row.people) for row in rows] == [
        ("export.requested", []),
        ("export.finished", wanted),
        ("export.downloaded", wanted),
    ]
    assert [row.detail["people"] for row in rows] == [2, 2, 2]
    assert {row.detail["query"] for row in rows} == {"q=testcase"}


@pytest.mark.parametrize(
    "closed",
    [
        lambda user, nominal: restricted("masked", nominal),
        lambda user, nominal: restricted("hidden", nominal),
        excluded,
        lambda user, nominal: type(nominal).objects.update(disposed_at=timezone.now()),
    ],
    ids=["masked", "hidden", "excluded", "disposed"],
)
def test_file_that_tells_of_somebody_who_was_closed_since_is_not_opened(supervisor, closed):
    """Nor, once the hour is over, one that was made while they were open in an emergency."""
    (nominal,) = nominals(1)
    run = asked(supervisor)
    run_export(run.pk)
    assert nominal.ref in file_of(supervisor, run).decode()
    closed(supervisor.user, nominal)
    assert file_of(supervisor, run) == b""
    assert "The records have changed since." in page(supervisor, run)
    assert AuditEvent.objects.filter(action="access.refused", target_id=str(run.pk)).count() == 1


def test_each_row_of_a_csv_says_who_took_it(supervisor):
    nominals(2)
    run = asked(supervisor)
    run_export(run.pk)
    rows = list(csv.DictReader(io.StringIO(file_of(supervisor, run).decode())))
    for row in rows:
        assert row["taken"].startswith("OFFICIAL-SENSITIVE, Taken from Aware by Person")
        assert supervisor.user.username in row["taken"]


def test_workbook_says_it_on_paper_in_its_properties_and_on_a_sheet(supervisor):
    supervisor.user.full_name = "=Tag & Co"
    supervisor.user.save()
    nominals(1)
    run = asked(supervisor, form="xlsx")
    run_export(run.pk)
    book = load_workbook(io.BytesIO(file_of(supervisor, run)))
    assert book.sheetnames == ["Rows", "About"]
    assert book.active.title == "Rows"  # which an import reads
    about = {row[0].value: row[1].value for row in book["About"].iter_rows()}
    assert about["Export"] == str(run.pk)
    assert about["Taken by"].startswith("'=Tag & Co")
    assert book["About"]["B2"].data_type == "s"
    assert "Tag && Co" in book["Rows"].oddHeader.center.text
    assert supervisor.user.username in book["Rows"].oddFooter.center.text
    assert supervisor.user.username in book.properties.description


def test_whatever_tells_names_counts_its_people():
    naming = {"surname", "forenames", "date_of_birth", "pnc_id"}
    for kind in export_kinds():
        assert kind.people or not naming & set(kind.header), kind.slug


def test_approved_file_is_not_asked_for_again(supervisor, sign_in):
    nominals(3)
    run = request_export(by=supervisor.user, kind="nominals", query="", form="csv")
    supervisor.post(f"/exports/{run.pk}/ask/", {"reason": WHY})
    [approval] = Approval.objects.all()
    sign_in("act-supervisor").post(f"/approvals/{approval.pk}/", {"decision": "approve"})
    nominals(1)
    run_export(run.pk)
    run.refresh_from_db()
    assert (run.state, run.people) == ("done", 4)
