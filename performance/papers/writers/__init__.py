"""The forms of a paper's file: each is a function from the document to its bytes.

Every module of this package registers the forms that it makes (`register(Form("pdf", ...))`) when
it is loaded, which happens when somebody first asks for them. A release keeps what every form makes,
with its checksum. `public` forms are made of the public document.
"""

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module

from performance.papers.document import Document

Write = Callable[[Document], bytes]


@dataclass(frozen=True)
class Form:
    """`slug` names the form in addresses (pdf, docx, html, public-pdf)."""

    slug: str
    title: str
    content_type: str
    extension: str
    write: Write
    public: bool = False


FIRST = ("pdf", "docx", "html")
_forms: dict[str, Form] = {}


def register(form: Form) -> Form:
    _forms[form.slug] = form
    return form


def forms() -> Iterator[Form]:
    """Of all modules: those to send on first, the public ones after them."""
    _load()
    yield from sorted(_forms.values(), key=_order)


def _order(form: Form) -> tuple[bool, int]:
    return form.public, FIRST.index(form.extension) if form.extension in FIRST else len(FIRST)


def form(slug: str) -> Form:
    """Raises KeyError."""
    _load()
    return _forms[slug]


@cache
def _load() -> None:
    """Late, since typst and python-docx are slow to import."""
    for module in pkgutil.iter_modules(__path__):
        import_module(f"{__name__}.{module.name}")
