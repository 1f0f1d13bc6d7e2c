"""An analyst makes a paper, writes it, checks it and sends it to review."""

import pytest
from django.urls import reverse

from performance.models import Paper, PaperBlock
from tests.factories.papers import paper_of
from tests.integration.board_records import record_history

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


@pytest.fixture
def records(db):
    record_history()


def test_first_paper_is_made_from_the_template(sign_in, records) -> None:
    analyst = sign_in("analyst")

    response = analyst.post(reverse("performance:paper-new"), FACTS, follow=True)

    assert response.status_code == 200
    paper = Paper.objects.get()
    assert paper.author == analyst.user
    assert "January 2021 saw" in response.text
    assert "Dwelling burglary" in response.text


def test_pages_of_a_paper_answer(sign_in, records) -> None:
    paper = paper_of(sign_in("analyst").user)
    analyst = sign_in("analyst")
    block = PaperBlock.objects.filter(kind="paragraph").first()
    assert block
    pages = [
        reverse("performance:paper-list"),
        reverse("performance:paper-detail", args=[paper.pk]),
        reverse("performance:paper-read", args=[paper.pk]),
        reverse("performance:paper-edit", args=[paper.pk]),
        reverse("performance:section-new", args=[paper.pk]),
        reverse("performance:section-edit", args=[block.section_id]),
        reverse("performance:paragraph-new", args=[block.section_id]),
        reverse("performance:paragraph-edit", args=[block.pk]),
        reverse("performance:block-new", args=[block.section_id]),
        reverse("performance:question-new", args=[paper.pk]),
        reverse("performance:paper-check"),
        reverse("performance:headlines"),
    ]
    assert {page: analyst.get(page).status_code for page in pages} == dict.fromkeys(pages, 200)
