"""A second person releases a paper; what moves afterwards is a restatement with its reason."""

from datetime import UTC, date, datetime
from hashlib import sha256

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.access.decision import NotAllowed
from core.models import User
from offenders.models import Crime
from performance.models import Paper, PaperFigure, PaperState
from performance.papers.writers import Form
from performance.selectors.papers import document_of
from performance.selectors.restatements import Why, parts_of, restatements
from performance.services.figures import fold_changes
from performance.services.paper_release import release, send_back, send_to_review
from performance.services.paper_reproduce import reproduce
from performance.services.papers import (
    accept_changes,
    add_paragraph,
    add_section,
    amend_paper,
    remove_section,
)
from tests.factories.outcomes import OutcomeFactory
from tests.factories.papers import paper_of
from tests.factories.users import UserFactory
from tests.integration.board_records import burglaries, record_history

RECORDED = "{{figure:dwelling-burglary-recorded|force|month}}"
RATE = "{{figure:dwelling-burglary-outcome-rate|force|month}}"


@pytest.fixture(autouse=True)
def _one_plain_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """Typesetting is tested by itself, and slow."""
    form = Form("text", "Text", "text/plain", "txt", lambda document: document.title.encode())
    monkeypatch.setattr("performance.services.paper_release.forms", lambda: [form])


@pytest.fixture
def author(db: None) -> User:
    return UserFactory.create(roles=["analyst"])


@pytest.fixture
def manager(db: None) -> User:
    return UserFactory.create(roles=["manager"])


@pytest.fixture
def paper(author: User) -> Paper:
    """One section with one paragraph of two figures."""
    record_history()
    paper = paper_of(author)
    for section in paper.sections.all():
        remove_section(by=author, section=section)
    section = add_section(by=author, paper=paper, title="Burglary")
    text = f"There were {RECORDED} burglaries, and a rate of {RATE} (n={RECORDED})."
    add_paragraph(by=author, section=section, text=text, key="burglary")
    return paper


@pytest.fixture
def released(paper: Paper, author: User, manager: User) -> Paper:
    send_to_review(by=author, paper=paper)
    return release(by=manager, paper=paper)


def text_of(paper: Paper) -> str:
    return next(document_of(paper).paragraphs()).text


def test_paper_follows_its_records_until_it_is_released(paper: Paper, author: User) -> None:
    assert text_of(paper) == "There were 2 burglaries, and a rate of 50.0% (n=2)."

    burglaries(1, date(2021, 1, 1))

    assert text_of(paper) == "There were 3 burglaries, and a rate of 33.3% (n=3)."


def test_changed_figure_keeps_a_paper_from_review_until_it_is_seen(
    paper: Paper, author: User
) -> None:
    burglaries(1, date(2021, 1, 1))

    with pytest.raises(ValidationError, match="Faults stand in this paper"):
        send_to_review(by=author, paper=paper)
    accept_changes(by=author, paper=paper)

    assert send_to_review(by=author, paper=paper).state == PaperState.IN_REVIEW


def test_author_cannot_release_their_own_paper(paper: Paper, author: User) -> None:
    author.grants.create(role="manager")
    send_to_review(by=author, paper=paper)

    with pytest.raises(ValidationError, match="somebody else checks and releases it"):
        release(by=User.objects.get(pk=author.pk), paper=paper)


def test_database_refuses_a_release_by_the_author(released: Paper) -> None:
    with pytest.raises(IntegrityError, match="paper_released_by_another"), transaction.atomic():
        Paper.objects.filter(pk=released.pk).update(checker=released.author)


def test_only_a_manager_releases(paper: Paper, author: User) -> None:
    send_to_review(by=author, paper=paper)

    with pytest.raises(NotAllowed):
        release(by=UserFactory.create(roles=["analyst"]), paper=paper)


def test_draft_is_not_released(paper: Paper, manager: User) -> None:
    with pytest.raises(ValidationError, match="Only a paper in review"):
        release(by=manager, paper=paper)


