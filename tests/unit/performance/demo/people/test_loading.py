"""The people of the demonstration, loaded for crimes of one burglary and one theft."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from django.utils.timezone import localdate

from core.models import Approval, AuditEvent, User
from core.policies import can_decide
from core.services.demo_accounts import make_demo_accounts
from offenders.bail.periods import alert, ends_on
from offenders.models import (
    Arrest,
    Bail,
    Condition,
    Conviction,
    CustodyEvent,
    Detention,
    Disposal,
    Membership,
    Nominal,
    NominalGroup,
    Outcome,
    Priority,
    RemandApplication,
    RetentionHold,
    RetentionReview,
    TagDeployment,
    TagUnit,
)
from offenders.models.scope import barred_from
from offenders.models.tag import TagState
from offenders.policies.custody import State, can_log, state_of
from offenders.selectors.break_glass import waiting_for_review
from offenders.selectors.custody import Custody, about, detentions, entries_of
from performance.demo.people import names
from performance.demo.people.loading import load_people
from performance.demo.people.nominals import SIZE
from performance.demo.people.officers import OFFICERS
from performance.demo.people.retention import OFFENCES as OLD
from performance.demo.people.tags import SUSPECTS
from performance.selectors.tag_effect import effect_of
from tests.factories.crimes import CrimeFactory
from tests.factories.outcomes import OutcomeFactory

pytestmark = pytest.mark.django_db
RESPONSIBLE = 10  # years: Children and Young Persons Act 1933 s.50


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def people(now):
    return load_people(now=now)


def test_people_loaded_again_change_nothing(people, now):
    counted = [model.objects.count() for model in (Nominal, Arrest, CustodyEvent, AuditEvent, User)]
    assert set(load_people(now=now).values()) == {0}
    again = [model.objects.count() for model in (Nominal, Arrest, CustodyEvent, AuditEvent, User)]
    assert again == counted


def test_people_have_owners_of_their_area(people):
    assert people["nominals"] == SIZE == Nominal.objects.count() - len(OLD)
    assert set(Nominal.objects.values_list("unit", flat=True)) == {"north", "south"}
    for one in Nominal.objects.select_related("lead_officer"):
        assert one.lead_officer.unit_id == one.unit_id
        assert not one.lead_officer.has_usable_password()
    assert User.objects.filter(username__startswith="demo-").count() == len(OFFICERS)


def test_who_signs_in_for_a_look_finds_nominals_of_their_own(now, settings):
    settings.DEMO = True
    make_demo_accounts()
    load_people(now=now)
    officer = User.objects.get(username="act-officer")
    assert officer.unit_id == "south"
    assert officer.has_usable_password()
    assert Nominal.objects.filter(lead_officer=officer).exists()
    assert not User.objects.filter(username="demo-south-1").exists()


def test_people_have_invented_names(people):
    built = {head + tail for head in names.HEADS for tail in names.TAILS}
    surnames = list(Nominal.objects.values_list("surname", flat=True))
    assert set(surnames) <= built
    assert len(set(surnames)) == SIZE + len(OLD)


def test_people_are_old_enough_to_be_arrested(people):
    ages = [
        one.nominal.age_on(one.arrested_at.date()) or 0
        for one in Arrest.objects.select_related("nominal")
    ]
    assert min(ages) >= RESPONSIBLE
    children = Detention.objects.exclude(appropriate_adult="").select_related("arrest__nominal")
    assert any(one.arrest.nominal.is_child for one in children.filter(ended_at=None))


def test_custody_is_alive_on_the_day_of_the_load(people, now):
    held = [Custody(one, now) for one in detentions().filter(ended_at=None)]
    assert len(held) == people["in custody"] == 5
    assert {one.state for one in held} == {State.ARRIVED, State.HELD, State.HOSPITAL}
    assert len({one.clock.reviews_done for one in held}) == 3
    for one in held:
        assert now - timedelta(hours=20) < one.detention.arrest.arrested_at < now
        assert one.clock.limit_at is None or one.clock.limit_at > now


def test_every_log_is_one_that_the_desk_would_have_taken(people, now):
    for detention in detentions():
        log = entries_of(detention)
        for place, entry in enumerate(log):
            assert can_log(entry, log[:place], about(detention), now), (detention, entry)
        if detention.ended_at:
            assert state_of(log) in {State.ENDED, State.ON_BAIL}


def test_a_charge_is_the_outcome_of_its_crime(now):
    crime = CrimeFactory.create(
        offence_id="28E",
        district_id="fenland",
        recorded_at=datetime(2020, 3, 2, 9, tzinfo=UTC),
    )
    at = datetime(2020, 3, 9, 14, tzinfo=UTC)
    OutcomeFactory.create(crime=crime, outcome_at=at)
    load_people(now=now)
    arrest = crime.arrests.get().arrest
    assert arrest.detention.entries.get(kind="charged").at == at
    assert arrest.detention.result.startswith("charged")
    assert arrest.nominal.unit_id == "north"


def test_priorities_are_decided_by_the_lead_officer(people):
    for one in Priority.objects.select_related("nominal"):
        assert one.decided_by_id == one.nominal.lead_officer_id


def test_the_cohort_has_its_steps_and_reviews(people):
    inside = Membership.objects.inside()
    assert inside.count() + Membership.objects.filter(state="nominated").count() == 55
    for one in inside.prefetch_related("steps", "reviews"):
        assert [step.step for step in one.steps.all()] == ["nominated", "accepted", "reviewed"]
        assert [review.done_on is None for review in one.reviews.all()] == [False, True]


def test_convictions_have_their_sentences(people):
    given = Conviction.objects.exclude(nominal__ref__startswith="DEMOX")  # old records to review
    assert given.values("nominal").distinct().count() == people["convictions"]
    assert not given.filter(sentences=None).exists()


def test_bail_is_of_the_law_of_its_arrest(people, now):
    assert Bail.objects.count() == people["on bail before charge"]
    for bail in Bail.objects.select_related("arrest"):
        bail.full_clean()
        last = ends_on(bail.arrest.arrested_at, bail.step, suspended=bail.suspended_days)
        assert bail.ends_on == last
    running = Bail.objects.running()
    assert {alert(bail.ends_on, localdate(now)) for bail in running} >= {7, 14, None}


def test_every_remand_application_has_its_grounds(people):
    assert RemandApplication.objects.count() == people["remand applications"]
    for application in RemandApplication.objects.all():
        application.full_clean()
    assert RemandApplication.objects.filter(result="").count() == 2


def _crimes_of(area: str, code: str | None) -> None:
    """Of each offence one, with the outcome three weeks after it was recorded."""
    for place in range(4):
        at = datetime(2020, 3, 2 + place, 9, tzinfo=UTC)
        crime = CrimeFactory.create(offence_id="28E", district_id=area, recorded_at=at)
        if code:
            OutcomeFactory.create(crime=crime, code_id=code, outcome_at=at + timedelta(days=60))


def test_disposals_are_of_crimes_that_have_the_outcome(now):
    for district in ("fenland", "cambridge"):
        for code in ("3", "8", "22", None):
            _crimes_of(district, code)
    outcomes = set(Outcome.objects.values_list("pk", flat=True))
    load_people(now=now)
    assert set(Outcome.objects.values_list("pk", flat=True)) == outcomes
    states = set(Disposal.objects.values_list("state", flat=True))
    assert states >= {"offered", "running", "breached", "completed", "prosecuted"}
    for disposal in Disposal.objects.prefetch_related("crime_links__outcome"):
        disposal.full_clean()
        for link in disposal.crime_links.all():
            wanted = disposal.type.outcome_id if disposal.tier and link.outcome else None
            assert wanted == (link.outcome.code_id if link.outcome else None)
    assert set(Condition.objects.values_list("state", flat=True)) == {
        "pending", "met", "failed", "varied",
    }  # fmt: skip


def test_suspects_of_chartwell_were_tagged_and_two_are_now(people):
    group = NominalGroup.objects.get(name="Op Chartwell")
    suspects = group.members.values("nominal")
    assert TagDeployment.objects.filter(nominal__in=suspects).count() == people["tags"] == 7
    assert TagDeployment.objects.filter(state=TagState.WORN).count() == 2
    assert TagUnit.objects.filter(status="fitted").count() == 2


def test_suspects_of_chartwell_are_recorded_for_nothing_since(people):
    group = NominalGroup.objects.get(name="Op Chartwell")
    worn = Nominal.objects.for_service().filter(pk__in=group.members.values("nominal"))
    found = effect_of(worn)
    assert len(found.people) == SUSPECTS
    assert found.answer.startswith("No further recorded offences since fitting")


def test_old_records_wait_for_their_review(people):
    due = RetentionReview.objects.filter(state="due", nominal__ref__startswith="DEMOX")
    assert sorted(due.values_list("group", flat=True)) == [2, 3, 4]
    assert people["reviews due"] >= len(OLD)
    assert RetentionHold.objects.live().count() == 1


def test_an_officer_of_south_meets_a_mask_and_two_who_are_not_there(now, settings):
    settings.DEMO = True
    make_demo_accounts()
    load_people(now=now)
    officer = User.objects.get(username="act-officer")
    supervisor = User.objects.get(username="act-supervisor")
    kept = barred_from(officer)
    assert (len(kept.masked), len(kept.hidden), len(kept.excluded)) == (1, 1, 1)
    assert list(barred_from(supervisor).masked) == list(kept.masked)
    assert not barred_from(supervisor).gone
    waiting = Approval.objects.open().get()
    assert can_decide(supervisor, waiting)
    auditor = User.objects.get(username="auditor")
    assert waiting_for_review(auditor).get().by == supervisor
