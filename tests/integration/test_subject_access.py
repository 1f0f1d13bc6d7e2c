"""Somebody asks what is held about them: gathered, decided entry by entry, made, and expired."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pikepdf
import pytest
import time_machine
from django.core.files.base import ContentFile
from django.utils import timezone

from core.dates import today
from core.models import AuditEvent
from core.services.documents import add_document, remove_document
from offenders.models import (
    Alias,
    Association,
    Nominal,
    SubjectAccess,
    SubjectAccessDecision,
    WarningMarker,
)
from offenders.selectors.subject_access import gathered
from offenders.services.parts import add_part, remove_part
from offenders.services.subject_access import answer_case, decide_item, expire_answers
from tests.factories.actions import raised
from tests.factories.documents import TEXT
from tests.factories.nominals import NominalFactory
from tests.factories.retention import case_of, old_nominal, reviewer, supervisor
from tests.integration.conftest import Browser

pytestmark = pytest.mark.django_db
GIVE = {"answer": "give"}
HOLD_BACK = {"answer": "withhold", "ground": "prejudice", "reason": "An inquiry runs."}


@pytest.fixture(autouse=True)
def files(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def known() -> Nominal:
    """With an associate who is named in the text of a warning, and an alias that was removed."""
    nominal = old_nominal(surname="Kelmwick", forenames="Alder")
    other = NominalFactory.create(surname="Hexgarth", forenames="Bryony")
    Association.objects.create(nominal=nominal, other=other, kind="partner")
    gone = add_part(Alias, by=supervisor(), nominal=nominal, forenames="Dusty")
    remove_part(gone, by=supervisor(), reason="Wrong")
    return nominal


def text_of(case: SubjectAccess) -> str:
    found = gathered(case)
    return "\n".join(
        f"{entry.item.section} | {key}: {value}"
        for entry in found.entries
        for key, value in entry.shown
    )


def decide_all(case: SubjectAccess, **said: str) -> None:
    for entry in gathered(case).entries:
        if entry.is_waiting:
            decide_item(by=reviewer(), case=case, item=entry.item.key, **(GIVE | said))


class TestWhatIsGathered:
    def test_all_records_and_what_they_were_before(self) -> None:
        nominal = known()
        raised(nominal=nominal, task="Knock at the door")
        text = text_of(case_of(nominal))
        for part in ("Surname: Kelmwick", "Arrests | Place: Invented Street", "Knock at the door",
                     "Earlier values: aliases | Forenames: Dusty", "Warning: Weapons"):  # fmt: skip
            assert part in text

    def test_documents_are_named_and_asked_about(self) -> None:
        officer, nominal = supervisor(full_name="Quill Ostrander"), known()
        key = str(nominal.pk)
        said = {"owner_type": "nominal", "owner_key": key, "name": "kelmwick.txt"}
        gone = add_document(
            by=officer, file=ContentFile(TEXT), title="Ostrander's statement", **said
        )
        remove_document(by=officer, document=gone, why="Of somebody else")
        add_document(by=officer, file=ContentFile(TEXT), title="Statement", **said)
        case = case_of(nominal)
        files = [entry for entry in gathered(case).entries if entry.item.section == "Documents"]
        assert [entry.is_waiting for entry in files] == [True, True]
        text = text_of(case)
        assert "Documents | What it is: Statement" in text
        assert "Documents | File: kelmwick.txt (" in text
        assert "Documents | Why it was removed: Of somebody else" in text
        assert "Ostrander" not in text
        held_back = files[1].item.key
        decide_item(by=reviewer(), case=case, item=held_back, **HOLD_BACK)
        assert "What it is: Statement" not in text_of(case)

    def test_names_of_others_are_left_out(self) -> None:
        nominal = known()
        case = case_of(nominal)
        WarningMarker.objects.update(text="Hexgarth keeps a bat for Kelmwick")
        text = text_of(case)
        assert "[name of another person] keeps a bat for Kelmwick" in text
        assert "Hexgarth" not in text
        assert nominal.lead_officer.full_name not in text

    def test_those_of_a_merged_record_belong_to_it(self) -> None:
        from offenders.services.merges import merge_nominals  # noqa: PLC0415

        nominal, twin = known(), NominalFactory.create(surname="Twinstow", note="Of the twin")
        merge_nominals(by=supervisor(), kept=nominal, gone=twin, reason="One person")
        assert "Note: Of the twin" in text_of(case_of(nominal))

    def test_full_gives_the_names_and_redacting_takes_words(self) -> None:
        case = case_of(known())
        WarningMarker.objects.update(text="Hexgarth saw a bat at No. 5")
        key = f"offenders.warningmarker:{WarningMarker.objects.get().pk}"
        decide_item(by=reviewer(), case=case, item=key, answer="full", reason="She agreed.")
        assert "Hexgarth saw a bat at No. 5" in text_of(case)
        decide_item(
            by=reviewer(), case=case, item=key, answer="redact", ground="others",
            words="a bat\nNo. 5", reason="Tells who said it.",
        )  # fmt: skip
        assert "[name of another person] saw [removed] at [removed]" in text_of(case)
        assert SubjectAccessDecision.objects.count() == 1

    def test_the_person_reads_the_ground_and_never_the_reason(self) -> None:
        case = case_of(known())
        key = f"offenders.warningmarker:{WarningMarker.objects.get().pk}"
        decide_item(by=reviewer(), case=case, item=key, **HOLD_BACK)
        held = gathered(case).entry(key)
        assert held
        assert held.left_out == (
            "Withheld, not to prejudice the prevention, detection or prosecution of crime."
        )
        assert not held.shown
        decide_item(
            by=reviewer(), case=case, item=key, answer="redact", ground="others",
            words="a bat", reason="Tells who said it.",
        )  # fmt: skip
        taken = gathered(case).entry(key)
        assert taken
        assert taken.left_out == "Words removed, to protect the rights and freedoms of others."
        others = [entry for entry in gathered(case).entries if entry.item.key != key]
        assert {entry.left_out for entry in others} == {""}


class TestPages:
    def test_case_from_the_nominal_to_the_file(self, sign_in: Any) -> None:
        nominal, browser = known(), sign_in("data-protection")
        assert "Open a subject access request" in browser.get(f"/nominals/{nominal.pk}/").text
        day = today()
        said = {"received_on_day": day.day, "received_on_month": day.month,
                "received_on_year": day.year, "requester": "person"}  # fmt: skip
        opened = browser.post(f"/nominals/{nominal.pk}/subject-access/new/", said)
        case = SubjectAccess.objects.get()
        page = f"/subject-access/{case.pk}/"
        assert (opened.status_code, opened.url, case.state) == (302, page, "received")
        browser.post(f"{page}identity/", {"identity": "Passport seen"})
        WarningMarker.objects.create(nominal=nominal, marker="weapons", text="A source said so")
        shown = browser.get(page).text
        assert "1 entry to decide about" in " ".join(shown.split())
        assert "Make the answer" not in shown
        key = f"offenders.warningmarker:{WarningMarker.objects.get().pk}"
        assert browser.post(f"{page}items/{key}/", HOLD_BACK).status_code == 302
        assert "A source said so" not in browser.get(page).text
        answered = browser.post(f"{page}answer/", follow=True)
        assert "The answer was made." in answered.text
        file = browser.get(f"{page}file/")
        assert file["Content-Type"] == "application/pdf"
        assert b"".join(file.streaming_content).startswith(b"%PDF")
        events = AuditEvent.objects.filter(action="nominal.disclosed", people=[nominal.pk])
        assert [event.detail.get("withheld") for event in events.order_by("pk")] == [1, None]

    def test_withholding_needs_a_ground_and_a_reason(self, sign_in: Any) -> None:
        case, browser = case_of(), sign_in("data-protection")
        key = f"offenders.warningmarker:{WarningMarker.objects.get().pk}"
        page = f"/subject-access/{case.pk}/items/{key}/"
        said = {"answer": "withhold", "reason": "It would harm the inquiry."}
        text = browser.post(page, said).text
        assert "Choose the ground of s.45(4), and say why it holds here." in text
        assert "It would harm the inquiry." in text
        text = browser.post(page, {"answer": "redact", "ground": "others", "reason": "x"}).text
        assert "Write the words to black out" in text
        assert (
            "Say why the names of others may be given."
            in browser.post(page, {"answer": "full"}).text
        )

    def test_nothing_leaves_before_it_is_decided(self, sign_in: Any) -> None:
        case, browser = case_of(), sign_in("data-protection")
        answer = browser.post(f"/subject-access/{case.pk}/answer/", follow=True)
        assert "Decide first about every entry that asks for it." in answer.text
        assert SubjectAccess.objects.get().state == "in-hand"

    def test_request_in_the_future_is_refused(self, sign_in: Any) -> None:
        nominal, browser = old_nominal(), sign_in("data-protection")
        day = today() + timedelta(days=2)
        said = {"received_on_day": day.day, "received_on_month": day.month,
                "received_on_year": day.year, "requester": "person"}  # fmt: skip
        text = browser.post(f"/nominals/{nominal.pk}/subject-access/new/", said).text
        assert "A request cannot be received in the future." in text

    def test_second_request_waits_for_the_first(self, sign_in: Any) -> None:
        case, browser = case_of(), sign_in("data-protection")
        day = today()
        said = {"received_on_day": day.day, "received_on_month": day.month,
                "received_on_year": day.year, "requester": "solicitor"}  # fmt: skip
        text = browser.post(f"/nominals/{case.nominal_id}/subject-access/new/", said).text
        assert "A request of this person is open already." in text

    @pytest.mark.parametrize(("step", "state"), [("refuse", "refused"), ("withdraw", "withdrawn")])
    def test_case_is_closed_for_a_reason(self, sign_in: Any, step: str, state: str) -> None:
        case, browser = case_of(), sign_in("data-protection")
        browser.post(f"/subject-access/{case.pk}/close/{step}/", {"reason": "Not the person."})
        case.refresh_from_db()
        assert (case.state, case.closed_why) == (state, "Not the person.")
        assert browser.get(f"/subject-access/{case.pk}/close/nothing/").status_code == 404

    def test_list_names_the_late_ones(self, sign_in: Any) -> None:
        case = case_of(received_on=today() - timedelta(days=60))
        page = sign_in("data-protection").get("/subject-access/").text
        assert str(case.nominal) in page
        assert "In hand, overdue" in page
        home = " ".join(sign_in("data-protection").get("/").text.split())
        assert "1 request open</a>, 1 overdue." in home

    def test_supervisor_has_no_part_in_it(self, sign_in: Any) -> None:
        case, browser = case_of(), sign_in("act-supervisor")
        assert browser.get(f"/subject-access/{case.pk}/").status_code == 403
        assert "Open a subject access" not in browser.get(f"/nominals/{case.nominal_id}/").text


class TestFile:
    def test_is_deleted_when_its_time_is_over(self, sign_in: Any, tmp_path: Path) -> None:
        case, browser = case_of(), sign_in("data-protection")
        decide_all(case)
        case = answer_case(by=reviewer(), case=case)
        assert len(list(tmp_path.rglob("*.pdf"))) == 1
        assert expire_answers() == 0
        with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
            assert expire_answers() == 1
        assert list(tmp_path.rglob("*.pdf")) == []
        page = browser.get(f"/subject-access/{case.pk}/file/", follow=True).text
        assert "has expired, or was never made" in page

    def test_holds_nothing_that_was_left_out(self, tmp_path: Path) -> None:
        case = case_of(known())
        WarningMarker.objects.update(text="Zwxvqath told us")
        decide_all(case, **HOLD_BACK)
        answer_case(by=reviewer(), case=case)
        (made,) = tmp_path.rglob("*.pdf")
        with pikepdf.open(made) as pdf:
            assert str(pdf.docinfo["/Title"]) == "What is held about you"
            streams = [page.Contents.read_bytes() for page in pdf.pages]
            assert pdf.Root.MarkInfo.Marked
        assert streams
        assert b"Zwxvqath" not in made.read_bytes() + b"".join(streams)

    def test_goes_with_the_person(
        self, tmp_path: Path, django_capture_on_commit_callbacks: Any
    ) -> None:
        from core.services.approvals import approve  # noqa: PLC0415
        from tests.factories.retention import approval_of, proposed  # noqa: PLC0415

        nominal = old_nominal()
        case = case_of(nominal)
        decide_all(case)
        answer_case(by=reviewer(), case=case)
        review = proposed(nominal=nominal)
        with django_capture_on_commit_callbacks(execute=True):
            approve(by=supervisor(), approval=approval_of(review))
        assert list(tmp_path.rglob("*.pdf")) == []
        assert not SubjectAccess.objects.exists()


class TestApi:
    def test_case_by_calls(self, sign_in: Any) -> None:
        nominal, browser = known(), sign_in("data-protection")
        said = {"nominal": nominal.pk, "received_on": today().isoformat(), "requester": "solicitor"}
        case = self.send(browser, "", said).json()
        assert case["state"] == "received"
        path = f"{case['id']}/"
        assert self.send(browser, f"{path}steps/answer/", {}).status_code == 403
        assert (
            self.send(browser, f"{path}steps/take-in-hand/", {"text": "Letter"}).status_code == 200
        )
        items = browser.get(f"/api/v1/subject-access/{path}items/").json()
        assert any(["Surname", "Kelmwick"] in item["facts"] for item in items)
        key = items[0]["item"]
        refused = self.send(browser, f"{path}items/{key}/", {"answer": "withhold"})
        assert refused.status_code == 400
        assert self.send(browser, f"{path}items/{key}/", HOLD_BACK).json()["item"] == key
        assert self.send(browser, f"{path}items/core.user:1/", GIVE).status_code == 400
        done = self.send(browser, f"{path}steps/answer/", {}).json()
        assert (done["state"], done["counts"]["withheld"]) == ("answered", 1)
        assert self.send(browser, f"{path}steps/dance/", {}).status_code == 404

    def send(self, browser: Browser, path: str, said: dict[str, Any]) -> Any:
        url = f"/api/v1/subject-access/{path}"
        return browser.post(url, said, content_type="application/json")
