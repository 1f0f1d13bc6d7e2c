"""Cohorts, owners and what is due, as officers and supervisors see them."""

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.models import AuditEvent
from offenders.models import Handover, Membership, Typology
from offenders.people import Due
from offenders.selectors.cohorts import dwell_of, flow_of
from offenders.selectors.work import Task
from offenders.services.cohorts import deselect, suspend
from performance.models import Figure
from performance.services.figures import fold_changes
from tests.factories.cohorts import NOMINATED, accepted, nominated, op_aware, rated, supervisor
from tests.factories.crimes import CrimeFactory
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db

AWARE = "/cohorts/op-aware/"
JANUARY = date(2023, 1, 1)


@pytest.fixture
def officer(sign_in):
    return sign_in("act-officer")


@pytest.fixture
def boss(sign_in):
    return sign_in("act-supervisor")


@pytest.fixture
def in_february():
    """1 February 2023: a review of red, from 10 January, is overdue since the 17th."""
    with time_machine.travel(datetime(2023, 2, 1, 10, 0, tzinfo=UTC), tick=False):
        yield


def day(day="10", month="1", year="2023"):
    return {"on_day": day, "on_month": month, "on_year": year}


def step(browser, member, name, **payload):
    member.refresh_from_db()
    said = {"reason": "As the panel said", "version": member.version, **day(), **payload}
    return browser.post(f"/cohorts/members/{member.pk}/{name}/", said, follow=True)


def test_officer_nominates_from_the_page_of_a_nominal(officer):
    nominal = NominalFactory.create()
    page = officer.get(f"/nominals/{nominal.pk}/")
    assert f"/cohorts/nominate/?nominal={nominal.ref}" in page.text
    payload = {"nominal": nominal.ref, "cohort": "op-aware", "reason": "Prolific", **day()}
    response = officer.post("/cohorts/nominate/", payload, follow=True)
    assert "Nominated." in response.text
    assert Membership.objects.get().state == "nominated"


def test_form_offers_acceptance_to_supervisors_alone(officer, boss):
    assert "Accept at once" not in officer.get("/cohorts/nominate/").text
    assert "Accept at once" in boss.get("/cohorts/nominate/").text


def test_known_offender_outside_is_promoted_in_one_step(boss):
    nominal = NominalFactory.create()
    Typology.objects.create(nominal=nominal, kind="burglar")
    page = boss.get(AWARE)
    assert page.context["outside"] == [nominal]
    assert f"/cohorts/nominate/?cohort=op-aware&amp;nominal={nominal.ref}" in page.text
    payload = {"nominal": nominal.ref, "cohort": "op-aware", "reason": "x", "category": "fixed"}
    boss.post("/cohorts/nominate/", payload | day())
    assert Membership.objects.get().state == "accepted"
    assert boss.get(AWARE).context["outside"] == []


def test_life_of_a_member(boss):
    member = nominated()
    step(boss, member, "accepted", category="fixed")
    step(boss, member, "reviewed", rag="amber")
    step(boss, member, "suspended")
    step(boss, member, "checked")
    step(boss, member, "resumed", rag="green")
    page = step(boss, member, "de-selected", exit="not-offending")
    assert "No offending for six months or more" in page.text
    assert member.steps.count() == 7
    text = boss.get(f"/nominals/{member.nominal_id}/").text
    assert "Op Aware: de-selected" in text


def test_exit_without_a_reason_is_refused_and_keeps_what_was_typed(boss):
    member = rated()
    response = step(boss, member, "de-selected", reason="Kept what I typed")
    assert "exit" in response.context["form"].errors
    assert "Kept what I typed" in response.text
    assert Membership.objects.get().state == "active"


def test_stale_page_tells_both_values(boss):
    member = rated()
    suspend(by=boss.user, member=member, reason="In custody", on=NOMINATED)
    said = {"reason": "x", "version": member.version, "exit": "moved", **day()}
    response = boss.post(f"/cohorts/members/{member.pk}/de-selected/", said)
    assert "Somebody else changed this record" in response.text


def test_officer_sees_no_decision_of_the_panel(officer):
    member = rated()
    page = officer.get(f"/cohorts/members/{member.pk}/")
    assert [found.step for found in page.context["open"]] == ["suspended"]
    assert officer.get(f"/cohorts/members/{member.pk}/reviewed/").status_code == 403


def test_unknown_step_is_404(boss):
    assert boss.get(f"/cohorts/members/{rated().pk}/nonsense/").status_code == 404


