"""The mistakes of tests/planted can still be made: each stands on a line that is there, and on tests that are."""

import re

import pytest

from config.servers import ROOT
from tests.planted.defects import DEFECTS, Defect


@pytest.mark.parametrize("defect", DEFECTS, ids=lambda defect: defect.what)
def test_mistake_can_be_made_in_one_place(defect: Defect) -> None:
    assert (ROOT / defect.file).read_text().count(defect.before) == 1
    for test in defect.tests:
        file, _, name = test.partition("::")
        assert f"def {name.partition('[')[0]}" in (ROOT / file).read_text()


def test_there_are_enough_mistakes() -> None:
    assert len(DEFECTS) >= 20


@pytest.mark.parametrize("page", ["asvs.md", "security-tests.md"])
def test_tests_that_the_pages_name_are_there(page: str) -> None:
    text = (ROOT / "docs/reference" / page).read_text()
    named = set(re.findall(r"`(tests/[\w/]+\.py)", text))
    assert named
    assert {path for path in named if not (ROOT / path).exists()} == set()
