"""Subscribers are told when a verdict changes, and only then."""

from datetime import date
from smtplib import SMTPException
from typing import Any

import pytest
from django.core import mail
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils import timezone

from core.access.decision import NotAllowed
from core.models import ImportRun, ImportState, Unit, User
from offenders.models import Crime
from performance import tasks
from performance.models import KnownVerdict, Subscription, VerdictChange, VerdictNotice
from performance.selectors import verdict_watch as selectors
from performance.selectors.verdict_watch import closed_month, sentence
from performance.services import verdict_watch
from performance.services.figures import fold_changes, rebuild
from performance.services.paper_release import release, send_to_review
from performance.services.papers import accept_changes
from performance.services.verdict_mail import mail_notices
from performance.services.verdict_watch import read_notices, subscribe, tell_changes, unsubscribe
from tests.factories.papers import paper_of
from tests.factories.users import UserFactory
from tests.integration.board_records import burglaries, record_history

BOARD, INDICATOR = "combat-acquisitive-crime", "dwelling-burglary-recorded"
JANUARY, FEBRUARY = date(2021, 1, 1), date(2021, 2, 1)

pytestmark = pytest.mark.django_db


@pytest.fixture
def force() -> Unit:
    record_history()
    return Unit.objects.get(parent=None)


@pytest.fixture
def viewer(force: Unit) -> User:
    user: User = UserFactory.create(roles=["board-viewer"], email="viewer@aware.example")
    subscribe(by=user, unit=force, indicator=INDICATOR)
    return user


def told(user: User) -> list[tuple[str, str, str]]:
    """Month, verdict and the one before of every notice, oldest first."""
    found = VerdictNotice.objects.filter(user=user).order_by("pk").select_related("change")
    return [(f"{each.change.month:%Y-%m}", each.change.before, each.change.word) for each in found]


def test_one_notice_for_a_changed_verdict_however_often_figures_are_folded(viewer: User) -> None:
    burglaries(2, JANUARY)

    for _ in range(3):
        fold_changes()
        tell_changes()
    rebuild()
    tell_changes()

    assert told(viewer) == [("2021-01", "Lower", "Comparable")]


def test_nothing_is_told_while_the_verdict_stays(viewer: User) -> None:
    burglaries(1, JANUARY)  # 3 against an average of 4: still lower
    tell_changes()

    assert told(viewer) == []


def test_next_month_is_held_against_the_one_before(viewer: User) -> None:
    burglaries(4, FEBRUARY)
    tell_changes()

    assert told(viewer) == [("2021-02", "Lower", "Comparable")]
    change = VerdictChange.objects.get()
    assert sentence(change).endswith(
        "4 against the 1 year average is Comparable; in January 2021 it was Lower."
        " Chance alone would explain it."
    )


def test_next_month_with_the_same_verdict_tells_nothing(viewer: User) -> None:
    burglaries(2, FEBRUARY)
    tell_changes()

    assert told(viewer) == []


def test_running_month_is_not_looked_at(viewer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selectors, "today", lambda: date(2021, 2, 20))
    burglaries(4, FEBRUARY)
    tell_changes()

    assert closed_month() == JANUARY
    assert told(viewer) == []
    monkeypatch.setattr(selectors, "today", lambda: date(2021, 3, 1))
    tell_changes()  # the month is over: no record has moved since
    assert told(viewer) == [("2021-02", "Lower", "Comparable")]


def test_month_that_vanishes_and_comes_again_is_told_once(viewer: User) -> None:
    crimes = burglaries(4, FEBRUARY)
    tell_changes()
    Crime.objects.filter(pk__in=[crime.pk for crime in crimes]).delete()
    fold_changes()
    tell_changes()
    burglaries(4, FEBRUARY)
    tell_changes()

    assert told(viewer) == [("2021-02", "Lower", "Comparable")]


def test_person_with_two_subscriptions_gets_one_notice(viewer: User, force: Unit) -> None:
    subscribe(by=viewer, unit=force, board=BOARD)
    burglaries(2, JANUARY)
    tell_changes()

    assert len(VerdictNotice.objects.filter(change__indicator=INDICATOR)) == 1


