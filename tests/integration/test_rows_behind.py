from datetime import UTC, date, datetime

import pytest

from core.exports.kinds import export_kind
from performance.filters import KIND_OF
from performance.indicators import INDICATORS
from performance.selectors.drill_down import drill_of
from tests.factories.crimes import CrimeFactory
from tests.factories.integrity_audits import IntegrityAuditFactory
from tests.factories.outcomes import OutcomeFactory
from tests.factories.survey_responses import SurveyResponseFactory
from tests.factories.victim_care_contracts import VictimCareContractFactory
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db
RECORDED = "/indicators/dwelling-burglary-recorded/rows/"
RATE = "/indicators/dwelling-burglary-outcome-rate/rows/"
JANUARY = {"month": "2021-01"}


def test_rows_are_those_that_the_figure_counts(sign_in):
    counted = CrimeFactory.create()
    CrimeFactory.create(crime_ref="shed", is_dwelling=False)
    CrimeFactory.create(crime_ref="cancelled", cancelled_at=datetime(2021, 2, 1, tzinfo=UTC))
    CrimeFactory.create(crime_ref="before", recorded_at=datetime(2020, 12, 1, tzinfo=UTC))
    text = sign_in("manager").get(RECORDED, JANUARY).text
    assert counted.pk in text
    assert not [ref for ref in ("shed", "cancelled", "before") if f">{ref}<" in text]


def test_rows_say_the_filter_in_words_with_the_count(sign_in):
    CrimeFactory.create_batch(2)
    text = sign_in("manager").get(RECORDED, JANUARY).text
    words = "Crimes recorded in January 2021, Force, dwelling burglary, not cancelled"
    assert f"{words}: <strong>2</strong>" in text


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({"period": "rolling-12"}, "February 2020 to January 2021"),
        ({"period": "fytd"}, "2020/21 to January 2021"),
        ({"unit": "north"}, "January 2021, North"),
    ],
)
def test_rows_follow_period_and_unit(sign_in, query, words):
    assert words in sign_in("manager").get(RECORDED, JANUARY | query).text


def test_rows_of_both_parts_of_a_rate(sign_in):
    crime = CrimeFactory.create(crime_ref="charged")
    OutcomeFactory.create(crime=crime)
    CrimeFactory.create(crime_ref="open")
    browser = sign_in("manager")
    numerator = browser.get(RATE, JANUARY | {"part": "numerator"}).text
    denominator = browser.get(RATE, JANUARY | {"part": "denominator"}).text
    assert "outcome prosecution possible" in numerator
    assert ">open<" not in numerator
    assert ">open<" in denominator
    assert ">charged<" in denominator


def test_rows_are_filtered_further(sign_in):
    CrimeFactory.create(crime_ref="here")
    CrimeFactory.create(crime_ref="there", district_id="fenland")
    text = sign_in("manager").get(RECORDED, JANUARY | {"with-unit": "fenland"}).text
    assert "Filtered further: 1 of 2." in text
    assert ">here<" not in text


def test_rows_keep_the_figure_when_a_filter_is_applied_or_taken_away(sign_in):
    query = JANUARY | {"part": "numerator", "with-unit": "fenland"}
    text = sign_in("manager").get(RECORDED, query).text
    assert '<input type="hidden" name="month" value="2021-01">' in text
    assert 'href="?month=2021-01&amp;part=numerator"' in text


def test_rows_sort_by_their_links(sign_in):
    CrimeFactory.create(crime_ref="b")
    CrimeFactory.create(crime_ref="a")
    text = sign_in("manager").get(RECORDED, JANUARY | {"with-sort": "crime_ref"}).text
    assert text.index(">a<") < text.index(">b<")
    assert "with-sort=-crime_ref" in text


def test_rows_of_surveys_say_what_was_asked(sign_in):
    SurveyResponseFactory.create()
    url = "/indicators/dwelling-burglary-satisfaction/rows/"
    text = sign_in("manager").get(url, JANUARY).text
    assert "victim satisfaction, whole experience, dwelling burglary, positive: " in text


def test_rows_of_a_month_end_are_those_live_then(sign_in):
    overdue = VictimCareContractFactory.create(due_on=date(2021, 1, 20))
    VictimCareContractFactory.create(contract_ref="later", opened_on=date(2021, 2, 2))
    text = sign_in("manager").get("/indicators/victim-care-overdue/rows/", JANUARY).text
    assert "live at the end of January 2021" in text
    assert overdue.pk in text
    assert ">later<" not in text


def test_rows_of_a_sum_say_the_sum(sign_in):
    IntegrityAuditFactory.create(crimes_recorded=38)
    IntegrityAuditFactory.create(crimes_recorded=4)
    text = sign_in("manager").get("/indicators/crime-data-integrity/rows/", JANUARY).text
    assert "<strong>42</strong>" in text
    assert "Summed over 2 audits." in text


@pytest.mark.parametrize("slug", INDICATORS)
def test_rows_answer_for_every_part_of_every_indicator(sign_in, slug):
    browser = sign_in("manager")
    for part in INDICATORS[slug].measures:
        response = browser.get(f"/indicators/{slug}/rows/", JANUARY | {"part": part})
        assert response.status_code == 200


@pytest.mark.parametrize(
    "query", [{"part": "median"}, {"unit": "x"}, {"month": "x"}, {"period": "x"}]
)
def test_rows_answer_404_for_what_cannot_be(sign_in, query):
    assert sign_in("manager").get(RECORDED, query).status_code == 404


def test_rows_are_taken_away_with_the_filter_of_the_page(sign_in, rf):
    CrimeFactory.create(crime_ref="here")
    CrimeFactory.create(crime_ref="there", district_id="fenland")
    response = sign_in("manager").get(RECORDED, JANUARY | {"with-unit": "fenland"})
    query = rf.get("/?" + response.context["export_query"]).GET
    rows = export_kind("figure-crimes").rows(query)
    assert list(rows.values_list("crime_ref", flat=True)) == ["there"]


@pytest.mark.parametrize("slug", INDICATORS)
def test_rows_of_every_indicator_can_be_taken_away(slug):
    model = drill_of(slug, {}).model
    assert export_kind(f"figure-{KIND_OF[model]}")


def test_rows_queries_are_pinned_and_flat(sign_in):
    browser = sign_in("manager")
    assert_flat(lambda: browser.get(RECORDED, JANUARY), CrimeFactory.create)
    assert_queries("performance:rows", lambda: browser.get(RECORDED, JANUARY))
