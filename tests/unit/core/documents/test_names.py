import pytest

from core.documents.names import ending_of, shown_name


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Statement of J.pdf", "Statement of J.pdf"),
        ("../../etc/passwd.pdf", "passwd.pdf"),
        ("..\\..\\boot.ini.pdf", "boot.ini.pdf"),
        ("C:\\Users\\sam\\plan.pdf", "plan.pdf"),
        ("a\x00b.pdf", "a b.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "a Set-Cookie x.pdf"),
        ("invoice\u202efdp.exe.pdf", "invoice fdp.exe.pdf"),
        ('a";b=<c>|d?*.pdf', "a ;b= c d.pdf"),
        ("CON.pdf", "document CON.pdf"),
        ("lpt1.x.pdf", "document lpt1.x.pdf"),
        (" . .pdf", "document.pdf"),
        ("", "document.pdf"),
        ("...", "document.pdf"),
        ("\u0065\u0301te\u0301.pdf", "\u00e9t\u00e9.pdf"),
        ("x" * 500 + ".pdf", "x" * 100 + ".pdf"),
    ],
)
def test_name_is_cleaned_and_ends_as_its_content(name: str, shown: str) -> None:
    assert shown_name(name, "pdf") == shown


@pytest.mark.parametrize(
    ("name", "ending"),
    [
        ("a.PDF", "pdf"),
        ("a.tar.gz", "gz"),
        ("a", ""),
        (".pdf", ""),
        ("d.pdf/a", ""),
        ("a.pdf ", "pdf"),
    ],
)
def test_ending(name: str, ending: str) -> None:
    assert ending_of(name) == ending
