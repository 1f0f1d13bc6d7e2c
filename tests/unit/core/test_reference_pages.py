from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from pytest_django import Settings

from core.management.commands import docs


@pytest.fixture
def folder(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.BASE_DIR = tmp_path
    monkeypatch.setattr(docs, "every_page", lambda: {"codes.md": lambda: "# Codes\n"})
    return tmp_path / "docs/reference"


def test_docs_writes_what_the_code_says(folder: Path) -> None:
    call_command("docs")

    assert "# Codes\n" in (folder / "codes.md").read_text()


def test_docs_check_names_a_page_out_of_date_and_leaves_it(folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "codes.md").write_text("# Old\n")

    with pytest.raises(CommandError, match=r"Out of date: .*codes\.md"):
        call_command("docs", check=True)

    assert (folder / "codes.md").read_text() == "# Old\n"


def test_docs_check_is_content_with_what_docs_wrote(folder: Path) -> None:
    call_command("docs")

    call_command("docs", check=True)
