"""Journeys with an operation: record, link, read its results and open them, effect, API."""

from datetime import date, timedelta

import pytest

from core.models import AuditEvent, Unit
from offenders.models import Sentence
from offenders.services.merges import merge_nominals, undo_merge
from operations.models import (
    Operation,
    OperationArrest,
    OperationNominal,
    OperationOfficer,
    OperationVehicle,
)
from operations.selectors.results import FIGURES, results_of
from performance.models import Figure
from performance.services.figures import fold_changes
from tests.factories.custody import ArrestFactory, detained
from tests.factories.nominals import NominalFactory
from tests.factories.operations import (
    OperationArrestFactory,
    OperationConvictionFactory,
    OperationFactory,
    OperationVehicleFactory,
)
from tests.factories.users import UserFactory
from tests.integration.board_records import burglaries
from tests.queries import assert_flat, assert_queries

pytestmark = pytest.mark.django_db
JANUARY = date(2023, 1, 1)


def day(value, name):
    return {f"{name}_day": value.day, f"{name}_month": value.month, f"{name}_year": value.year}


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


@pytest.fixture
def family():
    """Op Inner in Op Outer: an arrest, a conviction with its sentence, two vehicles, a nominal."""
    outer = OperationFactory.create(slug="op-outer", name="Op Outer")
    inner = OperationFactory.create(
        slug="op-inner", name="Op Inner", parent=outer, offence_group_id="dwelling-burglary"
    )
    nominal = NominalFactory.create(surname="Brackmere")
    OperationNominal.objects.create(operation=inner, nominal=nominal, part="organiser")
    OperationArrestFactory.create(operation=inner, arrest=ArrestFactory.create(nominal=nominal))
    link = OperationConvictionFactory.create(operation=inner, conviction__nominal=nominal)
    Sentence.objects.create(conviction=link.conviction, kind="custody", months=54)
    OperationVehicleFactory.create(operation=inner, recovered_on=date(2023, 1, 9))
    OperationVehicleFactory.create(operation=outer)
    return outer


def test_operation_is_recorded_worked_and_closed(officer):
    facts = {"name": "Op Invented", "aim": "To find vehicles", "areas": ["north", "south"]}
    page = officer.post("/operations/new/", facts | day(JANUARY, "starts_on"), follow=True)
    assert "Op Invented" in page.text
    operation = Operation.objects.get()
    assert (operation.pk, operation.areas.count()) == ("op-invented", 2)
    url = f"/operations/{operation.pk}"
    officer.post(f"{url}/steps/started/", {"reason": "Agreed"} | day(JANUARY, "on"))
    closed = {"reason": "Done"} | day(JANUARY + timedelta(days=30), "on")
    page = officer.post(f"{url}/steps/closed/", closed, follow=True)
    assert "Closed" in page.text
    assert "Op Invented: closed" in page.text


def test_operation_that_ends_before_it_starts_is_a_sentence(officer):
    days = day(JANUARY, "starts_on") | day(JANUARY - timedelta(days=1), "ends_on")
    page = officer.post("/operations/new/", {"name": "Op X", "aim": "x"} | days)
    assert "An operation cannot end before it starts." in page.text
    assert not Operation.objects.exists()


def test_operation_inside_its_grandchild_is_a_sentence(officer, family):
    inner = Operation.objects.get(pk="op-inner")
    grandchild = OperationFactory.create(parent=inner)
    facts = {"name": "Op Outer", "aim": "x", "version": family.version, "parent": grandchild.pk}
    page = officer.post("/operations/op-outer/edit/", facts | day(JANUARY, "starts_on"))
    assert "no operation can contain itself" in page.text


def test_step_that_is_not_open_is_a_sentence(officer, family):
    step = {"reason": "x"} | day(JANUARY, "on")
    page = officer.post("/operations/op-outer/steps/resumed/", step)
    assert "it cannot be resumed now" in page.text
    assert officer.get("/operations/op-outer/steps/nonsense/").status_code == 404