def test_cohort_shows_rag_owner_and_overdue(officer, in_february):
    member = rated()
    page = officer.get(AWARE)
    assert "Red" in page.text
    assert str(member.nominal.lead_officer) in page.text
    assert page.context["overdue"] == 1
    assert officer.get("/cohorts/").context["object_list"][0].overdue == 1


def test_cohort_leaves_one_look_that_names_everybody(officer):
    member = rated()
    officer.get(AWARE)
    look = AuditEvent.objects.get(action="nominal.viewed")
    assert look.detail == {"cohort op-aware": [member.nominal_id]}


def test_flow_and_dwell(in_february):
    rated()
    deselect(by=supervisor(), member=rated(), why="moved", reason="x", on=date(2023, 1, 20))
    nominated()  # neither in nor out
    flow = {row.month: (row.joined, row.left) for row in flow_of(op_aware(), date(2023, 2, 1))}
    assert len(flow) == 12
    assert flow[JANUARY] == (2, 1)
    dwell = dwell_of(op_aware(), date(2023, 2, 1))
    assert (dwell.inside, dwell.left) == (22, 10)


def test_nominal_says_that_the_review_is_late(officer, in_february):
    page = officer.get(f"/nominals/{rated().nominal_id}/")
    assert "A review was due on 17 January 2023" in page.text


def test_handover_from_a_leaver(boss, officer):
    gone = UserFactory.create(roles=["act-officer"])
    nominal = NominalFactory.create(lead_officer=gone)
    assert boss.get("/cohorts/without-officer/").context["rows"] == []
    gone.is_active = False
    gone.save()
    assert boss.get("/cohorts/without-officer/").context["rows"] == [nominal]
    assert "has left" in boss.get(f"/nominals/{nominal.pk}/").text
    url = f"/nominals/{nominal.pk}/handover/"
    assert officer.get(url).status_code == 403
    payload = {"lead_officer": officer.user.pk, "reason": "Left the force", "version": 1}
    boss.post(url, payload)
    assert Handover.objects.get().lead == officer.user
    assert boss.get("/cohorts/without-officer/").context["rows"] == []


def test_everybody_a_leaver_led_is_handed_over_in_one_go(boss, officer):
    gone = UserFactory.create(roles=["act-officer"], is_active=False)
    nominals = [NominalFactory.create(lead_officer=gone) for _ in range(3)]
    assert "Hand over several" in boss.get("/cohorts/without-officer/").text
    assert "Hand over several" not in officer.get("/cohorts/without-officer/").text
    url = "/cohorts/without-officer/handover/"
    assert boss.get(url).text.count(" checked") == 3
    chosen = [nominal.pk for nominal in nominals[:2]]
    said = {"nominals": chosen, "lead_officer": officer.user.pk, "reason": "Left"}
    page = boss.post(url, said, follow=True)
    assert "2 of 2 handed over." in page.text
    assert [row.pk for row in page.context["rows"]] == [nominals[2].pk]


def test_supervisor_makes_a_cohort(boss, officer):
    assert "Make a cohort" not in officer.get("/cohorts/").text
    assert "Make a cohort" in boss.get("/cohorts/").text
    opened = {"opened_on_day": "1", "opened_on_month": "2", "opened_on_year": "2023"}
    page = boss.post(
        "/cohorts/new/", {"name": "Op Lantern", "purpose": "Cycles"} | opened, follow=True
    )
    assert "Nominate who belongs to it" in page.text
    assert "Op Lantern" in officer.get("/cohorts/nominate/").text
    page = boss.post("/cohorts/new/", {"name": "op aware", "purpose": "Kept what I typed"} | opened)
    assert "There is a cohort of this name already." in page.text
    assert "Kept what I typed" in page.text


def _closing(**changes):
    return {"reason": "Its work is done", "version": 1, **day("1", "2"), **changes}


def test_supervisor_renames_a_cohort(boss, officer):
    assert "cohorts/op-aware/edit/" not in officer.get(AWARE).text
    said = {"name": "Op Awake", "purpose": "Who offends most", "version": 1}
    page = boss.post(f"{AWARE}edit/", said, follow=True)
    assert page.request["PATH_INFO"] == AWARE
    assert "Op Awake" in page.text
    page = boss.post(f"{AWARE}edit/", said | {"name": "Op Asleep"})
    assert "Somebody else changed this record" in page.text
    assert "Op Asleep" in page.text


