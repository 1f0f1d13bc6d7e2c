from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import settings
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule
from hypothesis.strategies import sampled_from

from core.models import AuditEvent
from core.states import StepError
from offenders.models import TagDeployment, TagUnit
from offenders.models.tag import ON_PERSON, OVER, Basis, EndReason
from offenders.policies.tags import Refusal
from offenders.services import tag_stock, tag_watch, tags
from offenders.services.custody import RefusedError
from tests.factories.nominals import NominalFactory
from tests.factories.tags import (
    CONSENTED,
    FITTED,
    REQUESTED,
    TagFactory,
    TagUnitFactory,
    consented,
    worn,
)
from tests.factories.users import UserFactory

pytestmark = pytest.mark.django_db
LATER = FITTED + timedelta(days=30)


@pytest.fixture
def officer():
    return UserFactory.create(roles=["act-officer"])


def ask(officer, **facts):
    said: dict[str, Any] = {"basis": "voluntary", "why": "Invented", "at": REQUESTED} | facts
    nominal = said.pop("nominal", None) or NominalFactory.create(unit_id="north")
    return tags.request_tag(by=officer, nominal=nominal, **said)


def ordered(officer):
    tag = ask(officer, basis="court-bail", basis_note="Invented Court")
    return tags.record_order(by=officer, tag=tag, at=CONSENTED, note="Invented Court, 5 January")


def refused(reason):
    """Expects the refusal with this reason and its sentence."""
    return pytest.raises(RefusedError, match=str(reason.label).split("(")[0][:40])


def test_whole_life_of_a_tag_is_kept_step_by_step(officer):
    tag = worn(by=officer)
    assert tag.device is not None
    assert (tag.state, tag.device.status, tag.area_id) == ("worn", "fitted", "north")
    done = tags.remove(by=officer, tag=tag, at=LATER, reason="end-date", unit_becomes="repair")
    assert (done.state, done.days_worn, TagUnit.objects.get().status) == ("removed", 30, "repair")
    titles = [step.title.split(":")[0] for step in done.steps.all()]
    assert titles == ["Requested", "Consent given", "Fitted", "Removed"]
    assert AuditEvent.objects.filter(target_type="offenders.tagdeployment").count() == 4


def test_tag_without_a_basis_is_refused(officer):
    with refused(Refusal.NO_BASIS):
        ask(officer, basis="")


def test_police_bail_needs_a_note_beside_the_consent(officer):
    with refused(Refusal.BASIS_NOTE):
        ask(officer, basis="police-bail", basis_note=" ")


def test_second_live_tag_is_refused(officer):
    first = ask(officer)
    with pytest.raises(ValidationError, match="has a tag already"):
        ask(officer, nominal=first.nominal)


def test_person_may_be_tagged_again_once_the_first_is_off(officer):
    tag = worn(by=officer)
    tags.remove(by=officer, tag=tag, at=LATER, reason="end-date")
    assert ask(officer, nominal=tag.nominal, at=LATER).state == "requested"


def test_request_in_the_future_is_refused(officer):
    with refused(Refusal.FUTURE):
        ask(officer, at=timezone.now() + timedelta(hours=1))


def test_consent_dated_after_the_fitting_is_refused(officer):
    tag, device = consented(by=officer), TagUnitFactory.create()
    with refused(Refusal.CONSENT_LATE):
        tags.fit(by=officer, tag=tag, device=device, at=CONSENTED - timedelta(minutes=1))
    assert TagUnit.objects.get().status == "stock"


def test_fitting_without_consent_is_refused(officer):
    with pytest.raises(StepError, match="requested: it cannot be fitted"):
        tags.fit(by=officer, tag=ask(officer), device=TagUnitFactory.create(), at=FITTED)


def test_fitting_by_order_needs_no_consent(officer):
    done = tags.fit(by=officer, tag=ordered(officer), device=TagUnitFactory.create(), at=FITTED)
    assert (done.state, done.consented_at) == ("worn", None)


def test_order_needs_its_court(officer):
    tag = ask(officer, basis="licence")
    with refused(Refusal.ORDER_NOTE):
        tags.record_order(by=officer, tag=tag, at=CONSENTED, note=" ")