def test_page_shows_the_family_and_its_results(officer, family):
    page = officer.get("/operations/op-outer/")
    assert page.context["results"].answer == (
        "1 arrest, 0 charges and 1 conviction. Custody in all: 4 years 6 months. "
        "Of 2 stolen vehicles, 1 recovered, worth £20,000."
    )
    assert "Op Inner" in page.text


@pytest.mark.parametrize("figure", FIGURES)
def test_every_figure_opens_its_rows(officer, family, figure):
    count = officer.get("/operations/op-outer/").context["results"][figure].count
    page = officer.get(f"/operations/op-outer/rows/{figure}/")
    assert len(page.context["lines"]) == count
    assert len(page.context["heads"]) == len(page.context["lines"][0].cells if count else page.context["heads"])  # fmt: skip


def test_looks_at_the_people_of_an_operation_are_logged(officer, family):
    officer.get("/operations/op-inner/")
    nominal = OperationNominal.objects.get().nominal_id
    look = AuditEvent.objects.get(action="nominal.viewed")
    assert look.detail == {"op-inner": [nominal]}


@pytest.mark.parametrize(
    "path",
    ["", "achieved/", "rows/arrests/", "rows/nominals/", "rows/convictions/", "rows/charges/"],
)
@pytest.mark.parametrize("role", ["manager", "analyst"])
def test_manager_and_analyst_see_counts_and_nobody(sign_in, family, role, path):
    page = sign_in(role).get(f"/operations/op-inner/{path}")
    assert page.status_code == 200
    assert "Brackmere" not in page.text
    assert not AuditEvent.objects.filter(action="nominal.viewed").exists()


def test_sheet_of_what_it_achieved_names_nobody(officer, family):
    page = officer.get("/operations/op-outer/achieved/").text
    assert "4 years 6 months" in page
    assert "Brackmere" not in page


def test_nominal_arrest_and_conviction_are_linked_from_the_page(officer):
    operation = OperationFactory.create()
    arrest = ArrestFactory.create()
    nominal = arrest.nominal
    url = f"/operations/{operation.pk}/parts"
    said = {"nominal": nominal.ref, "part": "suspect"} | day(JANUARY, "since")
    officer.post(f"{url}/nominal/new/", said)
    page = officer.get(f"{url}/arrest/new/")
    assert str(nominal) in page.text
    page = officer.post(f"{url}/arrest/new/", {"arrest": arrest.pk}, follow=True)
    assert page.context["results"]["arrests"].count == 1
    page = officer.get(f"/nominals/{nominal.pk}/?kind=Operation")
    assert f"{operation}: suspect" in page.text


def test_vehicle_of_another_operation_is_a_sentence_until_it_is_shared(officer):
    made = OperationVehicleFactory.create(registration="QX12ABC")
    other = OperationFactory.create()
    url = f"/operations/{other.pk}/parts/vehicle/new/"
    page = officer.post(url, {"registration": "qx12 abc", "value": "9000"})
    assert f"{made.operation} has this vehicle already" in page.text
    page = officer.post(url, {"registration": "qx12 abc", "is_shared": "on"}, follow=True)
    assert "(shared)" in page.text


def test_value_below_zero_is_a_sentence(officer):
    url = f"/operations/{OperationFactory.create().pk}/parts/vehicle/new/"
    page = officer.post(url, {"registration": "QX1", "value": "-1"})
    assert "A value cannot be below zero." in page.text
    assert not OperationVehicle.objects.exists()


def test_part_is_changed_once_by_two_who_edit_it(officer):
    row = OperationVehicleFactory.create()
    url = f"/operations/{row.operation_id}/parts/vehicle/{row.pk}/"
    said = {"registration": row.registration, "value": "5", "version": 1}
    officer.post(f"{url}edit/", said)
    page = officer.post(f"{url}edit/", said | {"value": "6"})
    assert "Somebody else changed this record" in page.text
    officer.post(f"{url}remove/", {"reason": "Another mark"})
    assert not OperationVehicle.objects.exists()


