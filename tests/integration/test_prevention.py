"""ISD staff at work: packs come, go, come back and are counted; homes, works, planning answers."""

import json
from datetime import date, timedelta
from decimal import Decimal
from functools import partial

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.http import QueryDict

from core.exports.kinds import export_kind
from core.models import ImportRun
from core.services.imports import load_from_disk
from operations.models import Assessment, PackMovement, PlanningApplication, WorksOrder
from operations.models.pack import new_movement_ref
from operations.selectors.prevention import planning_summary, prevention_summary
from operations.services import planning, properties
from performance.models import Figure
from performance.services.figures import fold_changes
from tests.factories.packs import (
    GIVEN,
    DeliveryFactory,
    GiftFactory,
    PackTargetFactory,
    PartnerFactory,
)
from tests.factories.planning import PlanningFactory
from tests.factories.properties import (
    ASSESSED,
    AssessmentFactory,
    PropertyFactory,
    WorksOrderFactory,
)
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db
GIVE, PACKS = "/prevention/packs/give/", "/prevention/"
API = "/api/v1/"


def day(name, on):
    return {f"{name}_day": on.day, f"{name}_month": on.month, f"{name}_year": on.year}


@pytest.fixture
def staff(sign_in):
    return sign_in("isd-staff")


@pytest.fixture
def place():
    return DeliveryFactory.create().place


def gift(place, **changes):
    facts = {"place": place.pk, "level": "bronze", "number": 40, "movement_ref": new_movement_ref()}
    return facts | day("moved_on", GIVEN) | changes


def post_json(browser, path, **body):
    return browser.post(API + path, json.dumps(body, default=str), "application/json")


def test_packs_are_given_and_the_next_gift_is_ready(staff, place):
    partner = PartnerFactory.create()
    page = staff.post(GIVE, gift(place, partner=partner.pk), follow=True)
    assert f"40 bronze packs given to {partner}. 60 are left at {place}." in page.text
    form = page.context["form"]
    assert (form["place"].value(), form["level"].value()) == (place.pk, "bronze")
    assert form["moved_on"].value() == GIVEN
    assert form["movement_ref"].value() != PackMovement.objects.get(kind="given").pk


def test_one_pack_is_one_pack(staff, place):
    page = staff.post(GIVE, gift(place, number=99, address="1 Invented Row"), follow=True)
    assert f"1 is left at {place}." in page.text
    page = staff.post(GIVE, gift(place, number=1, address="2 Invented Row"), follow=True)
    assert "1 bronze pack given to 2 Invented Row." in page.text


def test_gift_that_is_not_in_stock_keeps_what_was_typed(staff, place):
    page = staff.post(GIVE, gift(place, number=400, address="1 Invented Row"))
    assert "Only 100 bronze packs can leave" in page.text
    assert "1 Invented Row" in page.text
    assert not PackMovement.objects.filter(kind="given").exists()


def test_form_sent_twice_gives_once(staff, place):
    sent = gift(place, address="1 Invented Row")
    for _ in range(2):
        staff.post(GIVE, sent)
    assert PackMovement.objects.filter(kind="given").count() == 1


def test_delivery_count_return_and_withdrawal_by_their_pages(staff, place):
    moved = {"place": place.pk, "level": "silver"} | day("moved_on", GIVEN)
    page = staff.post("/prevention/packs/receive/", moved | {"number": 12}, follow=True)
    assert "12 silver packs came in" in page.text
    count = moved | {"found": 11, "note": ""}
    page = staff.post("/prevention/packs/count/", count)
    assert "Say why the count differs" in page.text
    page = staff.post("/prevention/packs/count/", count | {"note": "One damp"}, follow=True)
    assert "set right by -1 packs" in page.text
    entry = GiftFactory.create(place=place)
    url = f"/prevention/packs/entries/{entry.pk}/"
    assert "Packs came back" in staff.get(url).text
    back = {"number": 11} | day("moved_on", GIVEN)
    assert "Only 10 of this gift" in staff.post(f"{url}return/", back).text
    page = staff.post(f"{url}return/", back | {"number": 4}, follow=True)
    assert "Return recorded." in page.text
    page = staff.post(f"{url}withdraw/", {"why": "Never happened"})
    assert "Only 0 packs were given" in page.text


