from uuid import UUID

from celery import shared_task

from core.services import exports


@shared_task
def run_export(run: str) -> None:
    exports.run_export(UUID(run))


@shared_task
def tend_exports() -> None:
    """Delete what is past its time, queue again what was lost."""
    exports.expire_exports()
    exports.resume_exports()
