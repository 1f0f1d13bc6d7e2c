"""A file is attached to a record, taken away by somebody, and removed."""

import hashlib
from functools import partial
from typing import IO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import transaction
from django.utils import timezone

from core import audit
from core.documents.content import kind_of
from core.documents.names import shown_name
from core.documents.owners import owner_kind, owner_of
from core.documents.refusal import DocumentRefused
from core.models import User
from core.models.document import Document


@transaction.atomic
def add_document(
    *, by: User, owner_type: str, owner_key: str, file: File[bytes], name: str, title: str
) -> Document:
    """Raises Http404 and NotAllowed of the record, ValidationError of the file."""
    owner_of(by, owner_type, owner_key, to_change=True)
    data = _read(file)
    try:
        kind = kind_of(data, name)
    except DocumentRefused as refusal:
        raise ValidationError({"file": str(refusal)}) from None
    document = Document(
        owner_type=owner_type,
        owner_key=str(owner_key),
        title=title.strip(),
        name=shown_name(name, kind.ending),
        kind=kind.slug,
        size=len(data),
        sha256=hashlib.sha256(data).hexdigest(),
        added_by=by,
    )
    document.full_clean(exclude=["file"])
    document.file.save("", ContentFile(data), save=False)
    try:
        document.save(force_insert=True)
        _record(by, document, audit.Action.DOCUMENT_ADDED)
    except Exception:
        document.file.delete(save=False)  # its row goes with the transaction
        raise
    return document


def open_document(*, by: User, document: Document) -> IO[bytes]:
    """For whoever `document_for` let see it. Raises FileNotFoundError."""
    _record(by, document, audit.Action.DOCUMENT_DOWNLOADED)
    return document.file.open("rb")


@transaction.atomic
def remove_document(*, by: User, document: Document, why: str) -> Document:
    """The bytes go once this is certain; what it was, who removed it and why stay."""
    current = Document.objects.select_for_update().get(pk=document.pk)
    owner_of(by, current.owner_type, current.owner_key, to_change=True)
    if current.removed_at:
        raise ValidationError("This document was removed already.")
    _remove(by, current, why)
    return current


@transaction.atomic
def erase_documents_of(*, by: User | None, owner_type: str, owner_key: str) -> int:
    """With their record, whose own rule was asked: names, titles and bytes, of removed ones too."""
    rows = Document.objects.filter(owner_type=owner_type, owner_key=str(owner_key))
    found = list(rows.select_for_update())
    for document in found:
        _forget(document)
        _record(by, document, audit.Action.DOCUMENT_REMOVED)
    rows.delete()
    return len(found)


def erase_documents_of_the_gone() -> int:
    """Of records that were disposed of: a document names its record by key, so that no rule of the
    database takes it along."""
    rows = Document.objects.order_by().values_list("owner_type", "owner_key").distinct()
    keys: dict[str, list[str]] = {}
    for owner_type, key in rows:
        keys.setdefault(owner_type, []).append(key)
    return sum(
        erase_documents_of(by=None, owner_type=owner_type, owner_key=key)
        for owner_type, found in keys.items()
        for key in owner_kind(owner_type).gone(found)
    )


def _remove(by: User, document: Document, why: str) -> None:
    _forget(document)
    document.removed_by, document.removed_at = by, timezone.now()
    document.removed_why, document.file = why.strip(), ""
    document.full_clean(exclude=["file"])
    document.save()
    _record(by, document, audit.Action.DOCUMENT_REMOVED)


def _forget(document: Document) -> None:
    """The bytes, once it is certain that the transaction stands."""
    if name := document.file.name:
        transaction.on_commit(partial(document.file.storage.delete, name))


def _read(file: File[bytes]) -> bytes:
    """One more byte than is allowed is enough to know."""
    most = settings.DOCUMENT_MAX_BYTES
    data: bytes = file.read(most + 1)
    if len(data) > most:
        raise ValidationError(
            {"file": f"The file is larger than {most // 10**6} MB. Make it smaller, or split it."}
        )
    return data


def _record(by: User | None, document: Document, action: audit.Action) -> None:
    """Of a removal the log holds no more than that: not the name, the title or the digest."""
    kind = owner_kind(document.owner_type)
    detail = {"owner": document.owner_type, "key": document.owner_key, "kind": document.kind}
    if action != audit.Action.DOCUMENT_REMOVED:
        detail |= {"size": str(document.size), "sha256": document.sha256}
    people = [int(document.owner_key)] if kind.is_person else []
    audit.record(by=by, action=action, target=document, detail=detail, people=people)
