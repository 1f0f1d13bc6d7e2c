"""An analyst makes a paper, writes it, mends what the check finds, and a manager releases it."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from performance.models import BoardQuestion, Paper, PaperBlock, PaperState
from performance.services.papers import add_paragraph, ask_question
from tests.factories.papers import EARLIER, paper_of
from tests.factories.users import UserFactory
from tests.integration.board_records import record_history
from tests.queries import assert_flat

FACTS = {
    "month": "2021-01",
    "title": "Offenders theme",
    "to": "The board",
    "sender": "The chief",
    "marking": "OFFICIAL",
    "meeting_on_day": "23",
    "meeting_on_month": "2",
    "meeting_on_year": "2021",
    "board_on_day": "16",
    "board_on_month": "3",
    "board_on_year": "2021",
    "priorities": "Combat acquisitive crime",
    "version": "1",
}
CHOSEN = {
    "choose-indicator": "dwelling-burglary-recorded",
    "choose-unit": "force",
    "choose-span": "month",
    "choose-back": "12",
    "choose-shape": "value",
}


@pytest.fixture(autouse=True)
def _records(db: None) -> None:
    record_history()


def url(name: str, *args: Any) -> str:
    return reverse(f"performance:{name}", args=args)


def a_paragraph(paper: Paper) -> PaperBlock:
    return PaperBlock.objects.filter(section__paper=paper, kind="paragraph").earliest("pk")


def test_first_paper_is_made_from_the_template(sign_in) -> None:
    analyst = sign_in("analyst")

    response = analyst.post(url("paper-new"), FACTS, follow=True)

    assert Paper.objects.get().author == analyst.user
    assert "January 2021 saw" in response.text


@pytest.mark.parametrize(
    ("page", "place"), [("headlines", "Boards"), ("thematic", "Papers"), ("paper-list", "Papers")]
)
def test_page_of_the_month_stands_in_the_menu_of_performance(sign_in, page, place) -> None:
    shown = sign_in("manager").get(url(page))

    assert shown.context["section"] == "Performance"
    assert [link.title for link in shown.context["places"] if link.current] == [place]


def test_dates_out_of_order_are_refused(sign_in) -> None:
    response = sign_in("analyst").post(url("paper-new"), FACTS | {"board_on_month": "1"})

    assert "the board not before the force" in response.text
    assert not Paper.objects.exists()


def test_month_that_is_none_is_refused(sign_in) -> None:
    response = sign_in("analyst").post(url("paper-new"), FACTS | {"month": "January"})

    assert "“January” is not a month. Write it like 2021-01." in response.text


def test_next_paper_is_made_from_the_last(sign_in) -> None:
    analyst = sign_in("analyst")
    last = paper_of(analyst.user, month=date(2020, 12, 1), **EARLIER)
    block = a_paragraph(last)
    PaperBlock.objects.filter(pk=block.pk).update(text="Kept from December: {{date:month}}.")

    response = analyst.post(url("paper-new"), FACTS, follow=True)

    assert "Kept from December: January 2021." in response.text


def test_figure_is_put_into_a_paragraph_without_scripts(sign_in) -> None:
    analyst = sign_in("analyst")
    block = a_paragraph(paper_of(analyst.user))
    edit = url("paragraph-edit", block.pk)

    said = {"text": "A year before: [here].", "insert": "figure", "version": block.version}
    shown = analyst.post(edit, CHOSEN | said)

    mark = "{{figure:dwelling-burglary-recorded|force|month-12}}"
    assert f"A year before: {mark}." in shown.text
    assert a_paragraph(block.section.paper).text == block.text  # nothing is saved by choosing


def test_sentences_of_an_indicator_can_be_put_in(sign_in) -> None:
    analyst = sign_in("analyst")
    block = a_paragraph(paper_of(analyst.user))

    said = {"text": "", "insert": "sentences", "version": block.version}
    shown = analyst.post(url("paragraph-edit", block.pk), CHOSEN | said)

    assert "{{date:month}} saw" in shown.text
    assert "dwelling burglary offences, {{figure:" in shown.text


def test_finding_stands_beside_its_paragraph_until_it_is_mended(sign_in) -> None:
    analyst = sign_in("analyst")
    paper = paper_of(analyst.user)
    block = a_paragraph(paper)
    edit = url("paragraph-edit", block.pk)

    analyst.post(edit, {"text": "As in 9.9.9.", "version": block.version})
    assert "sends the reader to 9.9.9" in analyst.get(url("paper-detail", paper.pk)).text
    block.refresh_from_db()
    analyst.post(edit, {"text": "Mended.", "version": block.version})

    assert "9.9.9" not in analyst.get(url("paper-detail", paper.pk)).text


def test_page_leads_to_every_finding_and_says_why_review_waits(sign_in) -> None:
    analyst = sign_in("analyst")
    paper = paper_of(analyst.user)
    block = a_paragraph(paper)
    wrong = {"text": "As in 9.9.9.", "version": block.version}
    analyst.post(url("paragraph-edit", block.pk), wrong)

    refused = analyst.post(url("paper-send", paper.pk), follow=True)

    assert "Faults stand in this paper" in refused.text
    assert f'<a class="govuk-link" href="#p{block.pk}">1.1</a>' in refused.text


def test_question_of_the_board_is_carried_until_it_is_answered(sign_in) -> None:
    analyst = sign_in("analyst")
    earlier = paper_of(analyst.user, month=date(2020, 12, 1), **EARLIER)
    asked = ask_question(by=analyst.user, paper=earlier, text="Why do reports rise?")
    paper = paper_of(analyst.user)
    assert "Why do reports rise?" in analyst.get(url("paper-read", paper.pk)).text

    answer = {"answer": "They do not.", "version": asked.version}
    analyst.post(url("question-answer", paper.pk, asked.pk), answer)

    assert BoardQuestion.objects.get().answered_in == paper
    later = paper_of(analyst.user, month=date(2021, 2, 1), board_on=date(2021, 4, 1))
    assert "Why do reports rise?" not in analyst.get(url("paper-read", later.pk)).text


def test_analyst_writes_and_manager_releases(sign_in, monkeypatch) -> None:
    monkeypatch.setattr("performance.services.paper_release.forms", list)
    analyst, manager = sign_in("analyst"), sign_in("manager")
    paper = paper_of(analyst.user)
    for section in paper.sections.exclude(title="Purpose"):
        analyst.post(url("section-step", section.pk, "remove"))

    analyst.post(url("paper-send", paper.pk))
    assert "It waits for you to release it." in manager.get("/").text
    refused = analyst.post(url("paper-release", paper.pk))
    manager.post(url("paper-back", paper.pk), {"why": "Say more."})
    assert "Sent back: Say more." in analyst.get(url("paper-detail", paper.pk)).text
    analyst.post(url("paper-send", paper.pk))
    manager.post(url("paper-release", paper.pk))

    assert refused.status_code == 403
    paper.refresh_from_db()
    assert (paper.state, paper.checker) == (PaperState.RELEASED, manager.user)


def test_paper_is_read_and_moved_by_the_api(sign_in) -> None:
    analyst = sign_in("analyst")
    said = {"month": "2021-01", "meeting_on": "2021-02-23", "board_on": "2021-03-16"}
    made = analyst.post("/api/v1/papers/", said, content_type="application/json")
    address = f"/api/v1/papers/{made.json()['id']}/"

    document = analyst.get(address).json()["document"]
    findings = analyst.get(f"{address}findings/").json()
    wrong = analyst.post(f"{address}back/", {}, content_type="application/json")

    assert made.status_code == 201
    assert document["sections"][0]["title"] == "Purpose"
    assert {"unknown"} <= {each["kind"] for each in findings}
    assert wrong.status_code == 400


def test_page_of_a_paper_keeps_its_query_count_with_100_paragraphs(sign_in) -> None:
    analyst = sign_in("analyst")
    paper = paper_of(analyst.user)
    section = paper.sections.first()
    assert section
    text = "Saw {{figure:dwelling-burglary-recorded|force|month}}."

    assert_flat(
        lambda: analyst.get(url("paper-detail", paper.pk)),
        lambda: add_paragraph(by=analyst.user, section=section, text=text),
        rows=100,
    )


def test_paper_from_elsewhere_is_checked_on_a_page(sign_in) -> None:
    said = {"month": "2021-01", "text": "5.1 Burglary\n\n5.1.1 Strong outcomes (as in 3.1.4)."}

    response = sign_in("manager").post(url("paper-check"), said)

    assert "sends the reader to 3.1.4" in response.text


def test_paper_that_is_not_released_has_no_restatements(sign_in) -> None:
    paper = paper_of(UserFactory.create(roles=["analyst"]))

    assert sign_in("manager").get(url("paper-restatements", paper.pk)).status_code == 404