def test_paper_in_review_cannot_be_changed(paper: Paper, author: User) -> None:
    send_to_review(by=author, paper=paper)

    with pytest.raises(ValidationError, match="Only a draft can be changed"):
        amend_paper(by=author, paper=paper, version=None, title="Another")


def test_paper_goes_back_with_a_reason(paper: Paper, author: User, manager: User) -> None:
    send_to_review(by=author, paper=paper)

    with pytest.raises(ValidationError, match="Say what has to be mended"):
        send_back(by=manager, paper=paper, why=" ")

    assert send_back(by=manager, paper=paper, why="No headline").state == PaperState.DRAFT


def test_released_paper_says_for_ever_what_the_board_was_told(released: Paper) -> None:
    burglaries(3, date(2021, 1, 1))

    assert text_of(Paper.objects.get()) == "There were 2 burglaries, and a rate of 50.0% (n=2)."


def test_release_keeps_each_figure_with_its_parts_and_rule(released: Paper) -> None:
    rate = PaperFigure.objects.get(reference="dwelling-burglary-outcome-rate|force|month")

    assert (rate.words, rate.numerator, rate.denominator) == ("50.0%", 1, 2)
    assert rate.rule == "relative tolerance 5%"
    assert len(rate.definition) == 64


def test_second_release_of_a_month_supersedes_the_first(
    released: Paper, author: User, manager: User
) -> None:
    again = paper_of(author)
    for section in again.sections.all():
        remove_section(by=author, section=section)
    send_to_review(by=author, paper=again)
    release(by=manager, paper=again)

    released.refresh_from_db()
    assert released.state == PaperState.SUPERSEDED


def test_nothing_is_restated_while_nothing_moves(released: Paper) -> None:
    assert restatements(released) == []


def late_outcome() -> None:
    crime = Crime.objects.filter(recorded_month=date(2021, 1, 1), outcome__isnull=True).get()
    OutcomeFactory(crime=crime, outcome_at=datetime(2021, 1, 30, tzinfo=UTC))


def reclassified() -> None:
    Crime.objects.filter(recorded_month=date(2021, 1, 1), outcome__isnull=True).update(offence="48")


def cancelled() -> None:
    Crime.objects.filter(recorded_month=date(2021, 1, 1), outcome__isnull=True).update(
        cancelled_at=datetime(2021, 2, 20, tzinfo=UTC)
    )


def recorded_late() -> None:
    burglaries(1, date(2021, 1, 1))


@pytest.mark.parametrize(
    ("happened", "rate", "by_how_much", "why"),
    [
        (late_outcome, "100.0%", "50 percentage points up", Why.LATE_OUTCOME),
        (reclassified, "100.0%", "50 percentage points up", Why.RECLASSIFIED),
        (cancelled, "100.0%", "50 percentage points up", Why.CANCELLED),
        (recorded_late, "33.3%", "16.7 percentage points down", Why.RECORDED_LATE),
    ],
)
def test_restatement_says_what_moved_by_how_much_and_why(
    released: Paper, happened, rate: str, by_how_much: str, why: Why
) -> None:
    happened()
    fold_changes()

    found = {each.figure.reference: each for each in restatements(released)}

    moved = found["dwelling-burglary-outcome-rate|force|month"]
    assert (moved.figure.words, moved.now) == ("50.0%", rate)
    assert (moved.change, moved.whys) == (by_how_much, (why,))


def test_lineage_lists_the_rows_counted_then_and_now(released: Paper) -> None:
    cancelled()
    fold_changes()
    figure = PaperFigure.objects.get(reference="dwelling-burglary-recorded|force|month")

    (part,) = parts_of(released, figure)

    assert (part.then, part.now) == (2, 1)
    (row,) = part.rows
    assert (row.counted_then, row.counts_now) == (True, False)