def test_page_of_packs_shows_tiles_ledger_and_day(staff, place):
    PackTargetFactory.create(number=90, due_on=GIVEN + timedelta(days=28))
    GiftFactory.create(place=place, number=40)
    text = staff.get(PACKS, {"on": "2021-01-25"}).text
    assert "Packs at the end of 25 January 2021" in text
    assert "40 of 90 given" in text
    assert "Needs 17 a week; at the present rate" in text
    assert f">{place}</th>" in text
    assert "Give packs out" in text
    assert "Packs at the end of" in staff.get(PACKS, {"on": "nonsense"}).text


def test_home_of_staff_says_how_packs_stand_and_what_is_due(staff, place):
    PlanningFactory.create(application_ref="20/0001/FUL")
    with time_machine.travel(date(2021, 1, 25)):
        text = staff.get("/").text
    assert "Packs at the end of 25 January 2021" in text
    assert "20/0001/FUL" in text
    assert "1 waiting" in text


def test_those_who_only_read_see_no_buttons(sign_in, place):
    reader = sign_in("manager")
    assert "Give packs out" not in reader.get(PACKS).text
    assert reader.get(GIVE).status_code == 403


def test_target_is_set_and_changed(staff):
    target = {"level": "silver", "title": "by the end of the year", "number": 100}
    days = day("starts_on", date(2020, 11, 1)) | day("due_on", date(2021, 3, 31))
    new = "/prevention/packs/targets/new/"
    assert "Target set." in staff.post(new, target | days, follow=True).text
    wrong = target | days | day("due_on", date(2020, 10, 1))
    assert "due before it begins" in staff.post(new, wrong).text
    assert "already" in staff.post(new, target | days).text


def test_staff_import_their_own_kinds_and_no_other(staff):
    page = staff.get("/imports/new/?kind=pack-movements")
    kinds = [slug for slug, _ in page.context["form"].fields["kind"].choices]
    assert kinds == ["pack-movements", "planning-applications"]
    theirs = ImportRun.objects.create(kind="crimes", file_name="crimes.csv")
    assert staff.get(f"/imports/{theirs.pk}/").status_code == 404
    assert "crimes.csv" not in staff.get("/imports/").text
    assert staff.get(f"{API}imports/{theirs.pk}/").status_code == 404


def test_property_is_assessed_quoted_ordered_and_then_fixed(staff):
    home = PropertyFactory.create()
    url = f"/prevention/properties/{home.pk}/"
    found = {"asked_for": "silver", "result": "gold", "weak": ["doors"]} | day(
        "assessed_on", ASSESSED
    )
    assert ">None.<" in staff.get(url).text  # no pack was given to it yet
    assert "Say why it became another level" in staff.post(f"{url}assess/", found).text
    page = staff.post(f"{url}assess/", found | {"why": "Rotten frame"}, follow=True)
    assert "Rotten frame" in page.text
    assessment = Assessment.objects.get()
    quote = {"kind": "doors", "quoted": "-1"} | day("quoted_on", ASSESSED)
    to_quote = f"/prevention/properties/assessments/{assessment.pk}/quote/"
    assert "A price is 0 or more" in staff.post(to_quote, quote).text
    staff.post(to_quote, quote | {"quoted": "850"})
    works = WorksOrder.objects.get()
    at = f"/prevention/works/{works.pk}/"
    early = staff.post(f"{at}order/", day("on", ASSESSED - timedelta(days=1)))
    assert "before they were quoted" in early.text
    assert "cannot be done now" in staff.post(f"{at}done/", day("on", ASSESSED) | {"cost": 1}).text
    assert "stays as it is" in staff.post(f"{at}order/", day("on", ASSESSED), follow=True).text
    change = found | {"why": "Other words", "version": assessment.version}
    page = staff.post(f"/prevention/properties/assessments/{assessment.pk}/edit/", change)
    assert "Assess the property anew" in page.text
    staff.post(f"{at}done/", day("on", ASSESSED) | {"cost": "900.50"})
    works.refresh_from_db()
    assert (works.state, works.cost) == ("done", Decimal("900.50"))
    newer = found | {"result": "silver"} | day("assessed_on", ASSESSED + timedelta(days=9))
    assert "Assessment recorded." in staff.post(f"{url}assess/", newer, follow=True).text


