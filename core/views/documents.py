"""Documents of a record: attach one, take it, remove it. The record itself says to whom."""

from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django.views.decorators.http import require_safe
from django.views.generic import FormView

from core.access.person import person
from core.access.policy import requires
from core.documents.content import ALLOWED, KINDS
from core.documents.owners import HOLDERS, owner_kind, owner_of
from core.editing import ServiceFormMixin
from core.models.document import Document
from core.selectors.documents import document_for
from core.services.documents import add_document, open_document, remove_document

ACCEPT = ",".join(f".{ending}" for kind in KINDS.values() for ending in sorted(kind.endings))


def upload_limit() -> int:
    """Some room above, in which the form itself says what is too large."""
    return 4 * int(settings.DOCUMENT_MAX_BYTES)


class DocumentForm(forms.Form):
    title = forms.CharField(label="What is it?", max_length=200)
    file = forms.FileField(
        label="File",
        widget=forms.FileInput(attrs={"accept": ACCEPT}),
        max_length=None,
        error_messages={"empty": "The file is empty."},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        most = settings.DOCUMENT_MAX_BYTES // 10**6
        self.fields["file"].help_text = f"{ALLOWED} At most {most} MB."


class RemovalForm(forms.Form):
    why = forms.CharField(
        label="Why is it removed?",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


@requires(HOLDERS)
class DocumentNew(ServiceFormMixin, FormView[DocumentForm]):
    form_class = DocumentForm
    template_name = "core/document/new.html"
    title = "Attach a document"
    submit = "Attach it"
    done = "Attached."
    upload_limit = staticmethod(upload_limit)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        owner, key = kwargs["owner"], kwargs["key"]
        self.record = owner_of(person(request), owner, key, to_change=True)
        return super().dispatch(request, *args, **kwargs)

    @property
    def back(self) -> str:
        return owner_kind(self.kwargs["owner"]).url(self.kwargs["key"])

    def perform(self, form: DocumentForm) -> Document:
        file = form.cleaned_data["file"]
        return add_document(
            by=person(self.request),
            owner_type=self.kwargs["owner"],
            owner_key=self.kwargs["key"],
            file=file,
            name=file.name,
            title=form.cleaned_data["title"],
        )

    def address_of(self, record: Document) -> str:
        return self.back

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": [(str(self.record), self.back)],
            "caption": str(self.record),
            "cancel": self.back,
        }


@requires(HOLDERS)
@require_safe
def document_download(request: HttpRequest, pk: UUID) -> HttpResponseBase:
    by = person(request)
    document = document_for(by, pk)
    try:
        file = open_document(by=by, document=document)
    except FileNotFoundError:
        messages.error(request, "The file is not where it was kept. Tell an administrator.")
        return redirect(owner_kind(document.owner_type).url(document.owner_key))
    return answer_with(document, file)


def answer_with(document: Document, file: Any) -> FileResponse:
    """As a file to keep, never as a page: the browser neither shows nor guesses it."""
    answer = FileResponse(
        file,
        as_attachment=True,
        filename=document.name,
        content_type=KINDS[document.kind].content_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Cache-Control"] = "private, no-store"
    return answer


@requires(HOLDERS)
class DocumentRemove(ServiceFormMixin, FormView[RemovalForm]):
    form_class = RemovalForm
    title = "Remove a document"
    submit = "Remove it"
    done = "Removed. Its file is deleted."

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.document = document_for(person(request), kwargs["pk"], to_change=True)
        return super().dispatch(request, *args, **kwargs)

    @property
    def back(self) -> str:
        return owner_kind(self.document.owner_type).url(self.document.owner_key)

    def perform(self, form: RemovalForm) -> Document:
        return remove_document(by=person(self.request), document=self.document, **form.cleaned_data)

    def address_of(self, record: Document) -> str:
        return self.back

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "trail": [("The record", self.back)],
            "caption": f"{self.document.title} ({self.document.name})",
            "cancel": self.back,
        }
