from datetime import date

from performance.papers.document import Dates, Document, FigureRun, Paragraph, Section, Text

DATES = Dates(date(2021, 1, 31), date(2021, 2, 23), date(2021, 3, 16))
SAID = FigureRun("77", "dwelling-burglary-recorded|force|month", count=77)


def test_paragraph_reads_as_one_text() -> None:
    paragraph = Paragraph("5.1.3", (Text("January saw "), SAID, Text(" offences.")))

    assert paragraph.text == "January saw 77 offences."


def test_number_with_a_dot_is_a_level_deeper() -> None:
    assert [Section(number, "", ()).level for number in ("5", "5.1")] == [1, 2]


def test_document_finds_every_figure_of_its_prose() -> None:
    section = Section("5", "Burglary", (Paragraph("5.1", (Text("Only "), SAID)),))

    assert list(Document("Paper", "OFFICIAL", DATES, (section,)).figures) == [SAID]