def test_database_keeps_an_assessment_whose_works_were_ordered():
    works = WorksOrderFactory.create(state="ordered", ordered_on=ASSESSED)
    with pytest.raises(IntegrityError, match="Assess the property anew"), transaction.atomic():
        Assessment.objects.update(result="silver")
    with pytest.raises(IntegrityError, match="Assess the property anew"), transaction.atomic():
        Assessment.objects.filter(pk=works.assessment_id).update(weak=[])


def test_works_belong_to_the_newest_gold_assessment(staff):
    silver = AssessmentFactory.create(result="silver")
    facts = {"kind": "doors", "quoted": 1, "quoted_on": date(2021, 2, 1)}
    answer = post_json(staff, f"assessments/{silver.pk}/works/", **facts)
    assert "assessed as gold" in answer.text
    old = AssessmentFactory.create(home=silver.home, assessed_on=ASSESSED - timedelta(days=5))
    answer = post_json(staff, f"assessments/{old.pk}/works/", **facts)
    assert "newer assessment" in answer.text


def test_cancelled_works_have_a_reason_and_go_no_further(staff):
    works = WorksOrderFactory.create()
    with pytest.raises(Exception, match="Say why"):
        properties.cancel_works(by=staff.user, works=works, why=" ")
    assert post_json(staff, f"works-orders/{works.pk}/cancel/", why="Too dear").status_code == 200
    answer = post_json(staff, f"works-orders/{works.pk}/order/", on=date(2021, 2, 1))
    assert "it cannot be ordered now" in answer.text


def test_address_is_recorded_once_and_in_great_britain(staff):
    PropertyFactory.create(address="1 Invented Row", postcode="ZZ1 1AA")
    new = {"address": "1 INVENTED ROW", "postcode": "zz1 1aa", "kind": "house"}
    url = "/prevention/properties/new/"
    page = staff.post(url, new | {"district": "cambridge"})
    assert "recorded already" in page.text
    page = staff.post(url, new | {"district": "cambridge", "latitude": "12", "longitude": "0"})
    assert "in degrees" in page.text


def test_planning_application_is_answered_in_working_days(staff):
    received = day("received_on", date(2020, 12, 23))
    new = {"application_ref": "20/0002/FUL", "authority": "Invented City Council"} | received
    page = staff.post("/prevention/planning/new/", new, follow=True)
    assert "13 Jan 2021" in page.text  # due after 21 days
    url = "/prevention/planning/20/0002/FUL/"
    answer = {"advice": "conditions", "advice_text": "Lights"} | day(
        "answered_on", date(2020, 12, 1)
    )
    assert "Select what was advised." in staff.post(f"{url}answer/", {}).text
    assert "cannot be answered before it came in" in staff.post(f"{url}answer/", answer).text
    answer |= day("answered_on", date(2021, 1, 4))
    page = staff.post(f"{url}answer/", answer, follow=True)
    assert "Conditions asked for" in page.text
    application = PlanningApplication.objects.get()
    assert (application.days_taken, application.in_time) == (5, True)  # 24, 29 to 31 December, 4
    assert "answered already" in staff.post(f"{url}answer/", answer).text