def test_officers_of_north_and_south_stand_side_by_side(officer):
    operation = OperationFactory.create()
    for area in ("north", "south"):
        OperationOfficer.objects.create(
            operation=operation,
            officer=UserFactory.create(),
            area=Unit.objects.get(pk=area),
            role="dedicated",
        )
    groups = officer.get(f"/operations/{operation.pk}/").context["officers"]
    assert [group.area.pk for group in groups] == ["north", "south"]


def test_list_narrows_to_a_family_and_to_an_area(officer, family):
    assert officer.get("/operations/?family=op-inner").context["page"].paginator.count == 1
    assert officer.get("/operations/?family=op-outer").context["page"].paginator.count == 2
    assert officer.get("/operations/?unit=fenland").context["page"].paginator.count == 0
    family.area_links.create(unit_id="north")
    assert officer.get("/operations/?unit=fenland").context["page"].paginator.count == 1
    assert "Op Inner" in officer.get("/operations/families/").text


def figure(slug, unit="force"):
    fold_changes()
    found = Figure.objects.filter(indicator=slug, unit=unit, month=JANUARY).first()
    return found.numerator if found else None


def test_results_reach_the_board(sign_in, family):
    OperationVehicle.objects.filter(recovered_on__isnull=False).update(area_id="north")
    detention = detained()
    OperationArrest.objects.create(operation=family, arrest=detention.arrest)
    detention.result, detention.ended_at = "charged-bailed", detention.arrest.arrested_at
    detention.save()
    counts = {
        "operation-arrests": 2,
        "operation-charges": 1,
        "operation-convictions": 1,
        "vehicles-recovered": 1,
    }
    assert {slug: figure(slug) for slug in counts} == counts
    assert figure("vehicles-recovered", "north") == 1
    page = sign_in("manager").get("/boards/prevention-and-operations/?month=2023-01&unit=force")
    assert "Vehicles recovered" in page.text


@pytest.mark.parametrize(
    "slug",
    ["operation-arrests", "operation-convictions", "vehicles-recovered"],
)
def test_rows_behind_a_figure_name_nobody(sign_in, family, slug):
    fold_changes()
    url = f"/indicators/{slug}/rows/?part=numerator&month=2023-01&unit=force&period=month"
    page = sign_in("analyst").get(url)
    assert page.context["found"] == 1
    assert "Brackmere" not in page.text


def test_effect_sets_the_offence_before_and_since_side_by_side(officer, family):
    for month in (date(2022, 3, 1), date(2022, 6, 1)):
        burglaries(3, month, district_id="cambridge")
    page = officer.get("/operations/op-inner/effect/")
    assert page.context["effect"].indicator.slug == "dwelling-burglary-recorded"
    places = {str(place.unit): place for place in page.context["effect"].places}
    assert (places["South"].before.recorded, places["South"].since.recorded) == (3, 3)
    assert places["North"].since.recorded == 0
    assert "This is not causal." in page.text
    assert "Op Inner" in [pin.title for pin in page.context["pins"]]


def test_effect_speaks_of_neighbours_only_where_there_are_some(officer, family):
    assert "The neighbouring areas had no" not in officer.get("/operations/op-inner/effect/").text

    Operation.objects.get(pk="op-inner").areas.set([Unit.objects.get(pk="south")])

    assert "The neighbouring areas had no" in officer.get("/operations/op-inner/effect/").text


def test_effect_without_an_offence_says_what_to_do(officer, family):
    assert "Choose its offence" in officer.get("/operations/op-outer/effect/").text


