"""A paper as one HTML file: no script, nothing loaded from anywhere, readable on a phone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache, partial
from pathlib import Path
from typing import Any

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from performance.papers.document import (
    ChartBlock,
    Document,
    FigureRun,
    ListBlock,
    Paragraph,
    Run,
    Table,
)
from performance.papers.layout import Heading, items_of, sides
from performance.papers.pictures import chart_style
from performance.papers.suppression import suppressed
from performance.papers.writers import Form, register

PAGE = """<!DOCTYPE html>
<html lang="en-GB">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{title}</title>
<style>{style}</style>
</head>
<body>
<header>{marking}<h1>{title}</h1>{status}{facts}</header>
<main>
{blocks}
</main>
<footer>{marking}</footer>
</body>
</html>
"""


def html(document: Document) -> bytes:
    said = " ".join(filter(None, [document.marking, document.status.upper()]))
    page = format_html(
        PAGE,
        title=document.title,
        style=_style(),
        marking=format_html('<p class="marking">{}</p>', said) if said else "",
        status=format_html("<p><strong>{}</strong></p>", document.status)
        if document.status
        else "",
        facts=_facts(document),
        blocks=_joined(_items(document)),
    )
    return page.encode()


@cache
def _style() -> SafeString:
    """A style sheet of ours: it holds nothing that ends a <style>."""
    own = Path(__file__).with_name("paper.css").read_text()
    return mark_safe(f"{own}\n{chart_style()}")  # noqa: S308


def _joined(parts: Iterable[str]) -> SafeString:
    return format_html_join("\n", "{}", ((part,) for part in parts))


def _facts(document: Document) -> SafeString:
    if not document.facts:
        return SafeString()
    lines = format_html_join("", "<dt>{}</dt><dd>{}</dd>", document.facts)
    return format_html("<dl>{}</dl>", lines)


def _items(document: Document) -> Iterator[SafeString]:
    for item in items_of(document):
        yield _item(item)


def _item(item: Any) -> SafeString:
    match item:
        case Heading():
            level = mark_safe(f"h{item.level + 1}")  # noqa: S308  # a number
            return format_html("<{}>{}</{}>", level, item.text, level)
        case Paragraph():
            return _numbered("p", item.number, _runs(item.runs))
        case Table():
            return _table(item)
        case ChartBlock():
            return _chart(item)
        case ListBlock():
            items = format_html_join("", "<li>{}</li>", ((_runs(runs),) for runs in item.items))
            head = _numbered("p", item.number, format_html("<strong>{}</strong>", item.caption))
            return format_html("{}<ul>{}</ul>", head if item.caption else "", items)
    raise TypeError(f"A paper has no block like {type(item).__name__}.")


def _numbered(name: str, number: str, words: SafeString) -> SafeString:
    tag = mark_safe(name)  # noqa: S308  # a constant
    if not number:
        return format_html("<{}>{}</{}>", tag, words, tag)
    return format_html(
        '<{} id="p{}" class="numbered"><span class="number">{}</span> {}</{}>',
        tag, number, number, words, tag,
    )  # fmt: skip


def _runs(runs: Sequence[Run]) -> SafeString:
    return format_html_join("", "{}", ((_run(run),) for run in runs))


def _run(run: Run) -> str:
    if isinstance(run, FigureRun):
        return format_html('<data value="{}">{}</data>', run.reference, run.words)
    return run.words


def _table(table: Table) -> SafeString:
    turned = sides(table)
    heads = format_html_join(
        "", '<th scope="col" class="{}">{}</th>', zip(turned, table.header, strict=True)
    )
    body = format_html_join(
        "", "<tr>{}</tr>", ((_row([cell.words for cell in row], turned),) for row in table.rows)
    )
    notes = format_html_join("", '<p class="note">{}</p>', ((note,) for note in table.notes))
    return format_html(
        '<div class="scroll" role="region" aria-label="{}" tabindex="0"><table>'
        "<caption>{}</caption><thead><tr>{}</tr></thead><tbody>{}</tbody></table></div>{}",
        table.caption, table.caption, heads, body, notes,
    )  # fmt: skip


def _row(words: Sequence[str], turned: Sequence[str]) -> SafeString:
    first, *rest = words
    if not rest:
        return format_html('<th scope="colgroup" colspan="{}">{}</th>', len(turned), first)
    cells = format_html_join("", '<td class="{}">{}</td>', zip(turned[1:], rest, strict=True))
    return format_html('<th scope="row">{}</th>{}', first, cells)


def _chart(chart: ChartBlock) -> SafeString:
    return format_html(
        '<figure><figcaption>{}</figcaption><div role="img" aria-label="{}">{}</div></figure>{}',
        chart.caption,
        chart.alt,
        mark_safe(chart.svg),  # noqa: S308  # drawn by us, its words are escaped
        _table(chart.table),
    )


def _public(document: Document) -> bytes:
    return html(suppressed(document))


make = partial(Form, content_type="text/html; charset=utf-8", extension="html")
register(make("html", "Web page", write=html))
register(make("public-html", "Public version, web page", write=_public, public=True))
