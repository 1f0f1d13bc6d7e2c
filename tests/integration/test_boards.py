import io
from datetime import date

import openpyxl
import pytest

from core.models import AuditEvent
from offenders.services.crimes import cancel_crime, record_crime
from performance.boards import BOARDS
from performance.papers.writers import forms
from performance.selectors.board_columns import HEADER
from performance.services.figures import fold_changes
from performance.views.boards import FORMS
from tests.factories.crimes import JANUARY as JANUARY_15
from tests.factories.crimes import CrimeFactory
from tests.factories.users import UserFactory
from tests.integration.board_records import burglaries, record_history, rows_of
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db
BOARD = "/boards/combat-acquisitive-crime/"
JANUARY = {"month": "2021-01"}


@pytest.fixture
def history(db):
    record_history()


def test_board_list_leads_to_every_board(sign_in):
    text = sign_in("board-viewer").get("/boards/").text
    assert [slug for slug in BOARDS if f'href="/boards/{slug}/"' not in text] == []


def test_board_shows_figures_and_verdicts(sign_in, history):
    text = sign_in("manager").get(BOARD, JANUARY).text
    assert "Burglary dwelling" in text
    assert ">Lower<" in text
    assert "Rule: relative tolerance 5%" in text
    assert "Lower: 2 against 4, 50.0% below the mean of the 12 months before" in text
    assert "within chance, 2" in text


def test_empty_board_says_why(sign_in, history):
    text = sign_in("manager").get(BOARD, {"month": "2030-01"}).text
    assert "No figure of this board is known for Force in January 2030" in text


def test_board_links_each_number_to_its_rows(sign_in, history):
    text = sign_in("manager").get(BOARD, JANUARY).text
    address = "/indicators/dwelling-burglary-recorded/rows/?part=numerator&amp;month=2021-01"
    assert f'href="{address}&amp;unit=force&amp;period=month"' in text
    assert "Numerator: 1</a>, <a" in text
    assert "Denominator: 2</a>" in text


def test_board_leads_to_the_same_month_of_earlier_years(sign_in):
    text = sign_in("manager").get(BOARD, JANUARY | {"unit": "north"}).text
    assert 'href="?month=2019-01&amp;unit=north">Jan 2019</a>' in text


def test_verdict_says_what_it_rests_on(sign_in, history):
    text = sign_in("manager").get(BOARD, JANUARY).text
    assert "Rests on 2, 95% interval 0 to 7." in text


def test_board_gives_no_links_to_those_who_may_not_see_rows(sign_in, history):
    text = sign_in("board-viewer").get(BOARD, JANUARY).text
    assert "/rows/" not in text
    assert ">Lower<" in text


def test_board_shows_a_dash_where_history_is_short(sign_in, history):
    row = rows_of(sign_in("manager").get(BOARD + "download.csv", JANUARY))[
        "Burglary dwelling", "Recorded crime"
    ]
    assert row["current"] == "2"
    assert row["same_month_1y_ago"] == "4"
    assert row["same_month_2y_ago"] == "-"
    assert row["current_v_3yr_avg"] == "-"
    assert row["baseline"] == "-"


def test_board_says_how_fresh_it_is(sign_in, history):
    browser = sign_in("manager")
    assert "Figures as of" in browser.get(BOARD, JANUARY).text
    CrimeFactory.create()
    assert "on the way." in browser.get(BOARD, JANUARY).text


@pytest.mark.parametrize(
    ("period", "head"),
    [("month", "Jan 2021"), ("rolling-12", "12 months to Jan 2021"), ("fytd", "2020/21 to Jan")],
)
def test_board_shows_the_period(sign_in, history, period, head):
    assert head in sign_in("manager").get(BOARD, JANUARY | {"period": period}).text


def test_board_shows_the_unit(sign_in, history):
    burglaries(3, date(2021, 1, 1), district_id="fenland")
    answer = sign_in("manager").get(BOARD + "download.csv", JANUARY | {"unit": "north"})
    assert rows_of(answer)["Burglary dwelling", "Recorded crime"]["current"] == "3"


@pytest.mark.parametrize(
    "query", [{"month": "January"}, {"unit": "nowhere"}, {"period": "week"}, {"month": "2021-13"}]
)
def test_board_answers_404_for_what_cannot_be(sign_in, query):
    assert sign_in("manager").get(BOARD, query).status_code == 404


def test_board_downloads_as_excel_with_numbers(sign_in, history):
    browser = sign_in("board-viewer")
    response = browser.get(BOARD + "download.xlsx", JANUARY)
    sheet = openpyxl.load_workbook(io.BytesIO(response.content)).active
    header, *rows = sheet.iter_rows(values_only=True)
    assert header == HEADER
    assert 2 in [row[header.index("current")] for row in rows]
    event = AuditEvent.objects.get(action="export.downloaded")
    assert event.detail["board"] == "combat-acquisitive-crime"


def test_board_downloads_in_known_forms_only(sign_in):
    assert sign_in("manager").get(BOARD + "download.odt").status_code == 404


@pytest.mark.parametrize("slug", [form.slug for form in forms()])
def test_board_is_sent_as_a_file(sign_in, history, slug):
    response = sign_in("board-viewer").get(f"{BOARD}download.{slug}", JANUARY)
    form = next(each for each in forms() if each.slug == slug)
    assert response["Content-Type"] == form.content_type
    name = "combat-acquisitive-crime-2021-01-force-month"
    public = "-public" if form.public else ""
    assert f'filename="{name}{public}.{form.extension}"' in response["Content-Disposition"]
    assert AuditEvent.objects.get(action="export.downloaded").detail["format"] == slug


def test_page_offers_every_form(sign_in, history):
    text = sign_in("board-viewer").get(BOARD, JANUARY).text
    assert {form.slug for form in forms()} == {slug for slug, _ in FORMS}
    assert all(f"{BOARD}download.{slug}?month=2021-01" in text for slug, _ in FORMS)


def test_board_is_read_only(sign_in):
    assert sign_in("manager").post(BOARD).status_code == 405


@pytest.mark.parametrize("slug", BOARDS)
def test_board_queries_are_pinned(sign_in, slug, history):
    browser = sign_in("manager")
    assert_queries(f"boards/{slug}", lambda: browser.get(f"/boards/{slug}/", JANUARY))


def test_board_queries_stay_flat(sign_in, history):
    browser = sign_in("manager")
    assert_flat(
        lambda: browser.get(BOARD, JANUARY), lambda: burglaries(1, date(2021, 1, 1)), rows=5
    )


def test_board_follows_a_crime_in_and_out(sign_in, history):
    browser, by = sign_in("manager"), UserFactory.create()
    fields = {"offence_id": "28E", "is_dwelling": True, "district_id": "cambridge"}
    crime = record_crime(by=by, crime_ref="35/1/21", recorded_at=JANUARY_15, **fields)
    fold_changes()
    assert current(browser) == "3"
    cancel_crime(by=by, crime=crime, at=JANUARY_15, reason="No crime")
    fold_changes()
    assert current(browser) == "2"


def current(browser):
    response = browser.get(BOARD + "download.csv", JANUARY)
    return rows_of(response)["Burglary dwelling", "Recorded crime"]["current"]
