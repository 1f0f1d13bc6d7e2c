"""Small tables as a direct download; what may be long goes through core.services.exports."""

import io
from collections.abc import Sequence

from django.http import HttpResponse

from core.exports.writers import CONTENT_TYPES, WRITERS, Rows


def download(name: str, form: str, header: Sequence[str], rows: Rows) -> HttpResponse:
    """`form` is "csv" or "xlsx"; `name` is the file's name without its ending."""
    file = io.BytesIO()
    WRITERS[form](file, header, rows)
    return HttpResponse(
        file.getvalue(),
        content_type=CONTENT_TYPES[form],
        headers={"Content-Disposition": f'attachment; filename="{name}.{form}"'},
    )
