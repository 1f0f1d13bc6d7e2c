from celery import shared_task

from offenders.services import retention, subject_access


@shared_task
def open_due_reviews() -> None:
    retention.open_due_reviews()


@shared_task
def expire_answers() -> None:
    subject_access.expire_answers()
