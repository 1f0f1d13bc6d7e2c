"""Pages of docs/reference that are generated from the code.

An app's pages are functions in its `docs.py`, marked `@page("record-files.md")`, that return Markdown.
"""

from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from importlib.util import find_spec

from django.apps import apps

Page = Callable[[], str]
PAGES: dict[str, Page] = {}


def page(file_name: str) -> Callable[[Page], Page]:
    def register(function: Page) -> Page:
        PAGES[file_name] = function
        return function

    return register


def every_page() -> dict[str, Page]:
    for app in apps.get_app_configs():
        if find_spec(f"{app.name}.docs"):
            import_module(f"{app.name}.docs")
    return PAGES


def table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Markdown. A bar in a cell is written so that it ends none."""
    lines = [headings, ["---"] * len(headings), *rows]
    return "".join(
        f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in line)} |\n" for line in lines
    )