def test_change_before_the_subscription_is_not_told(viewer: User, force: Unit) -> None:
    late: User = UserFactory.create(roles=["board-viewer"])
    Subscription.objects.all().delete()
    burglaries(2, JANUARY)
    subscribe(by=late, unit=force, indicator=INDICATOR)
    tell_changes()

    assert VerdictNotice.objects.count() == 0


def test_nobody_is_told_after_the_end_of_a_subscription(viewer: User) -> None:
    unsubscribe(by=viewer, subscription=Subscription.objects.get())
    burglaries(2, JANUARY)
    tell_changes()

    assert told(viewer) == []
    assert not KnownVerdict.objects.exists()


def test_who_may_no_longer_read_boards_is_not_told(viewer: User) -> None:
    viewer.grants.update(ended_at=timezone.now())
    burglaries(2, JANUARY)
    tell_changes()

    assert told(viewer) == []


def test_notice_is_not_lost_with_a_worker(viewer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    burglaries(2, JANUARY)
    with monkeypatch.context() as broken:
        broken.setattr(verdict_watch, "_note", lambda *_: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            tell_changes()
    tell_changes()

    assert told(viewer) == [("2021-01", "Lower", "Comparable")]


def test_half_an_import_tells_nothing(viewer: User) -> None:
    run = ImportRun.objects.create(kind="crimes", file_name="x.csv", state=ImportState.RUNNING)
    burglaries(2, JANUARY)
    tell_changes()
    assert told(viewer) == []

    run.state = ImportState.DONE
    run.save()
    tell_changes()
    assert told(viewer) == [("2021-01", "Lower", "Comparable")]


def release_paper(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of January, with the tables of the template."""
    monkeypatch.setattr("performance.services.paper_release.forms", list)
    author: User = UserFactory.create(roles=["analyst"])
    paper = paper_of(author)
    accept_changes(by=author, paper=paper)
    monkeypatch.setattr("performance.services.paper_release.faults_of", lambda _: 0)
    send_to_review(by=author, paper=paper)
    release(by=UserFactory.create(roles=["manager"]), paper=paper)


def test_late_correction_of_a_month_is_told_where_a_board_was_told_otherwise(
    viewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    release_paper(monkeypatch)
    burglaries(2, FEBRUARY)
    tell_changes()
    burglaries(2, JANUARY)
    for _ in range(2):
        tell_changes()

    assert told(viewer) == [("2021-01", "Lower", "Comparable")]
    assert "the board was told Lower" in sentence(VerdictChange.objects.get())


def test_late_correction_of_a_month_that_no_board_was_told_of_is_not_told(viewer: User) -> None:
    burglaries(2, FEBRUARY)
    tell_changes()
    burglaries(1, JANUARY)  # comparable with the three before, as nobody was told
    burglaries(1, JANUARY)
    tell_changes()

    assert told(viewer) == []


def test_correction_of_the_newest_month_that_a_board_was_told_of_is_told_once(
    viewer: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    release_paper(monkeypatch)
    burglaries(2, JANUARY)
    tell_changes()
    burglaries(2, FEBRUARY)
    tell_changes()

    assert [each for each in told(viewer) if each[0] == "2021-01"] == [
        ("2021-01", "Lower", "Comparable")
    ]


def test_each_subscriber_gets_one_mail_with_all_that_changed(viewer: User, force: Unit) -> None:
    silent: User = UserFactory.create(roles=["board-viewer"], email="")
    subscribe(by=silent, unit=force, indicator=INDICATOR)
    subscribe(by=viewer, unit=force, board=BOARD)
    burglaries(2, JANUARY)
    tasks.tell_verdicts()
    tasks.tell_verdicts()

    (message,) = mail.outbox
    assert message.to == ["viewer@aware.example"]
    assert "is Comparable; until its records changed it was Lower." in message.body
    assert f"/indicators/{INDICATOR}/?month=2021-01&unit=force" in message.body
    assert told(silent) == [("2021-01", "Lower", "Comparable")]


def test_mail_that_cannot_be_sent_waits(viewer: User, monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(*_: Any) -> None:
        raise SMTPException("no")

    burglaries(2, JANUARY)
    tell_changes()
    with monkeypatch.context() as broken:
        broken.setattr("performance.services.verdict_mail.send_mail", refused)
        assert mail_notices() == 0
    assert mail_notices() == 1
    assert mail_notices() == 0


def test_only_what_exists_is_watched(viewer: User, force: Unit) -> None:
    with pytest.raises(ValidationError, match="There is no indicator “luck”"):
        subscribe(by=viewer, unit=force, indicator="luck")
    with pytest.raises(ValidationError, match="There is no board “luck”"):
        subscribe(by=viewer, unit=force, board="luck")
    with pytest.raises(ValidationError, match="one only"):
        subscribe(by=viewer, unit=force, board=BOARD, indicator=INDICATOR)
    with pytest.raises(ValidationError, match="told of this already"):
        subscribe(by=viewer, unit=force, indicator=INDICATOR)
    with pytest.raises(NotAllowed):
        subscribe(by=UserFactory.create(roles=["auditor"]), unit=force, board=BOARD)


def test_subscription_of_another_is_not_ended(viewer: User) -> None:
    with pytest.raises(NotAllowed):
        unsubscribe(
            by=UserFactory.create(roles=["board-viewer"]), subscription=Subscription.objects.get()
        )


def test_person_subscribes_on_the_board_and_reads_on_the_home_page(sign_in, force: Unit) -> None:
    browser = sign_in("board-viewer")
    page = reverse("performance:board-detail", args=[BOARD])
    assert "Tell me when a verdict changes" in browser.get(page).content.decode()
    payload = {"board": BOARD, "unit": "force", "next": page}
    answer = browser.post(reverse("performance:watch"), payload, follow=True).content.decode()
    assert "Tell me no more" in answer

    burglaries(2, JANUARY)
    tell_changes()
    home = browser.get("/").content.decode()
    assert "2 against" not in home
    assert "4 against the 1 year average is Comparable" in home
    newest = VerdictNotice.objects.latest("pk").pk
    browser.post(reverse("performance:notices-read"), {"up_to": newest, "next": "/"})
    assert "Verdicts that changed" not in browser.get("/").content.decode()
    listed = browser.get(reverse("performance:notices")).content.decode()
    assert "4 against the 1 year average is Comparable" in listed

    number = Subscription.objects.get().pk
    browser.post(reverse("performance:unwatch", args=[number]), {"next": "//elsewhere.example"})
    assert "Nothing yet" in browser.get(reverse("performance:notices")).content.decode()


def test_notice_that_came_after_the_page_stays_unread(viewer: User) -> None:
    burglaries(2, JANUARY)
    tell_changes()
    first = VerdictNotice.objects.get().pk
    burglaries(9, JANUARY)
    tell_changes()

    assert read_notices(by=viewer, up_to=first) == 1
    assert VerdictNotice.objects.filter(user=viewer, read_at=None).count() == 1


def test_subscriptions_and_notices_by_api(sign_in, force: Unit) -> None:
    browser = sign_in("manager")
    listed = reverse("api:subscription-list")
    said = {"indicator": INDICATOR, "unit": "force"}
    made = browser.post(listed, said, content_type="application/json")
    assert made.status_code == 201
    assert [each["indicator"] for each in browser.get(listed).json()] == [INDICATOR]
    again = browser.post(listed, said, content_type="application/json")
    assert again.status_code == 400

    burglaries(2, JANUARY)
    tell_changes()
    (notice,) = browser.get(reverse("api:notice-list")).json()["results"]
    assert (notice["month"], notice["before"], notice["verdict"]) == (
        "2021-01",
        "Lower",
        "Comparable",
    )
    read = browser.post(
        reverse("api:notices-read"), {"up_to": notice["id"]}, content_type="application/json"
    )
    assert read.status_code == 204
    assert VerdictNotice.objects.get().read_at

    own = reverse("api:subscription-detail", args=[made.json()["id"]])
    assert sign_in("manager").delete(own).status_code == 404
    assert browser.delete(own).status_code == 204