def test_answer_taken_back_has_no_days(staff):
    one = PlanningFactory.create(answered_on=date(2021, 1, 20), advice="objection", days_taken=8)
    planning.amend_application(
        by=staff.user, application=one, version=1, answered_on=None, advice=""
    )
    one.refresh_from_db()
    assert (one.days_taken, one.in_time) == (None, None)


def test_planning_file_counts_working_days(staff, tmp_path):
    path = tmp_path / "planning.csv"
    path.write_text(
        "application_ref,authority,received_on,due_on,answered_on,advice\n"
        "A/1,Invented Council,2020-12-23,2021-01-13,2021-01-04,conditions\n"
        "A/2,Invented Council,2020-12-23,2021-01-13,,\n"
        "A/3,Invented Council,2020-12-23,2020-12-01,,\n"
        "A/4,Invented Council,2020-12-23,2021-01-13,2021-01-04,\n"
    )
    first = load_from_disk(kind="planning-applications", path=path, dry_run=False)
    assert (first.created, first.rejected) == (2, 2)
    assert PlanningApplication.objects.get(pk="A/1").days_taken == 5
    again = load_from_disk(kind="planning-applications", path=path, dry_run=False)
    assert (again.created, again.unchanged) == (0, 2)


@pytest.mark.parametrize(
    "kind",
    ["pack-movements", "properties", "assessments", "works-orders", "planning-applications",
     "consultations", "watch-schemes", "estate-works", "awareness"],
)  # fmt: skip
def test_lists_can_be_taken_away_by_those_who_read_them(staff, kind):
    GiftFactory.create(place=DeliveryFactory.create().place)
    WorksOrderFactory.create()
    found = export_kind(kind)
    assert staff.user.has(found.permission)
    rows = found.rows(QueryDict(""))
    list(rows.values_list(*found.paths))


def test_api_moves_packs_as_the_pages_do(staff, place):
    facts = {"level": "bronze", "place": place.pk, "number": 40, "moved_on": GIVEN}
    made = post_json(staff, "packs/movements/", kind="given", address="1 Invented Row", **facts)
    assert made.status_code == 201, made.text
    ref = made.json()["movement_ref"]
    assert made.json()["change"] == -40
    answer = post_json(
        staff, "packs/movements/", kind="given", address="1 Row", **facts | {"number": 61}
    )
    assert (answer.status_code, "Only 60 bronze" in answer.text) == (400, True)
    answer = post_json(staff, "packs/movements/", kind="delivery", address="1 Row", **facts)
    assert "A delivery does not take it" in answer.text
    assert (
        post_json(staff, "packs/movements/", kind="count", note="Damp", **facts).json()["number"]
        == -20
    )
    back = post_json(staff, f"packs/movements/{ref}/return/", number=40, moved_on=GIVEN)
    assert back.status_code == 201
    answer = post_json(staff, f"packs/movements/{ref}/withdraw/", why="Slip")
    assert "Only 0 packs were given" in answer.text
    levels = staff.get(API + "packs/?on=2021-02-01").json()
    assert [(one["level"], one["balance"]) for one in levels][:1] == [("bronze", 80)]
    assert staff.get(API + "packs/movements/?level=bronze").json()["count"] == 4
    assert staff.get(API + f"packs/movements/{ref}/").json()["number"] == 40