def test_page_asks_as_often_for_a_large_family(officer, family):
    officer.get("/operations/op-outer/")
    assert_queries("operations:operation-detail", lambda: officer.get("/operations/op-outer/"))

    def add_row():
        inner = OperationFactory.create(parent=family)
        nominal = NominalFactory.create()
        OperationNominal.objects.create(operation=inner, nominal=nominal, part="thief")
        OperationArrestFactory.create(operation=inner, arrest=ArrestFactory.create(nominal=nominal))
        OperationVehicleFactory.create(operation=inner)

    assert_flat(lambda: officer.get("/operations/op-outer/"), add_row)


def test_export_holds_what_the_list_shows(sign_in, family):
    manager = sign_in("manager")
    page = manager.get("/operations/?family=op-inner")
    assert 'value="operations"' in page.text
    said = {"kind": "operations", "query": "family=op-inner", "format": "csv"}
    assert manager.post("/exports/new/", said).status_code == 302


def test_api_tells_what_the_page_tells(officer, family):
    page = officer.get("/operations/op-outer/").context["results"]
    told = officer.get("/api/v1/operations/op-outer/results/").json()
    assert told["answer"] == page.answer
    assert {row["slug"]: row["count"] for row in told["figures"]} == {
        one.slug: one.count for one in page.figures
    }
    alone = officer.get("/api/v1/operations/op-outer/results/?family=false").json()
    assert alone["operations"] == ["op-outer"]


def test_api_runs_an_operation_with_the_same_refusals(officer):
    post = lambda path, **said: officer.post(  # noqa: E731  # short
        f"/api/v1/operations/{path}", said, content_type="application/json"
    )
    made = post("", name="Op Invented", aim="To find vehicles", areas=["north"])
    assert (made.status_code, made.json()["slug"]) == (201, "op-invented")
    wrong = post("op-invented/parts/vehicle/", registration="QX1", value=-1)
    assert (wrong.status_code, "below zero" in wrong.content.decode()) == (400, True)
    right = post("op-invented/parts/vehicle/", registration="QX1", value=1)
    assert right.status_code == 201
    step = post("op-invented/steps/resumed/", reason="x")
    assert (step.status_code, "cannot be resumed" in step.content.decode()) == (400, True)
    loop = officer.patch(
        "/api/v1/operations/op-invented/",
        {"version": 1, "parent": "op-invented"},
        content_type="application/json",
    )
    assert loop.status_code == 400
    assert "contain itself" in loop.content.decode()


def test_api_keeps_people_from_those_who_may_not_see_them(sign_in, family):
    manager = sign_in("manager")
    assert manager.get("/api/v1/operations/op-inner/parts/nominal/").status_code == 403
    assert manager.get("/api/v1/operations/op-inner/parts/vehicle/").status_code == 200


def test_day_of_an_event_stands_without_a_time(officer, family):
    text = officer.get("/operations/op-inner/").text
    assert ">9 January 2023</time>" in text
    assert "00:00" not in text


def test_merge_of_two_in_one_operation_keeps_one_of_them(sign_in, family):
    boss = sign_in("act-supervisor")
    gone = NominalFactory.create(surname="Quillfeather")
    OperationNominal.objects.create(operation_id="op-inner", nominal=gone, part="driver")
    alone = OperationNominal.objects.create(operation=family, nominal=gone, part="thief")
    kept = OperationNominal.objects.get(part="organiser").nominal
    assert "QUILLFEATHER" in boss.get("/operations/op-inner/").text
    merge = merge_nominals(by=boss.user, kept=kept, gone=gone, reason="Same fingerprints")
    inner = "/operations/op-inner/"
    assert "QUILLFEATHER" not in boss.get(inner).text
    assert results_of(Operation.objects.get(pk="op-inner")).people == 1
    (shown,) = boss.get(f"/api/v1{inner}parts/nominal/").json()
    assert (shown["nominal"], shown["part"]) == (kept.pk, "organiser")
    alone.refresh_from_db()
    assert alone.nominal == kept
    undo_merge(by=boss.user, merge=merge, reason="Two brothers")
    assert "QUILLFEATHER" in boss.get(inner).text
    alone.refresh_from_db()
    assert alone.nominal == gone