def test_consent_and_order_are_not_mixed(officer):
    with refused(Refusal.BY_ORDER):
        tags.record_consent(
            by=officer, tag=ask(officer, basis="licence"), at=CONSENTED, note="Signed"
        )
    with refused(Refusal.BY_CONSENT):
        tags.record_order(by=officer, tag=ask(officer), at=CONSENTED, note="Court")
    with refused(Refusal.BY_ORDER):
        tags.withdraw_consent(by=officer, tag=ordered(officer), at=LATER)


@pytest.mark.parametrize("status", ["repair", "fitted"])
def test_unit_that_is_not_in_stock_is_not_fitted(officer, status):
    device = TagUnitFactory.create(status=status)
    with refused(Refusal.NOT_IN_STOCK) as found:
        tags.fit(by=officer, tag=consented(by=officer), device=device, at=FITTED)
    assert list(found.value.error_dict) == ["device"]


def test_step_before_an_earlier_one_is_refused(officer):
    with refused(Refusal.OUT_OF_ORDER):
        tags.remove(
            by=officer, tag=worn(by=officer), at=FITTED - timedelta(days=1), reason="end-date"
        )


def test_withdrawal_before_the_fitting_closes_the_request(officer):
    done = tags.withdraw_consent(by=officer, tag=consented(by=officer), at=FITTED)
    assert (done.state, done.end_reason, done.ended_at) == ("closed", "withdrawn", FITTED)


def test_withdrawal_ends_the_watching_and_is_never_a_breach(officer):
    tag = tags.withdraw_consent(by=officer, tag=worn(by=officer), at=LATER, note="Rang in")
    assert (tag.state, tag.end_reason) == ("removal-due", "withdrawn")
    with refused(Refusal.WITHDRAWN):
        tag_watch.raise_alert(by=officer, tag=tag, kind="strap", at=LATER)
    with refused(Refusal.NO_BREACH):
        tags.remove(by=officer, tag=tag, at=LATER, reason="breached")
    done = tags.remove(by=officer, tag=tag, at=LATER, reason="withdrawn")
    assert (done.state, done.end_reason) == ("removed", "withdrawn")


def test_consent_that_nobody_gave_is_not_withdrawn(officer):
    with refused(Refusal.NOT_CONSENTED):
        tags.withdraw_consent(by=officer, tag=ask(officer), at=FITTED)


def test_consent_is_withdrawn_once(officer):
    tag = tags.withdraw_consent(by=officer, tag=worn(by=officer), at=LATER)
    with refused(Refusal.WITHDRAWN):
        tags.withdraw_consent(by=officer, tag=tag, at=LATER)


def test_removal_because_of_a_withdrawal_asks_for_the_withdrawal(officer):
    with refused(Refusal.SAY_WITHDRAWN):
        tags.remove(by=officer, tag=worn(by=officer), at=LATER, reason="withdrawn")


def test_booking_may_lie_ahead_and_be_moved(officer):
    tag, soon = consented(by=officer), timezone.now() + timedelta(days=2)
    tags.book_fit(by=officer, tag=tag, at=soon)
    done = tags.book_fit(by=officer, tag=tag, at=soon + timedelta(days=1))
    assert (done.state, done.fit_booked_for) == ("booked", soon + timedelta(days=1))


@pytest.mark.parametrize("step", [tags.suspend, tags.report_fault, tags.report_not_complied])
def test_tag_that_stands_still_is_resumed(officer, step):
    tag = step(by=officer, tag=worn(by=officer), at=LATER, note="Funeral")
    with pytest.raises(StepError):
        step(by=officer, tag=tag, at=LATER, note="Again")
    assert tags.resume(by=officer, tag=tag, at=LATER).state == "worn"


def test_check_alert_and_chronology(officer):
    tag = worn(by=officer)
    tag_watch.check(by=officer, tag=tag, at=LATER, result="good", battery=80)
    alert = tag_watch.raise_alert(by=officer, tag=tag, kind="strap", at=LATER)
    assert alert.due_at == LATER + timedelta(minutes=15)
    tag_watch.add_to_alert(by=officer, alert=alert, at=LATER, text="Rang the wearer")
    done = tag_watch.close_alert(by=officer, alert=alert, result="false", reason="Shower")
    assert [entry.text for entry in done.entries.all()] == ["Rang the wearer", "False alarm"]
    with refused(Refusal.ALERT_CLOSED):
        tag_watch.close_alert(by=officer, alert=done, result="true", reason="Again")