def test_api_keeps_properties_and_planning(staff):
    made = post_json(
        staff, "properties/", address="9 Invented Row", postcode="ZZ1", district="cambridge"
    )
    assert made.status_code == 201, made.text
    ref = made.json()["property_ref"]
    said = {"assessed_on": ASSESSED, "asked_for": "silver", "result": "gold", "weak": ["doors"]}
    answer = post_json(staff, f"properties/{ref}/assessments/", **said)
    assert "Say why it became another level" in answer.text
    answer = post_json(staff, f"properties/{ref}/assessments/", **said, why="Rotten")
    quote = {"kind": "doors", "quoted": "5.50", "quoted_on": ASSESSED}
    works = post_json(staff, f"assessments/{answer.json()['id']}/works/", **quote).json()
    assert works["property_ref"] == ref
    assert post_json(staff, f"works-orders/{works['id']}/done/", on=ASSESSED).status_code == 400
    assert post_json(staff, f"works-orders/{works['id']}/order/", on=ASSESSED).status_code == 200
    new = {"application_ref": "x/1", "authority": "Invented", "received_on": ASSESSED}
    assert post_json(staff, "planning-applications/", **new).json()["due_on"] == "2021-02-01"
    answer = post_json(
        staff, "planning-applications/X/1/answer/", answered_on=ASSESSED, advice="objection"
    )
    assert answer.json()["in_time"] is True
    for path in ("works-orders/", "assessments/", "properties/", "planning-applications/"):
        assert staff.get(API + path).json()["count"] == 1


def test_summary_for_the_paper(place):
    PackTargetFactory.create()
    GiftFactory.create(place=place)
    AssessmentFactory.create()
    home = AssessmentFactory.create().home
    AssessmentFactory.create(home=home, result="silver", assessed_on=ASSESSED + timedelta(days=1))
    PlanningFactory.create(answered_on=date(2021, 1, 20), advice="objection", days_taken=8)
    found = prevention_summary(date(2021, 1, 31))
    bronze = found.packs["bronze"]
    assert (bronze.received, bronze.given, bronze.balance, bronze.target) == (100, 10, 90, 900)
    assert found.gold_properties == 2  # what was identified stays so, whatever is found since
    assert planning_summary(date(2021, 1, 1), date(2021, 1, 31)).answered == 1
    assert planning_summary(date(2021, 2, 1), date(2021, 2, 28)).answered == 0


def test_gold_property_counts_once_in_the_month_it_was_found(staff):
    month = timedelta(days=31)
    home = AssessmentFactory.create(assessed_on=ASSESSED).home
    AssessmentFactory.create(home=home, assessed_on=ASSESSED + month)
    AssessmentFactory.create(home=home, assessed_on=ASSESSED + 2 * month, result="silver")
    earlier = AssessmentFactory.create(assessed_on=ASSESSED - month, result="silver")
    second = AssessmentFactory.create(home=earlier.home, assessed_on=ASSESSED + month)

    def found() -> dict[date, int | None]:
        fold_changes()
        rows = Figure.objects.filter(indicator="gold-properties", unit="force", numerator__gt=0)
        return dict(rows.order_by("month").values_list("month", "numerator"))

    first, later = date(2021, 1, 1), date(2021, 2, 1)
    assert found() == {first: 1, later: 1}
    Assessment.objects.filter(pk=earlier.pk).update(result="gold")  # a slip set right
    assert found() == {date(2020, 12, 1): 1, first: 1}
    second.delete()
    Assessment.objects.filter(pk=earlier.pk).update(result="silver")
    assert found() == {first: 1}
    assert prevention_summary(ASSESSED + 3 * month).gold_properties == 1


def test_queries_stay_flat(staff, place):
    assert_flat(lambda: staff.get(PACKS), lambda: GiftFactory.create(place=place, number=1))
    assert_flat(lambda: staff.get("/prevention/packs/"),
                lambda: GiftFactory.create(place=place, number=1))  # fmt: skip
    assert_flat(lambda: staff.get("/prevention/works/"), WorksOrderFactory.create)
    assert_flat(lambda: staff.get("/prevention/properties/"), AssessmentFactory.create)


def test_query_counts(staff, place):
    assert_queries("operations:packs", lambda: staff.get(PACKS))
    for noun in ("planning", "properties", "works", "partners", "packs"):
        assert_queries(f"prevention/{noun}", partial(staff.get, f"/prevention/{noun}/"))
