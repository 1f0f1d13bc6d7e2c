"""A board paper as a document, from the records or from what was frozen at its release."""

from __future__ import annotations

from typing import Any

from performance.papers.document import Document


def document_of(paper: Any, public: bool = False) -> Document:
    """`public`: without the blocks that are marked as operational detail."""
    raise NotImplementedError
