from datetime import date

import pytest
import time_machine

from performance.indicators import INDICATORS
from performance.models import Annotation
from performance.services.figures import fold_changes
from tests.factories.crimes import CrimeFactory
from tests.factories.outcomes import OutcomeFactory
from tests.integration.board_records import burglaries, record_history
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db
RECORDED = "/indicators/dwelling-burglary-recorded/"
RATE = "/indicators/dwelling-burglary-outcome-rate/"
JANUARY = {"month": "2021-01"}


@pytest.fixture
def history(db):
    record_history()


def test_catalogue_lists_every_indicator_with_owner_and_review(sign_in):
    text = sign_in("board-viewer").get("/indicators/").text
    for indicator in INDICATORS.values():
        assert f'href="/indicators/{indicator.slug}/"' in text
        assert indicator.owner in text
    assert "Past review" not in text


@time_machine.travel("2040-01-01")
def test_catalogue_marks_definitions_past_review(sign_in):
    text = sign_in("board-viewer").get("/indicators/").text
    assert text.count(">Past review<") == len(INDICATORS)
    assert f"{len(INDICATORS)} definitions past their review date" in text


@pytest.mark.parametrize("slug", INDICATORS)
def test_every_indicator_has_a_page_without_records(sign_in, slug):
    answer = sign_in("board-viewer").get(f"/indicators/{slug}/")
    assert answer.status_code == 200
    assert "No figures for these months" in answer.text


def test_page_shows_figure_verdict_and_second_opinion(sign_in, history):
    [crime] = burglaries(1, date(2019, 12, 1))
    OutcomeFactory(crime=crime, outcome_at=crime.recorded_at)
    fold_changes()
    text = sign_in("manager").get(RATE, JANUARY).text
    assert ">50.0%</a>" in text
    assert "(1 of 2)" in text
    assert ">Improved<" in text
    assert "Rule: relative tolerance 5%" in text
    assert "Fisher&#x27;s exact test" in text
    assert "95% interval of the figure: 9.5% to 90.5%" in text


def test_page_draws_the_months_and_lists_them(sign_in, history):
    text = sign_in("manager").get(RECORDED, JANUARY).text
    assert 'aria-labelledby="control-title control-desc"' in text
    assert "Latest, January 2021: 2." in text
    assert text.count('<th scope="row"') == 36


def test_page_marks_the_month_outside_the_limits(sign_in, history):
    burglaries(40, date(2021, 1, 1))
    text = sign_in("manager").get(RECORDED, JANUARY).text
    assert "January 2021: 42, above the upper limit" in text
    assert '<td class="govuk-table__cell">above the upper limit</td>' in text


def test_page_sets_units_side_by_side(sign_in, history):
    burglaries(3, date(2021, 1, 1), district_id="fenland")
    burglaries(1, date(2021, 1, 1), district_id="cambridge")
    text = sign_in("manager").get(RECORDED, JANUARY).text
    assert "North against South" in text
    assert "North 3</text>" in text
    assert "South 3</text>" in text
    assert text.count("app-chart--small") == 6
    assert f'href="{RECORDED}?month=2021-01&amp;unit=fenland"' in text


def test_page_of_a_district_is_its_own(sign_in, history):
    burglaries(3, date(2021, 1, 1), district_id="fenland")
    text = sign_in("manager").get(RECORDED, JANUARY | {"unit": "fenland"}).text
    assert "Fenland, January 2021" in text
    assert "Latest, January 2021: 3." in text


def test_page_numbers_what_explains_the_figure(sign_in, history):
    march = date(2020, 3, 23)
    Annotation.objects.all().delete()
    Annotation.objects.create(title="Lockdown <1>", starts_on=march, ends_on=date(2020, 5, 31))
    Annotation.objects.create(title="Elsewhere", starts_on=march, unit_id="fenland")
    Annotation.objects.create(title="Of calls", starts_on=march, indicator="calls-999")
    Annotation.objects.create(title="Too early", starts_on=date(2001, 1, 1))
    text = sign_in("manager").get(RECORDED, JANUARY).text
    assert "<strong>Lockdown &lt;1&gt;</strong>, 23 Mar 2020 to 31 May 2020" in text
    assert text.count('class="app-chart__pin"') == 1
    assert not {title for title in ("Elsewhere", "Of calls", "Too early") if title in text}


def test_page_of_a_unit_takes_notes_of_those_above_it(sign_in, history):
    Annotation.objects.all().delete()
    Annotation.objects.create(title="Op North", starts_on=date(2020, 3, 1), unit_id="north")
    browser = sign_in("manager")
    assert "Op North" in browser.get(RECORDED, JANUARY | {"unit": "fenland"}).text
    assert "Op North" not in browser.get(RECORDED, JANUARY | {"unit": "cambridge"}).text


def test_outcome_rate_stands_beside_its_cohort_rate(sign_in, history):
    text = sign_in("manager").get(RATE, JANUARY).text
    assert "Flow rate beside cohort rate" in text
    assert "Flow rate 50.0%</text>" in text
    assert "Cohort rate 50.0%</text>" in text
    assert "Flow rate beside cohort rate" not in sign_in("manager").get(RECORDED, JANUARY).text


def test_page_leads_to_the_rows_only_those_who_may_see_them(sign_in, history):
    rows = f"{RECORDED}rows/?part=numerator&amp;month=2021-01"
    assert rows in sign_in("manager").get(RECORDED, JANUARY).text
    assert "/rows/" not in sign_in("board-viewer").get(RECORDED, JANUARY).text


def test_page_defines_the_indicator(sign_in, history):
    indicator = INDICATORS["dwelling-burglary-outcome-rate"]
    text = sign_in("manager").get(RATE, JANUARY).text
    for words in (indicator.why, indicator.owner, indicator.checked_by, "1 April 2027"):
        assert words in text
    assert "Crimes recorded in January 2021, Force, dwelling burglary, not cancelled" in text
    assert "Combat acquisitive crime</a>" in text


def test_page_says_how_far_the_figures_can_be_trusted(sign_in, history):
    browser = sign_in("manager")
    text = browser.get(RECORDED, JANUARY).text
    assert "December 2019 to January 2021" in text
    assert "14 of 36 months have a figure" in text
    CrimeFactory()
    assert "still to be taken in" in browser.get(RECORDED, JANUARY).text


@pytest.mark.parametrize("query", [{"month": "2021-13"}, {"month": "x"}, {"unit": "atlantis"}])
def test_page_of_what_cannot_be_is_not_found(sign_in, query):
    assert sign_in("manager").get(RECORDED, query).status_code == 404


def test_unknown_indicator_is_not_found(sign_in):
    assert sign_in("manager").get("/indicators/nonsense/").status_code == 404


def test_page_refuses_those_without_the_boards(sign_in):
    assert sign_in("auditor").get(RECORDED).status_code == 403


def test_page_has_as_many_queries_with_more_records(sign_in, history):
    browser = sign_in("manager")
    january = date(2021, 1, 1)
    assert_queries("performance:indicator-detail", lambda: browser.get(RATE, JANUARY))
    assert_flat(
        lambda: browser.get(RATE, JANUARY),
        lambda: burglaries(1, january, district_id="fenland"),
        rows=5,
    )