def test_false_alarm_needs_its_reason(officer):
    alert = tag_watch.raise_alert(by=officer, tag=worn(by=officer), kind="zone", at=LATER)
    with refused(Refusal.FALSE_WHY):
        tag_watch.close_alert(by=officer, alert=alert, result="false", reason=" ")


def test_nothing_is_watched_before_the_fitting(officer):
    with refused(Refusal.NOT_WORN):
        tag_watch.check(by=officer, tag=consented(by=officer), at=LATER, result="good")
    with refused(Refusal.BEFORE_FITTING):
        tag_watch.check(by=officer, tag=worn(by=officer), at=CONSENTED, result="good")


def test_condition_needs_its_timetable(officer):
    facts: dict[str, Any] = {"kind": "curfew", "place": "Home", "starts": "19:00", "ends": "07:00"}
    tag = worn(by=officer)
    with pytest.raises(ValidationError, match="weekdays"):
        tag_watch.add_condition(by=officer, tag=tag, weekdays=[], **facts)
    made = tag_watch.add_condition(by=officer, tag=tag, weekdays=[5, 6], **facts)
    made.refresh_from_db()
    assert made.timetable == "Saturday, Sunday, 19:00 to 07:00 the next day"


def test_unit_is_moved_lost_and_found(officer):
    unit = TagUnitFactory.create()
    lost = tag_stock.change_unit(by=officer, unit=unit, version=1, area_id="south", status="lost")
    assert (lost.area_id, lost.until) == ("south", timezone.localdate())
    found = tag_stock.change_unit(by=officer, unit=unit, version=None, status="stock")
    assert found.until is None


def test_unit_on_somebody_keeps_its_status(officer):
    tag = worn(by=officer)
    assert tag.device is not None
    with refused(Refusal.ON_SOMEBODY):
        tag_stock.change_unit(by=officer, unit=tag.device, version=None, status="retired")
    spare = TagUnitFactory.create()
    with refused(Refusal.FITTED_BY_HAND):
        tag_stock.change_unit(by=officer, unit=spare, version=None, status="fitted")


def test_nobody_without_the_permission_does_anything():
    viewer, tag = UserFactory.create(roles=["analyst"]), worn()
    for attempt in (
        lambda: ask(viewer),
        lambda: tags.suspend(by=viewer, tag=tag, at=LATER, note="x"),
        lambda: tag_watch.raise_alert(by=viewer, tag=tag, kind="zone", at=LATER),
        lambda: tag_stock.add_unit(by=viewer, serial="X", area_id="north"),
        lambda: tag_stock.make_group(by=viewer, name="X"),
    ):
        with pytest.raises(PermissionDenied):
            attempt()


@pytest.mark.parametrize(
    ("name", "facts"),
    [
        ("tag_on_police_bail_has_a_note", {"basis": "police-bail"}),
        ("tag_fitted_by_consent_or_order", {"consented_at": None}),
        ("tag_fitted_by_consent_or_order", {"consented_at": FITTED + timedelta(seconds=1)}),
        ("tag_fitted_by_consent_or_order", {"basis": "licence", "basis_note": "x"}),
        ("tag_fitted_is_a_unit", {"device": None}),
        ("tag_withdrawn_after_consent", {"withdrawn_at": REQUESTED, "end_reason": "withdrawn"}),
        ("tag_withdrawal_is_no_breach", {"withdrawn_at": LATER, "end_reason": "breached"}),
        ("tag_ends_at_a_time", {"state": "removed"}),
        ("tag_ends_with_a_reason", {"state": "removed", "ended_at": LATER}),
        (
            "tag_removed_after_fitting",
            {"state": "removed", "ended_at": CONSENTED, "end_reason": "end-date"},
        ),
    ],
)
def test_database_refuses_by_itself(name, facts):
    tag = worn()
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        TagDeployment.objects.filter(pk=tag.pk).update(**facts)


