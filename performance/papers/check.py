"""The claim check over a whole paper, as it is made here or as it was written elsewhere."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from performance.papers.claims import Claim, Finding, Passage, check_passages
from performance.papers.document import Document, FigureRun, Paragraph, Table
from performance.papers.figures import Told
from performance.papers.plain import read_plain
from performance.papers.table_claims import check_baselines, check_table

BLANK = "\N{REPLACEMENT CHARACTER}"


@dataclass(frozen=True)
class Check:
    findings: tuple[Finding, ...]

    @property
    def faults(self) -> list[Finding]:
        return [finding for finding in self.findings if finding.is_fault]

    @property
    def doubts(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.is_fault]

    def by_place(self) -> dict[str, list[Finding]]:
        found: dict[str, list[Finding]] = {}
        for finding in self.findings:
            found.setdefault(finding.place, []).append(finding)
        return found


def check_document(
    document: Document, told: Mapping[str, Told], known: Sequence[Told] = ()
) -> Check:
    """`told`: the bound figures by reference."""
    findings = check_passages(list(_passages(document, told)), known)
    return Check((*findings, *_tables(document)))


def _passages(document: Document, told: Mapping[str, Told]) -> Iterator[Passage]:
    heading = ""
    for section in document.sections:
        heading = section.title if section.level == 1 else f"{heading} {section.title}"
        for block in section.blocks:
            if isinstance(block, Paragraph):
                bound = [run.reference for run in block.runs if isinstance(run, FigureRun)]
                figures = tuple(told[each] for each in dict.fromkeys(bound) if each in told)
                yield Passage(block.number, block.text, section.title, _typed(block), figures)


def _typed(paragraph: Paragraph) -> str:
    return "".join(
        BLANK * len(run.words) if isinstance(run, FigureRun) else run.words
        for run in paragraph.runs
    )


def _tables(document: Document) -> Iterator[Finding]:
    """A board's own notes say which of its verdicts chance alone would give."""
    for section in document.sections:
        for block in section.blocks:
            if isinstance(block, Table):
                for note in block.notes:
                    if "chance alone" in note:
                        yield Finding(Claim.CHANCE, block.caption, "", note)


def check_text(text: str, known: Sequence[Told] = ()) -> Check:
    """A paper as plain text or Markdown: its paragraphs, its tables, and one against the other."""
    paper = read_plain(text)
    passages = [Passage(each.number, each.text, each.heading) for each in paper.paragraphs]
    return Check(
        (
            *check_passages(passages, known),
            *check_baselines(passages, paper.rows),
            *check_table(paper.rows),
        )
    )
