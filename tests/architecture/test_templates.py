"""What no tool checks in the templates."""

import re
from pathlib import Path

from django.conf import settings

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


def test_comments_end_on_their_line() -> None:
    # Django prints {# a comment of two lines #} to the person.
    endless = re.compile(r"\{#(?:(?!#\}).)*\n")
    assert [file.name for file in TEMPLATES if endless.search(file.read_text())] == []


def test_components_name_their_arguments() -> None:
    parts = [file for file in TEMPLATES if "components" in file.parts]
    assert len(parts) > 20
    assert [file.name for file in parts if not file.read_text().startswith("{#")] == []


def test_nothing_typed_is_written_as_markup() -> None:
    unescaped = re.compile(r"\|\s*safe(seq)?\b|autoescape\s+off")
    assert [file.name for file in TEMPLATES if unescaped.search(file.read_text())] == []
