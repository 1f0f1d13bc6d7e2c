"""A board as it would have been shown on a day, from the records as they stood at its end."""

import io
import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.core.management import CommandError, call_command
from django.db import connection
from django.urls import reverse
from django.utils import timezone

from core.dates import today
from core.models import Unit, User
from offenders.models import Crime, OffenceGroupCode
from performance.models import Figure, LateArrival, Paper
from performance.selectors.boards import Board, board_for
from performance.services import boards_as_at
from performance.services.boards_as_at import board_as_at
from performance.services.figures import fold_changes
from performance.services.paper_release import release, send_to_review
from performance.services.papers import add_paragraph, add_section, remove_section
from tests.factories.crimes import CrimeFactory
from tests.factories.outcomes import OutcomeFactory
from tests.factories.papers import EARLIER, paper_of
from tests.factories.survey_responses import SurveyResponseFactory
from tests.factories.users import UserFactory
from tests.integration.board_records import burglaries, record_history

SLUG, DECEMBER, JANUARY = "combat-acquisitive-crime", date(2020, 12, 1), date(2021, 1, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def yesterday(monkeypatch: pytest.MonkeyPatch) -> date:
    """The paper of December was released the day before yesterday, and nothing has changed since.

    All of a test happens in one transaction, whose moment the history notes: the rows of yesterday
    are set back in time.
    """
    record_history()
    author: User = UserFactory.create(roles=["analyst"])
    paper = paper_of(author, month=DECEMBER, **EARLIER)
    for section in paper.sections.all():
        remove_section(by=author, section=section)
    section = add_section(by=author, paper=paper, title="Burglary")
    add_paragraph(by=author, section=section, text="None.")
    monkeypatch.setattr("performance.services.paper_release.forms", list)
    send_to_review(by=author, paper=paper)
    release(by=UserFactory.create(roles=["manager"]), paper=paper)
    Paper.objects.update(released_at=timezone.now() - timedelta(days=2))
    return today() - timedelta(days=1)


def shown(board: Board) -> dict[str, str]:
    return {
        row.indicator.slug: f"{row.current.numerator}/{row.current.denominator}"
        f" {row.rolling.numerator} {row.v_1yr.word if row.v_1yr else ''}"
        for row in board.rows
    }


def board(month: date = JANUARY) -> Board:
    return board_for(slug=SLUG, month=month, unit=Unit.objects.get(parent=None))


def as_at(day: date, month: date = JANUARY) -> Board:
    return board_as_at(slug=SLUG, month=month, unit=Unit.objects.get(parent=None), on=day)


def test_board_of_a_day_is_the_one_that_was_shown(yesterday: date) -> None:
    before = shown(board())
    burglaries(5, JANUARY)  # a month that no board was told of
    burglaries(3, DECEMBER)
    first, second, *_ = Crime.objects.filter(recorded_month=JANUARY).order_by("pk")
    OutcomeFactory(crime=second)
    Crime.objects.filter(pk=first.pk).update(is_dwelling=False)
    Crime.objects.filter(recorded_month=date(2020, 11, 1)).delete()
    SurveyResponseFactory.create(responded_on=date(2021, 1, 20))
    fold_changes()

    assert shown(board()) != before
    assert shown(as_at(yesterday)) == before


def test_nothing_is_left_behind(yesterday: date) -> None:
    burglaries(5, JANUARY)
    now = shown(board())
    figures = Figure.objects.count()
    as_at(yesterday)

    assert shown(board()) == now
    assert Figure.objects.count() == figures
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_class WHERE relpersistence = 't' AND relkind = 'v'")
        assert cursor.fetchone() == (0,)


def test_definition_is_that_of_the_day(yesterday: date) -> None:
    before = shown(board())
    OffenceGroupCode.objects.filter(group__slug="dwelling-burglary").delete()
    fold_changes()

    assert shown(board()) != before
    assert shown(as_at(yesterday)) == before


def test_board_of_today_is_the_one_that_stands(yesterday: date) -> None:
    burglaries(5, JANUARY)

    assert shown(as_at(today())) == shown(board())


def test_rows_of_a_running_month_are_not_noted_as_late(yesterday: date) -> None:
    month = today().replace(day=1)
    CrimeFactory.create(recorded_at=datetime(month.year, month.month, 1, 12, tzinfo=UTC))

    assert not LateArrival.objects.exists()
    burglaries(1, JANUARY)
    assert LateArrival.objects.exists()


def test_day_before_the_first_release_is_refused(yesterday: date) -> None:
    with pytest.raises(ValidationError, match="is noted since"):
        as_at(yesterday - timedelta(days=2))


def test_without_a_release_no_day_is_answered_for() -> None:
    record_history()

    with pytest.raises(ValidationError, match="none has been released"):
        as_at(today())


def test_day_to_come_and_day_within_the_month_are_refused(
    yesterday: date, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(ValidationError, match="has not been yet"):
        as_at(today() + timedelta(days=1))
    monkeypatch.setattr(boards_as_at, "today", lambda: date(2021, 1, 20))
    with pytest.raises(ValidationError, match="January 2021 was not over on 15 January 2021"):
        as_at(date(2021, 1, 15))


def test_page_api_and_command_show_the_same_day(sign_in, yesterday: date) -> None:
    burglaries(5, JANUARY)
    browser = sign_in("analyst")
    query = {"month": "2021-01", "as_at": f"{yesterday}"}

    page = browser.get(reverse("performance:board-detail", args=[SLUG]), query).content.decode()
    rows = browser.get(reverse("api:board-detail", args=[SLUG]), query).json()
    printed = io.StringIO()
    call_command(
        "board", SLUG, month="2021-01", as_at=f"{yesterday}", format="json", stdout=printed
    )
    file = browser.get(reverse("performance:board-download", args=[SLUG, "csv"]), query)

    assert "This is the board as it stood at the end of" in page
    assert "/rows/" not in page
    (cell,) = [row for row in rows["rows"] if row["slug"] == "dwelling-burglary-recorded"]
    assert (rows["as_at"], cell["current"], cell["cells"]["current"]["rows"]) == (
        f"{yesterday}",
        "2",
        {},
    )
    assert "2" in [row["current"] for row in json.loads(printed.getvalue())]
    assert f"as-at-{yesterday}" in file["Content-Disposition"]


@pytest.mark.parametrize("day", ["yesterday", "2021-02-30", "2999-01-01"])
def test_page_says_why_a_day_cannot_be_shown(sign_in, yesterday: date, day: str) -> None:
    page = reverse("performance:board-detail", args=[SLUG])
    answer = sign_in("analyst").get(page, {"month": "2021-01", "as_at": day}, follow=True)

    assert "This is the board as it stands now." in answer.content.decode()


def test_command_and_api_refuse_a_day_in_a_sentence(sign_in, yesterday: date) -> None:
    with pytest.raises(CommandError, match="Write it like 2021-03-16"):
        call_command("board", SLUG, month="2021-01", as_at="soon")
    answer = sign_in("analyst").get(
        reverse("api:board-detail", args=[SLUG]), {"month": "2021-01", "as_at": "2999-01-01"}
    )
    assert answer.status_code == 400
    assert "has not been yet" in answer.content.decode()