def test_database_takes_no_tag_without_a_basis():
    with pytest.raises(IntegrityError, match="tag_has_a_basis"), transaction.atomic():
        TagFactory.create(basis="")


@pytest.mark.parametrize("shared", ["nominal", "device"])
def test_database_lets_one_tag_be_on_one_person(shared):
    first, second = worn(), worn()
    value = getattr(first, shared)
    with pytest.raises(IntegrityError, match="tag_one_"), transaction.atomic():
        TagDeployment.objects.filter(pk=second.pk).update(**{shared: value})


class Life(RuleBasedStateMachine):
    """Whatever is tried in whatever order, what the law asks for holds."""

    def __init__(self) -> None:
        super().__init__()
        self.officer = UserFactory.create(roles=["act-officer"])
        self.nominal = NominalFactory.create()
        self.unit = TagUnitFactory.create()
        self.at = REQUESTED
        self.tag: TagDeployment | None = None

    def attempt(self, service: Any, **facts: Any) -> None:
        self.at += timedelta(hours=1)
        try:
            with transaction.atomic():
                self.tag = service(by=self.officer, at=self.at, **facts)
        except ValidationError:
            pass

    @rule(basis=sampled_from(Basis.values), note=sampled_from(["", "Invented Court"]))
    def ask(self, basis: str, note: str) -> None:
        self.attempt(
            tags.request_tag, nominal=self.nominal, basis=basis, why="Invented", basis_note=note
        )

    @rule(
        service=sampled_from(
            [
                tags.record_consent,
                tags.record_order,
                tags.withdraw_consent,
                tags.book_fit,
                tags.suspend,
                tags.report_fault,
                tags.resume,
                tags.ask_for_removal,
            ]
        )
    )
    def step(self, service: Any) -> None:
        if self.tag:
            self.attempt(service, tag=self.tag, note="Invented")

    @rule()
    def fit(self) -> None:
        if self.tag:
            self.attempt(tags.fit, tag=self.tag, device=self.unit)

    @rule(
        service=sampled_from([tags.remove, tags.close_request]), why=sampled_from(EndReason.values)
    )
    def end(self, service: Any, why: str) -> None:
        if self.tag:
            self.attempt(service, tag=self.tag, reason=why, note="")

    @invariant()
    def one_tag_is_live_and_the_unit_follows_it(self) -> None:
        live = TagDeployment.objects.filter(nominal=self.nominal).exclude(state__in=OVER)
        is_on = any(tag.state in ON_PERSON for tag in live)
        assert len(live) <= 1
        assert TagUnit.objects.get(pk=self.unit.pk).status == ("fitted" if is_on else "stock")

    @invariant()
    def nobody_is_tagged_without_a_right(self) -> None:
        for tag in TagDeployment.objects.filter(nominal=self.nominal, fitted_at__isnull=False):
            right = tag.consented_at if tag.needs_consent else tag.ordered_at
            assert right is not None
            assert tag.fitted_at is not None
            assert right <= tag.fitted_at

    @invariant()
    def withdrawal_is_never_a_breach(self) -> None:
        withdrawn = TagDeployment.objects.filter(withdrawn_at__isnull=False)
        assert set(withdrawn.values_list("end_reason", flat=True)) <= {"withdrawn"}


Life.TestCase.settings = settings(max_examples=25, stateful_step_count=15, deadline=None)
TestLife = Life.TestCase


def test_times_typed_to_the_minute_are_in_order_within_it(officer):
    """Asked for at 40 seconds past; consent, fitting, a check and the removal are typed as the minute."""
    asked = REQUESTED + timedelta(seconds=40)
    tag = tags.record_consent(by=officer, tag=ask(officer, at=asked), at=REQUESTED, note="Signed")
    tag = tags.fit(by=officer, tag=tag, device=TagUnitFactory.create(), at=REQUESTED)
    assert tag.fitted_at == asked
    assert tag_watch.check(by=officer, tag=tag, at=REQUESTED, result="good").at == asked
    assert tags.remove(by=officer, tag=tag, at=REQUESTED, reason="end-date").ended_at == asked
