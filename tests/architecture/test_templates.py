"""What no tool checks in the templates."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TEMPLATES = sorted(Path(settings.BASE_DIR, "templates").rglob("*.html"))


def offences(pattern: str) -> list[str]:
    return [str(file) for file in TEMPLATES if re.search(pattern, file.read_text(), re.DOTALL)]


def test_there_are_templates_to_check() -> None:
    assert len(TEMPLATES) > 20


def test_comments_end_on_their_line() -> None:
    # Django prints {# a comment of two lines #} to the person.
    assert offences(r"\{#(?:(?!#\}).)*\n") == []


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("a style attribute", r"<[^>]*\sstyle="),
        ("an event handler", r"<[^>]*\son[a-z]+="),
        ("a script in the page", r"<script(?![^>]*(src=|application/json))"),
        ("a style sheet in the page", r"<style"),
    ],
)
def test_nothing_stands_inline_that_the_security_policy_refuses(what: str, pattern: str) -> None:
    assert offences(pattern) == [], what


def test_components_name_their_arguments() -> None:
    parts = [file for file in TEMPLATES if "components" in file.parts]
    assert [file.name for file in parts if not file.read_text().startswith("{#")] == []
