"""Documents of a record, and one of them for whoever may see that record."""

from collections.abc import Iterable
from uuid import UUID

from django.http import Http404

from core.documents.owners import owner_of
from core.models import User
from core.models.document import Document, DocumentQuerySet


def documents_of(owner_type: str, keys: Iterable[object]) -> DocumentQuerySet:
    """For the page of a record that this person was let into."""
    rows = Document.objects.kept().select_related("added_by")
    return rows.filter(owner_type=owner_type, owner_key__in=[str(key) for key in keys])


def document_for(by: User, pk: UUID, *, to_change: bool = False) -> Document:
    """Raises Http404, and whatever the record itself refuses; leaves a look at a person."""
    found = Document.objects.kept().select_related("added_by").filter(pk=pk).first()
    if found is None:
        raise Http404("There is no such document.")
    owner_of(by, found.owner_type, found.owner_key, to_change=to_change)
    return found
