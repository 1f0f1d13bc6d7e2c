"""The review tells each operation on a line of its own."""

from performance.papers.document import FigureRun, Run, Text
from performance.selectors.thematic import lines_of

ARRESTS = FigureRun("40", "list|aware|arrests")


def test_each_sentence_of_a_list_is_an_item() -> None:
    runs: list[Run] = [
        Text("Op Aware: "),
        ARRESTS,
        Text(" arrests. "),
        Text("Op Spotlight began. "),
    ]

    assert list(lines_of(runs)) == [
        (Text("Op Aware: "), ARRESTS, Text(" arrests.")),
        (Text("Op Spotlight began."),),
    ]


def test_list_of_one_sentence_is_one_item() -> None:
    assert list(lines_of([ARRESTS, Text(" were convicted.")])) == [
        (ARRESTS, Text(" were convicted."))
    ]