def test_lineage_tells_long_lists_by_pages_and_no_more_than_the_first(
    released: Paper, sign_in, monkeypatch: pytest.MonkeyPatch
) -> None:
    burglaries(7, date(2021, 1, 1))
    monkeypatch.setattr("performance.selectors.restatements.MOST", 5)
    monkeypatch.setattr("performance.views.paper_release.ROWS", 2)
    figure = PaperFigure.objects.get(reference="dwelling-burglary-recorded|force|month")
    page = reverse("performance:paper-lineage", args=[released.pk, figure.pk])
    manager = sign_in("manager")

    (part,) = parts_of(released, figure)
    moved, last = manager.get(page), manager.get(page, {"page": 3})
    counted = manager.get(page, {"part": "numerator", "rows": "counted"})

    assert (len(part.rows), part.moved, part.then, part.now) == (5, 7, 2, 9)
    assert [len(each.context["page"]) for each in (moved, last, counted)] == [2, 1, 2]
    assert "The first 5 of 7 are shown." in moved.text
    crimes = Crime.objects.filter(recorded_month=date(2021, 1, 1)).order_by("recorded_at", "pk")
    assert all(row.counted_then for row in counted.context["page"])
    assert reverse("offenders:crime-detail", args=[crimes[0].pk]) in counted.text


def test_public_document_hides_small_numbers(released: Paper, paper: Paper, sign_in) -> None:
    address = reverse("api:paper-detail", args=[released.pk])
    analyst = sign_in("analyst")

    full = analyst.get(address).json()["document"]
    public = analyst.get(address, {"public": "true"}).json()["document"]

    assert "There were 2 burglaries" in _prose(full)
    assert _prose(public) == "There were [c] burglaries, and a rate of [c] (n=[c])."
    assert public["public"]
    assert "50.0%" not in str(public)


def test_public_document_of_an_old_release_is_suppressed_too(released: Paper) -> None:
    assert released.frozen
    Paper.objects.update(
        frozen={"full": released.frozen["full"], "public": released.frozen["full"]}
    )

    document = document_of(Paper.objects.get(pk=released.pk), public=True)

    assert "[c]" in next(document.paragraphs()).text


def _prose(document) -> str:
    (paragraph,) = document["sections"][0]["blocks"]
    return "".join(run["words"] for run in paragraph["runs"])


def test_release_keeps_its_files_with_their_checksums(released: Paper) -> None:
    (file,) = released.files.all()

    assert bytes(file.content) == released.title.encode()
    assert file.sha256 == sha256(bytes(file.content)).hexdigest()


@pytest.mark.parametrize("change", [late_outcome, reclassified, cancelled, recorded_late])
def test_paper_is_made_again_from_the_history_of_the_records(released: Paper, change) -> None:
    change()
    fold_changes()

    number, differences = reproduce(released)

    assert number == released.figures.count() > 0
    assert differences == []


def test_figure_that_was_tampered_with_is_not_reproduced(released: Paper) -> None:
    released.figures.filter(reference="dwelling-burglary-recorded|force|month").update(words="7")

    _, differences = reproduce(released)

    assert [(each.figure.words, each.made) for each in differences] == [("7", "2")]


def test_command_says_which_papers_can_be_made_again(released: Paper) -> None:
    with pytest.raises(CommandError, match=f"Released: {released.pk}"):
        call_command("reproduce_paper", "0")


def test_pages_of_a_released_paper_answer(released: Paper, sign_in) -> None:
    cancelled()
    fold_changes()
    manager = sign_in("manager")
    figure = PaperFigure.objects.get(reference="dwelling-burglary-recorded|force|month")

    paper = manager.get(reverse("performance:paper-detail", args=[released.pk]))
    moved = manager.get(reverse("performance:paper-restatements", args=[released.pk]))
    rows = manager.get(reverse("performance:paper-lineage", args=[released.pk, figure.pk]))
    file = manager.get(reverse("performance:paper-file", args=[released.pk, "pdf"]))

    assert "There were" in paper.text
    assert reverse("performance:paper-lineage", args=[released.pk, figure.pk]) in paper.text
    assert "cancelled" in moved.text
    assert "rows that came or went" in rows.text
    assert "Cancelled" in rows.text
    assert file.status_code == 404  # no such file was kept
