"""A document sent as a file."""

from django.http import HttpResponse

from performance.papers.document import Document
from performance.papers.writers import Form


def file_of(form: Form, document: Document) -> HttpResponse:
    """Saved, never shown in the page: an HTML file has its own style, which the pages forbid."""
    name = f"{document.reference}{'-public' if form.public else ''}.{form.extension}"
    return HttpResponse(
        form.write(document),
        content_type=form.content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
