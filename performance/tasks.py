from celery import shared_task

from core.dates import parse_month
from performance.services import figures, verdict_mail, verdict_watch


@shared_task
def fold_changes() -> int:
    return figures.fold_changes()


@shared_task
def nightly() -> None:
    figures.verify_and_repair()


@shared_task
def recompute_all() -> None:
    figures.rebuild()


@shared_task
def recompute_months(months: list[str]) -> None:
    figures.rebuild(months=[parse_month(month) for month in months])


@shared_task
def tell_verdicts() -> None:
    verdict_watch.tell_changes()
    verdict_mail.mail_notices()
