"""A release with the writers that a force has: what is kept says the same in every form."""

from hashlib import sha256

import pytest

from core.models import User
from performance.models import Paper
from performance.papers.suppression import HIDDEN
from performance.selectors.papers import document_of
from performance.services.paper_release import release, send_to_review
from performance.services.papers import accept_changes
from tests.factories.packs import DeliveryFactory, GiftFactory, PackTargetFactory
from tests.factories.papers import paper_of
from tests.factories.users import UserFactory
from tests.integration.board_records import record_history
from tests.unit.performance.papers.reading import (
    Said,
    pdf_tags,
    said_by,
    said_by_docx,
    said_by_html,
    said_by_pdf,
)

READERS = {"pdf": said_by_pdf, "docx": said_by_docx, "html": said_by_html}

pytestmark = pytest.mark.django_db


@pytest.fixture
def released(monkeypatch: pytest.MonkeyPatch) -> Paper:
    """The whole template: both boards, charts, packs with their forecast, the thematic review."""
    record_history()
    delivery = DeliveryFactory.create()
    GiftFactory.create(place=delivery.place)
    PackTargetFactory.create()
    author: User = UserFactory.create(roles=["analyst"])
    paper = paper_of(author)
    accept_changes(by=author, paper=paper)
    # So few records leave most figures unknown, which is a fault of another test.
    monkeypatch.setattr("performance.services.paper_release.faults_of", lambda _: 0)
    send_to_review(by=author, paper=paper)
    return release(by=UserFactory.create(roles=["manager"]), paper=paper)


def test_all_files_of_a_release_are_kept_and_say_what_was_released(released: Paper) -> None:
    kept = {file.form: file for file in released.files.all()}

    assert set(kept) == {*READERS, *(f"public-{form}" for form in READERS)}
    for form, file in kept.items():
        content = bytes(file.content)
        assert sha256(content).hexdigest() == file.sha256
        public = form.startswith("public-")
        said = READERS[form.removeprefix("public-")](content)
        assert_same(said, said_by(document_of(released, public=public)), form)


def squeezed(words: str) -> str:
    """A line of a PDF may end at a hyphen, which is no space."""
    return words.replace(" ", "")


def assert_same(said: Said, told: Said, form: str) -> None:
    assert said.headings == told.headings, form
    read = set(map(squeezed, said.prose))
    assert [words for words in told.prose if squeezed(words) not in read] == [], form
    assert said.tables == told.tables, form


def test_public_files_hide_what_is_small_and_operational(released: Paper) -> None:
    full, public = (said_by(document_of(released, public=each)) for each in (False, True))

    assert {"Operations", "Trials", "Convictions for burglary"} <= set(full.prose)
    assert not {"Operations", "Trials", "Convictions for burglary"} & set(public.prose)
    assert HIDDEN in str(public.tables)
    assert HIDDEN not in str(full.tables)


def test_pdf_of_a_release_is_tagged_with_titles_and_alternatives(released: Paper) -> None:
    pdf, root = pdf_tags(bytes(released.files.get(form="pdf").content))

    assert pdf.Root.MarkInfo.Marked
    assert str(pdf.docinfo.Title) == released.title
    assert all(figure.alt for figure in root.all("Figure"))
    assert all(table.all("TH") for table in root.all("Table"))
    assert len(root.all("Table")) == len(said_by(document_of(released)).tables)
