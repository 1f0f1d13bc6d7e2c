"""A supervisor opens one closed record for an hour, others are told, and somebody else reviews it."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.access.decision import NotAllowed
from core.dates import today
from core.models import AuditEvent, User
from core.workdays import working_days_between
from offenders.models import BreakGlass
from offenders.models.break_glass import HOUR, forget_open_glass
from offenders.policies.break_glass import Refusal
from offenders.selectors.break_glass import has_broken_glass
from offenders.services.break_glass import break_glass, end_glass, review_glass
from tests.factories.access import excluded, restricted
from tests.factories.break_glass import glass_of
from tests.factories.nominals import NominalFactory
from tests.factories.users import UserFactory
from tests.queries import queries_of

pytestmark = pytest.mark.django_db
NEW = "/break-glass/"
LONG_AGO = timedelta(hours=2)


@pytest.fixture
def supervisor(sign_in):
    browser = sign_in("act-supervisor")
    Authenticator.objects.create(user=browser.user, type="totp", data={"secret": "x"})
    return browser


@pytest.fixture
def nominal():
    return NominalFactory.create(lead_officer=UserFactory.create(roles=["act-officer"]))


def confirm(browser, *, method="mfa", ago=0, **more):
    """As allauth notes it once the second factor was asked for again."""
    session = browser.session
    record = {"method": method, "at": time.time() - ago, "reauthenticated": True} | more
    session["account_authentication_methods"] = [record]
    session["account_authentication_methods_user"] = str(browser.user.pk)
    session.save()


def said(nominal, **changes):
    return {"ref": nominal.ref, "reason": "Threat to life: address needed now", **changes}


def opened(browser, nominal):
    confirm(browser)
    answer = browser.post(NEW, said(nominal))
    assert answer.status_code == 302, answer.content
    return BreakGlass.objects.latest("pk")


def now_of(user):
    """As the next request would find it."""
    forget_open_glass(user)
    return user


def test_second_factor_is_asked_first_and_leads_back(supervisor, nominal):
    answer = supervisor.get(f"{NEW}?ref={nominal.ref}")
    assert answer.url.startswith("/accounts/2fa/reauthenticate/?next=%2Fbreak-glass%2F")
    confirm(supervisor)
    page = supervisor.get(f"{NEW}?ref={nominal.ref}")
    assert f'value="{nominal.ref}"' in page.text


def test_passkey_is_asked_where_that_is_the_second_factor(sign_in):
    browser = sign_in("act-supervisor")
    Authenticator.objects.create(user=browser.user, type="webauthn", data={})
    assert "/accounts/2fa/webauthn/reauthenticate/" in browser.get(NEW).url


@pytest.mark.parametrize(
    "record",
    [
        {"method": "password"},
        {"ago": 601},
        {"reauthenticated": False},  # it was asked for at the sign-in, not again
    ],
)
def test_nothing_opens_without_the_second_factor_just_now(supervisor, nominal, record):
    confirm(supervisor, **record)
    answer = supervisor.post(NEW, said(nominal))
    assert "Confirm again who you are" in answer.text
    assert "Threat to life" in answer.text  # nothing typed is lost
    assert not BreakGlass.objects.exists()


def test_one_confirmation_opens_one_record(supervisor, nominal):
    glass = opened(supervisor, nominal)
    supervisor.post(f"{NEW}{glass.pk}/end/")
    assert supervisor.get(NEW).status_code == 302  # asked again
    answer = supervisor.post(NEW, said(NominalFactory.create()))
    assert "Confirm again who you are" in answer.text
    assert BreakGlass.objects.count() == 1


def test_without_a_second_factor_nothing_opens(sign_in, nominal):
    browser = sign_in("act-supervisor")
    assert "your account has none" in browser.get(NEW).text
    confirm(browser, method="password")
    assert "Confirm again" in browser.post(NEW, said(nominal)).text
    assert not BreakGlass.objects.exists()


def test_in_a_demonstration_the_password_is_asked_again(sign_in, nominal, settings):
    settings.CONFIRM_BY_PASSWORD = True
    browser = sign_in("act-supervisor")
    assert browser.get(NEW).url.startswith("/accounts/reauthenticate/?next=")
    confirm(browser, method="password")
    assert browser.post(NEW, said(nominal)).status_code == 302


def test_password_is_not_enough_for_whoever_has_a_second_factor(supervisor, nominal, settings):
    settings.CONFIRM_BY_PASSWORD = True
    confirm(supervisor, method="password")
    assert "Confirm again" in supervisor.post(NEW, said(nominal)).text


def test_it_lasts_an_hour_for_one_nominal_and_is_in_the_log(supervisor, nominal):
    glass = opened(supervisor, nominal)
    assert glass.ends_at - glass.begun_at == HOUR
    assert working_days_between(today(), glass.review_due) == 3
    by = now_of(supervisor.user)
    assert has_broken_glass(by, nominal.pk)
    assert not has_broken_glass(by, NominalFactory.create().pk)
    row = AuditEvent.objects.get(action="glass.broken")
    assert (row.people, row.detail["reason"]) == ([nominal.pk], glass.reason)


def test_looks_in_an_emergency_have_it_as_their_purpose_and_ask_for_no_other(
    supervisor, nominal, settings
):
    settings.PURPOSE_NEEDED = ["view", "restricted"]
    restricted("masked", nominal)
    opened(supervisor, nominal)
    assert supervisor.get(f"/nominals/{nominal.pk}/").status_code == 200
    look = AuditEvent.objects.get(action="nominal.viewed")
    assert (look.purpose, look.purpose_ref) == ("task", "emergency access")


def test_banner_stands_on_every_page_until_it_is_ended(supervisor, nominal):
    glass = opened(supervisor, nominal)
    for page in ("/", "/crimes/", f"/nominals/{nominal.pk}/", "/no-such-page/"):
        text = supervisor.get(page).text
        assert "60 minutes left" in text or "59 minutes left" in text
        assert f"{NEW}{glass.pk}/end/" in text
    assert supervisor.post(f"{NEW}{glass.pk}/end/").status_code == 302
    assert "minutes left" not in supervisor.get("/").text
    assert not has_broken_glass(now_of(supervisor.user), nominal.pk)
    assert AuditEvent.objects.filter(action="glass.ended").count() == 1


def test_it_ends_by_itself(supervisor, nominal):
    glass_of(supervisor.user, nominal=nominal, ago=HOUR)
    assert "minutes left" not in supervisor.get("/").text
    assert not has_broken_glass(supervisor.user, nominal.pk)


def test_it_ends_with_the_role(supervisor, nominal):
    glass_of(supervisor.user, nominal=nominal)
    supervisor.user.grants.update(ended_at=timezone.now())
    former = type(supervisor.user).objects.get(pk=supervisor.user.pk)
    assert not has_broken_glass(former, nominal.pk)


def test_asking_often_costs_one_query(nominal, django_assert_num_queries):
    user = UserFactory.create(roles=["act-supervisor"])
    glass_of(user, nominal=nominal)
    assert user.permissions
    with django_assert_num_queries(1):
        assert [has_broken_glass(user, pk) for pk in (nominal.pk, 0, nominal.pk)] == [
            True,
            False,
            True,
        ]
    officer = UserFactory.create(roles=["act-officer"])
    assert officer.permissions
    with django_assert_num_queries(0):
        assert not has_broken_glass(officer, nominal.pk)


def test_second_record_waits_until_the_first_is_ended(supervisor, nominal):
    opened(supervisor, nominal)
    confirm(supervisor)
    answer = supervisor.post(NEW, said(NominalFactory.create()))
    assert "You have a record open already: end that first." in answer.text


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ({"reason": " "}, "Answer “Why do you need this record now?”"),
        ({"ref": "N999999"}, "There is no nominal with this reference."),
        ({"ref": ""}, "Enter a reference"),
    ],
)
def test_bad_input_is_told(supervisor, nominal, wrong, words):
    confirm(supervisor)
    assert words in supervisor.post(NEW, said(nominal, **wrong)).text
    assert not BreakGlass.objects.exists()


def test_only_supervisors_open(nominal):
    for role in ("act-officer", "analyst", "auditor", "administrator"):
        with pytest.raises(NotAllowed):
            break_glass(
                by=UserFactory.create(roles=[role]),
                ref=nominal.ref,
                reason="A reason",
                confirmed_at=timezone.now(),
            )


def test_lead_officer_and_auditor_are_told(supervisor, nominal, sign_in):
    lead = sign_in("act-officer")
    nominal.lead_officer = lead.user
    nominal.save()
    opened(supervisor, nominal)
    told = lead.get("/").text
    assert f"{supervisor.user} opened your nominal" in told
    assert "Threat to life" in told
    assert "opened your nominal" not in sign_in("act-officer").get("/").text
    assert "1 record open now" in sign_in("auditor").get("/").text


def test_another_person_reviews_it_once(supervisor, nominal, sign_in):
    glass = glass_of(supervisor.user, nominal=nominal, ago=LONG_AGO)
    AuditEvent.objects.create(
        action="nominal.viewed",
        actor=supervisor.user.username,
        people=[nominal.pk],
        at=glass.begun_at + timedelta(minutes=5),
    )
    path = f"{NEW}{glass.pk}/"
    other = sign_in("act-supervisor")
    assert "1 to review" in other.get("/").text
    page = other.get(path).text
    assert "Looked at a nominal" in page
    assert nominal.surname not in page
    assert "Answer “How do you know?”" in other.post(path, {"is_justified": "yes"}).text
    answer = other.post(path, {"is_justified": "no", "note": "Somebody cleared was on duty"})
    assert answer.status_code == 302
    glass.refresh_from_db()
    assert (glass.is_justified, glass.reviewed_by) == (False, other.user)
    assert AuditEvent.objects.get(action="glass.reviewed").detail["justified"] is False
    with pytest.raises(NotAllowed) as refusal:
        review_glass(
            by=UserFactory.create(roles=["auditor"]), glass=glass, is_justified=True, note="x"
        )
    assert refusal.value.reason is Refusal.REVIEWED


def test_auditor_may_review_and_sees_no_name(supervisor, nominal, sign_in):
    glass = glass_of(supervisor.user, nominal=nominal, ago=LONG_AGO)
    auditor = sign_in("auditor")
    assert nominal.ref in auditor.get(f"{NEW}all/").text
    answer = auditor.post(f"{NEW}{glass.pk}/", {"is_justified": "yes", "note": "Log 44 of the day"})
    assert answer.status_code == 302


def test_nobody_reviews_their_own_or_an_open_one(supervisor, nominal, sign_in):
    own = glass_of(supervisor.user, nominal=nominal, ago=LONG_AGO)
    still_open = glass_of(nominal=nominal)
    assert Refusal.OWN.label in supervisor.get(f"{NEW}{own.pk}/").text
    assert Refusal.OPEN.label in supervisor.get(f"{NEW}{still_open.pk}/").text
    for glass in (own, still_open):
        answer = supervisor.post(f"{NEW}{glass.pk}/", {"is_justified": "yes", "note": "Fine"})
        assert answer.status_code == 403


def test_overdue_review_is_shown(nominal, sign_in):
    glass_of(nominal=nominal, ago=timedelta(days=9), review_due=today() - timedelta(days=1))
    auditor = sign_in("auditor")
    assert "overdue" in auditor.get("/").text
    assert "Review overdue" in auditor.get(f"{NEW}all/").text


def test_ending_is_for_whoever_opened(supervisor, nominal):
    glass = glass_of(nominal=nominal)
    assert supervisor.post(f"{NEW}{glass.pk}/end/").status_code == 404
    with pytest.raises(NotAllowed):
        end_glass(by=supervisor.user, glass=glass)
    over = glass_of(supervisor.user, ago=LONG_AGO)
    assert supervisor.post(f"{NEW}{over.pk}/end/").status_code == 403


@pytest.mark.django_db(transaction=True)
def test_of_two_who_open_at_once_the_second_is_told_why_not():
    user = UserFactory.create(roles=["act-supervisor"])
    pair, both = NominalFactory.create_batch(2), Barrier(2)

    def opens(at: int) -> str:
        try:
            by = User.objects.get(pk=user.pk)
            both.wait(timeout=20)
            break_glass(by=by, ref=pair[at].ref, reason="Threat", confirmed_at=timezone.now())
        except ValidationError as refusal:
            return " ".join(refusal.messages)
        finally:
            connection.close()
        return ""

    with ThreadPoolExecutor(2) as pool:
        answers = sorted(pool.map(opens, range(2)))
    assert answers == ["", "You have a record open already: end that first."]


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"ends_at": timezone.now() + timedelta(hours=9)}, "break_glass_lasts_an_hour"),
        ({"reason": ""}, "break_glass_has_a_reason"),
        ({"is_justified": True}, "break_glass_review_is_whole"),
    ],
)
def test_database_holds_the_rules_by_itself(nominal, wrong, constraint):
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        glass_of(nominal=nominal, **wrong)


def test_database_lets_nobody_review_their_own(nominal):
    glass = glass_of(nominal=nominal, ago=LONG_AGO)
    glass.reviewed_by, glass.reviewed_at = glass.by, timezone.now()
    glass.is_justified, glass.review_note = True, "Fine"
    with pytest.raises(ValidationError, match="Somebody other than who opened"):
        glass.full_clean()
    with pytest.raises(IntegrityError, match="reviewed_by_another"), transaction.atomic():
        glass.save()


def test_list_costs_the_same_however_long(sign_in):
    auditor = sign_in("auditor")
    glass_of(ago=LONG_AGO)
    few = len(queries_of(lambda: auditor.get(f"{NEW}all/")))
    for _ in range(5):
        glass_of(ago=LONG_AGO)
    assert len(queries_of(lambda: auditor.get(f"{NEW}all/"))) == few


def test_masked_page_leads_there_and_the_record_opens(supervisor, nominal, sign_in):
    restricted("masked", nominal)
    path = f"/nominals/{nominal.pk}/"
    shut = supervisor.get(path)
    assert (shut.status_code, nominal.surname in shut.text) == (403, False)
    address = f"{NEW}?record={nominal.pk}"
    assert address in shut.text
    assert "?record=" not in sign_in("act-officer").get(path).text
    confirm(supervisor)
    assert nominal.ref not in supervisor.get(address).text
    answer = supervisor.post(NEW, {"record": nominal.pk, "reason": "Threat to life"})
    assert answer.url == path
    opened_page = supervisor.get(path)
    assert (opened_page.status_code, nominal.surname.upper() in opened_page.text) == (200, True)
    supervisor.post(f"{NEW}{BreakGlass.objects.get().pk}/end/")
    assert supervisor.get(path).status_code == 403


def test_hidden_record_opens_by_its_reference_and_for_nobody_else(supervisor, nominal, sign_in):
    restricted("hidden", nominal)
    other = sign_in("act-supervisor")
    path = f"/nominals/{nominal.pk}/"
    assert supervisor.get(path).status_code == 404
    opened(supervisor, nominal)
    assert supervisor.get(path).status_code == 200
    assert other.get(path).status_code == 404
    assert nominal.ref not in other.get(f"{NEW}all/").text  # whoever may not know of them
    assert nominal.ref in sign_in("auditor").get(f"{NEW}all/").text


def test_excluded_record_stays_shut_and_the_log_knows(supervisor, nominal):
    excluded(supervisor.user, nominal)
    confirm(supervisor)
    answer = supervisor.post(NEW, said(nominal))
    assert "There is no nominal with this reference." in answer.text
    assert not BreakGlass.objects.exists()
    assert AuditEvent.objects.get(action="access.refused").people == [nominal.pk]


@pytest.mark.parametrize("record", ["0", "-1", "9" * 30, "x", "1\x00"])
def test_number_that_is_none_is_told(supervisor, record):
    confirm(supervisor)
    supervisor.get(f"{NEW}?record={record}")
    answer = supervisor.post(NEW, {"record": record, "reason": "Threat to life"})
    assert answer.status_code in (200, 400)
    assert not BreakGlass.objects.exists()
