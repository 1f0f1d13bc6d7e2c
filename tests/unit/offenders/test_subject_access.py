"""When an answer is due, and what a text keeps."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from offenders.subject_access.rules import NAME, REMOVED, answer_due, redacted


@pytest.mark.parametrize(
    ("received", "due"),
    [
        (date(2021, 1, 12), date(2021, 2, 12)),
        (date(2021, 1, 31), date(2021, 3, 1)),  # 28 February was a Sunday
        (date(2024, 1, 31), date(2024, 2, 29)),
        (date(2021, 2, 28), date(2021, 3, 29)),  # 28 March was a Sunday
        (date(2020, 11, 25), date(2020, 12, 29)),  # Christmas, a weekend, and a substitute day
        (date(2020, 12, 15), date(2021, 1, 15)),
    ],
)
def test_one_month_and_a_working_day(received: date, due: date) -> None:
    assert answer_due(received) == due


@pytest.mark.parametrize(
    ("text", "names", "words", "shown"),
    [
        ("Seen with Tom Brack.", ["Tom Brack", "Brack"], [], f"Seen with {NAME}."),
        ("BRACK drove", ["Brack"], [], f"{NAME} drove"),
        ("Brackley is a town", ["Brack"], [], "Brackley is a town"),
        ("Mr A was there", ["A"], [], "Mr A was there"),  # too short to be told from a word
        ("Told by a neighbour (No. 5)", [], ["No. 5"], f"Told by a neighbour ({REMOVED})"),
        ("x.y and x-y", ["x.y"], [], f"{NAME} and x-y"),
        ("Nothing", ["", "  "], [""], "Nothing"),
    ],
)
def test_names_and_words_leave_the_text(
    text: str, names: list[str], words: list[str], shown: str
) -> None:
    assert redacted(text, names, words) == shown


@given(st.text(), st.lists(st.text(alphabet="abcdefghij ", min_size=3)))
def test_no_name_is_left_as_a_word_of_its_own(text: str, names: list[str]) -> None:
    said = f"{text} {' '.join(names)} {text}"
    once = redacted(said, names)
    kept = [name.strip() for name in names if len(name.strip()) >= 3]
    assert not kept or NAME in once
