import pytest

from core.imports import Receipt


@pytest.mark.parametrize(
    ("receipt", "said"),
    [
        (Receipt(1, unchanged=1), "Nothing new in this file: its one row is in Aware already."),
        (
            Receipt(1200, unchanged=1200),
            "Nothing new in this file: all 1,200 rows are in Aware already.",
        ),
        (
            Receipt(3, unchanged=2, rejected=1),
            "Nothing new beside the rejected rows: all 2 other rows are in Aware already.",
        ),
        (Receipt(2, updated=1, unchanged=1), ""),
        (Receipt(2, created=1, unchanged=1), ""),
        (Receipt(2, rejected=2), ""),
        (Receipt(), ""),
    ],
)
def test_receipt_says_where_nothing_is_new(receipt, said):
    assert receipt.nothing_new == said
