from celery import shared_task

from offenders.services import retention


@shared_task
def open_due_reviews() -> None:
    retention.open_due_reviews()
