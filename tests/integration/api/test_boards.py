from datetime import date

import pytest

from performance.boards import BOARDS
from performance.indicators import INDICATORS
from performance.selectors.board_columns import COLUMNS, HEADER
from performance.services.figures import fold_changes
from tests.factories.crimes import CrimeFactory
from tests.factories.outcomes import OutcomeFactory
from tests.integration.board_records import burglaries, record_history, rows_of
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db
BOARD = "/api/v1/boards/combat-acquisitive-crime/"
JANUARY = {"month": "2021-01", "unit": "force"}


@pytest.fixture
def history(db):
    record_history()


def row_of(answer, group="Burglary dwelling", indicator="Recorded crime"):
    rows = answer.json()["rows"]
    return next(row for row in rows if (row["group"], row["indicator"]) == (group, indicator))


def test_board_gives_the_rows_of_its_file(sign_in, history):
    browser = sign_in("board-viewer")
    rows = browser.get(BOARD, JANUARY).json()["rows"]
    page = rows_of(browser.get("/boards/combat-acquisitive-crime/download.csv", JANUARY))
    assert [{name: row[name] for name in HEADER} for row in rows] == list(page.values())


def test_board_gives_what_stands_behind_a_figure(sign_in, history):
    browser = sign_in("manager")
    answer = browser.get(BOARD, JANUARY)
    rate = row_of(answer, indicator="Prosecution possible outcome rate")["cells"]["current"]
    assert (rate["numerator"], rate["denominator"], rate["value"]) == (1, 2, 0.5)
    assert rate["n"] == 2
    assert rate["interval"] == pytest.approx([0.0945, 0.9055], abs=1e-4)
    for part, number in (("numerator", 1), ("denominator", 2)):
        assert browser.get(rate["rows"][part]).json()["count"] == number


def test_board_gives_what_stands_behind_a_verdict(sign_in, history):
    row = row_of(sign_in("manager").get(BOARD, JANUARY))
    verdict = row["cells"]["current_v_1yr_avg"]
    assert verdict["shown"] == row["current_v_1yr_avg"] == "Lower"
    assert verdict["rule"] == "relative tolerance 5%"
    assert verdict["beyond_chance"] is False
    assert (verdict["numerator"], verdict["denominator"], verdict["n"]) == (2, None, 2)
    assert 0.05 < verdict["p"] <= 1


def test_board_gives_null_where_history_is_short(sign_in, history):
    cells = row_of(sign_in("manager").get(BOARD, JANUARY))["cells"]
    assert list(cells) == list(COLUMNS)
    assert cells["same_month_3y_ago"]["shown"] == "-"
    assert cells["same_month_3y_ago"]["value"] is None
    assert cells["same_month_3y_ago"]["rows"] == {}


@pytest.mark.parametrize(
    "query", [{"unknown": "1"}, {"month": "x"}, {"unit": "nowhere"}, {"period": "week"}]
)
def test_board_refuses_a_query_it_does_not_know(sign_in, query):
    response = sign_in("manager").get(BOARD, query)
    assert (response.status_code, list(response.json())) == (400, list(query))


def test_board_answers_404_for_none(sign_in):
    assert sign_in("manager").get("/api/v1/boards/none/").status_code == 404


def test_board_list_leads_to_every_board(sign_in):
    browser = sign_in("manager")
    answer = browser.get("/api/v1/boards/").json()
    assert [each["slug"] for each in answer] == list(BOARDS)
    assert browser.get(answer[0]["url"]).status_code == 200


def test_board_queries_are_pinned_and_flat(sign_in, history):
    browser = sign_in("manager")
    assert_queries("api/boards", lambda: browser.get(BOARD, JANUARY))
    assert_flat(
        lambda: browser.get(BOARD, JANUARY), lambda: burglaries(1, date(2021, 1, 1)), rows=5
    )


def test_indicator_list_gives_every_definition(sign_in):
    answer = sign_in("board-viewer").get("/api/v1/indicators/").json()
    assert {each["slug"] for each in answer} == set(INDICATORS)
    assert all(each["how"] and each["owner"] for each in answer)


def test_indicator_series_ends_with_the_month(sign_in, history):
    url = "/api/v1/indicators/dwelling-burglary-recorded/series/"
    answer = sign_in("board-viewer").get(url, JANUARY | {"months": "3"}).json()
    assert [(each["month"], each["numerator"]) for each in answer] == [
        ("2020-11", 4),
        ("2020-12", 4),
        ("2021-01", 2),
    ]


def test_indicator_series_is_not_endless(sign_in):
    url = "/api/v1/indicators/dwelling-burglary-recorded/series/"
    assert sign_in("manager").get(url, {"months": "100000"}).status_code == 400


def test_indicator_rows_are_those_that_the_figure_counts(sign_in):
    crime = OutcomeFactory.create(crime=CrimeFactory.create(crime_ref="counted")).crime
    CrimeFactory.create(crime_ref="open")
    fold_changes()
    url = "/api/v1/indicators/dwelling-burglary-outcome-rate/rows/"
    browser = sign_in("manager")
    rows = browser.get(url, JANUARY | {"part": "numerator"}).json()["results"]
    assert [row["crime_ref"] for row in rows] == [crime.pk]
    assert browser.get(url, JANUARY | {"part": "denominator"}).json()["count"] == 2


def test_indicator_rows_refuse_a_part_that_is_not_there(sign_in):
    url = "/api/v1/indicators/dwelling-burglary-recorded/rows/"
    response = sign_in("manager").get(url, {"part": "denominator"})
    assert (response.status_code, list(response.json())) == (400, ["part"])


def test_indicator_rows_are_for_those_who_see_records(sign_in):
    url = "/api/v1/indicators/dwelling-burglary-recorded/rows/"
    assert sign_in("board-viewer").get(url).status_code == 403


@pytest.mark.parametrize("path", ["series", "rows"])
def test_indicator_answers_404_for_none(sign_in, path):
    assert sign_in("manager").get(f"/api/v1/indicators/none/{path}/").status_code == 404
