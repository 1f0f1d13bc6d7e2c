"""The discipline of a trial: the test first, then the data, then the result."""

from datetime import datetime

from django.db.models import TextChoices
from django.utils import timezone

from core.access.decision import ALLOWED, Decision
from operations.models import FootwearMatch, FootwearScan, Trial
from operations.models.footwear import MatchState


class Refusal(TextChoices):
    NO_TEST = "no-test", "Write the success test down before the first result."
    TEST_STANDS = (
        "test-stands",
        "The success test cannot be changed any more: there is a result already.",
    )
    FINISHED = "finished", "The last word on this trial is recorded already."
    EARLY = "early", "The trial has not begun: there can be no result yet."
    NO_REASON = "no-reason", "Say why: a match is decided by a person, for a reason."
    BEFORE_ARREST = "before-arrest", "This is before the arrest: check the time."
    BEFORE_SCAN = "before-scan", "This is before the scan: check the time."
    FUTURE = "future", "This time lies in the future."
    OUTSIDE = "outside", "This is not within the days of the trial."
    NOT_QUALIFIED = "not-qualified", "Something can come of a match only once it is qualified."
    CANCELLED = "cancelled", "This crime is cancelled."


def has_result(trial: Trial) -> bool:
    """Told, or decided of a match: the trigger `keep_test` asks the same."""
    decided = FootwearMatch.objects.filter(scan__trial=trial).exclude(state=MatchState.CANDIDATE)
    return trial.results.exists() or decided.exists()


def can_write_test(trial: Trial) -> Decision:
    return Decision(Refusal.TEST_STANDS) if has_result(trial) else ALLOWED


def can_have_result(trial: Trial, at: datetime) -> Decision:
    if trial.test_written_at is None or trial.test_written_at > at:
        return Decision(Refusal.NO_TEST)
    if at > timezone.now():
        return Decision(Refusal.FUTURE)
    if timezone.localdate(at) < trial.starts_on:
        return Decision(Refusal.EARLY)
    finished = trial.results.filter(is_final=True).exists()
    return Decision(Refusal.FINISHED) if finished else ALLOWED


def can_scan(scan: FootwearScan) -> Decision:
    if scan.scanned_at > timezone.now():
        return Decision(Refusal.FUTURE)
    if scan.scanned_at < scan.arrest.arrested_at:
        return Decision(Refusal.BEFORE_ARREST)
    day, trial = timezone.localdate(scan.scanned_at), scan.trial
    outside = trial is not None and not trial.starts_on <= day <= trial.ends_on
    return Decision(Refusal.OUTSIDE) if outside else ALLOWED


def can_decide(match: FootwearMatch, at: datetime, reason: str) -> Decision:
    if not reason.strip():
        return Decision(Refusal.NO_REASON)
    if at > timezone.now():
        return Decision(Refusal.FUTURE)
    if at < match.scan.scanned_at:
        return Decision(Refusal.BEFORE_SCAN)
    trial = match.scan.trial
    if trial and (trial.test_written_at is None or trial.test_written_at > at):
        return Decision(Refusal.NO_TEST)
    return ALLOWED


def can_lead_on(match: FootwearMatch) -> Decision:
    return ALLOWED if match.state == MatchState.QUALIFIED else Decision(Refusal.NOT_QUALIFIED)
