from uuid import UUID

from celery import shared_task

from core.services import audit_chain, documents, exports, imports


@shared_task
def run_export(run: str) -> None:
    exports.run_export(UUID(run))


@shared_task
def tend_exports() -> None:
    """Delete what is past its time, queue again what was lost."""
    exports.expire_exports()
    exports.resume_exports()


@shared_task
def tend_documents() -> None:
    """Of records that were disposed of nothing stays."""
    documents.erase_documents_of_the_gone()


@shared_task
def check_import(run: str) -> None:
    imports.check_import(UUID(run))


@shared_task
def run_import(run: str) -> None:
    imports.run_import(UUID(run))


@shared_task
def tend_imports() -> None:
    imports.expire_imports()
    imports.resume_imports()


@shared_task
def seal_audit() -> None:
    audit_chain.seal_all()