def test_supervisor_closes_a_cohort_with_everybody_in_it(boss, in_february):
    inside, waits = rated(), nominated()
    page = boss.get(f"{AWARE}close/").text
    assert "End 1 membership and decline 1 nomination, with this reason and day" in page
    assert str(inside.nominal) in page
    page = boss.post(f"{AWARE}close/", _closing())
    assert "Tick the box to let them go with it" in page.text
    assert "Its work is done" in page.text
    page = boss.post(f"{AWARE}close/", _closing(ends_memberships="on"), follow=True)
    assert "Closed on 1 February 2023: Its work is done" in page.text
    assert "Nominate somebody" not in page.text
    assert "The cohort was closed" in boss.get(f"/cohorts/members/{inside.pk}/").text
    assert "Declined" in boss.get(f"/cohorts/members/{waits.pk}/").text
    assert "Op Aware</option>" not in boss.get("/cohorts/nominate/").text


def test_closing_asks_nothing_about_members_where_there_are_none(boss):
    page = boss.get(f"{AWARE}close/").text
    assert "Nobody is in this cohort" in page
    assert "ends_memberships" not in page


def test_end_of_the_cohort_is_no_choice_for_one_member(boss):
    assert (
        "The cohort was closed" not in boss.get(f"/cohorts/members/{rated().pk}/de-selected/").text
    )


def test_my_work_is_overdue_first_in_working_days(officer, in_february):
    late = rated("red", nominal=NominalFactory.create(lead_officer=officer.user))
    later = rated("green", nominal=NominalFactory.create(lead_officer=officer.user))
    rated("red")  # of somebody else
    page = officer.get("/my-work/")
    tasks = page.context["tasks"]
    assert [task.due.nominal for task in tasks] == [late.nominal, later.nominal]
    assert [task.words for task in tasks] == ["11 working days late", "In 4 working days"]
    assert "11 working days late" in officer.get("/").text


def test_rows_of_work_and_of_a_cohort_stack_on_a_phone(officer, in_february):
    rated("red", nominal=NominalFactory.create(lead_officer=officer.user))
    for page, column in (("/my-work/", "What"), (AWARE, "Next review"), ("/nominals/", "Priority")):
        text = officer.get(page).text
        assert "app-stack" in text, page
        assert f'data-label="{column}"' in text


def test_what_was_due_on_the_last_working_day_is_late_since_then():
    due = Due(date(2021, 2, 12), "Review", None, None, "/")
    on_saturday = Task(due, datetime(2021, 2, 13, 12, 0, tzinfo=UTC))
    assert on_saturday.words == "Late since Friday"


def test_team_is_those_of_the_same_unit(officer, in_february):
    officer.user.unit_id = "cambridge"
    officer.user.save()
    colleague = UserFactory.create(roles=["act-officer"], unit_id="cambridge")
    rated(nominal=NominalFactory.create(lead_officer=colleague))
    rated()
    assert officer.get("/my-work/").context["tasks"] == []
    assert len(officer.get("/my-work/?whose=team").context["tasks"]) == 1


def test_pages_keep_their_queries_however_many_members(officer, django_assert_num_queries):
    pages = [AWARE, "/cohorts/", "/my-work/"]
    rated(nominal=NominalFactory.create(lead_officer=officer.user))
    before = []
    for page in pages:
        with CaptureQueriesContext(connection) as few:
            officer.get(page)
        before.append(len(few))
    for _ in range(5):
        rated(nominal=NominalFactory.create(lead_officer=officer.user))
    for page, queries in zip(pages, before, strict=True):
        with django_assert_num_queries(queries):
            officer.get(page)


def figure(slug, unit):
    fold_changes()
    found = Figure.objects.filter(indicator=slug, unit=unit, month=JANUARY).first()
    return (found.numerator, found.denominator) if found else None


def test_cohort_reaches_the_board_at_the_end_of_the_month(sign_in):
    nominal = NominalFactory.create(unit_id="cambridge")
    member = rated("red", nominal=nominal)
    accepted()
    left = rated("red", nominal=NominalFactory.create(unit_id="cambridge"))
    deselect(by=supervisor(), member=left, why="moved", reason="x", on=date(2023, 1, 20))
    CrimeFactory.create(recorded_at=datetime(2023, 1, 31, 12, 0, tzinfo=UTC))
    assert figure("cohort-size", "cambridge")[0] == 1
    assert figure("cohort-size", "force")[0] == 2
    assert figure("cohort-reviews-overdue", "force") == (2, 2)
    analyst = sign_in("analyst")
    url = "/indicators/cohort-size/rows/?part=numerator&month=2023-01&unit=cambridge&period=month"
    page = analyst.get(url)
    assert page.context["found"] == 1
    assert str(member.nominal) not in page.text
    board = analyst.get("/boards/offender-management/?month=2023-01&unit=force")
    assert "In a cohort" in board.text
