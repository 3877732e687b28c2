"""The document as Markdown: headings, tables and lists that any renderer reads."""

from collections.abc import Iterable, Sequence
from functools import singledispatch
from typing import Final

from tracker.domain.report import ReadinessReport
from tracker.exports import outline
from tracker.exports.document import (
    Cell,
    Facts,
    Heading,
    Headline,
    Look,
    Paragraph,
    Picture,
    Section,
    Table,
    Where,
)
from tracker.exports.escape import markdown
from tracker.exports.looks import LOOKS

_RULE: Final = {True: "---:", False: "---"}


def render(report: ReadinessReport) -> bytes:
    """Return the summary as Markdown in UTF-8."""
    document = outline.build(report)
    head = [
        f"# {markdown(document.title)}",
        f"**{markdown(document.subtitle)}** · {' · '.join(map(markdown, document.running))}",
    ]
    body = [part for section in document.sections for part in _section(section)]
    return ("\n\n".join([*head, *body, "---", f"*{markdown(document.closing)}*"]) + "\n").encode()


def _section(section: Section) -> Iterable[str]:
    yield f"## {markdown(section.title)}"
    for block in section.blocks:
        yield _block(block)


@singledispatch
def _block(block: object) -> str:
    raise TypeError(f"no Markdown for {type(block).__name__}")


@_block.register
def _(block: Paragraph) -> str:
    lead = "Note" if block.notice else block.lead
    text = f"**{markdown(lead)}:** {markdown(block.text)}" if lead else markdown(block.text)
    return f"> {text}" if block.notice else text


@_block.register
def _(block: Heading) -> str:
    return f"### {_marked(block.text, block.look)}"


@_block.register
def _(block: Headline) -> str:
    return _rows(
        [[label for label, _ in block.items], [_cell(cell, True) for _, cell in block.items]]
    )


@_block.register
def _(block: Facts) -> str:
    return "\n".join(f"- **{markdown(label)}:** {_cell(cell)}" for label, cell in block.items)


@_block.register
def _(block: Picture) -> str:
    return f"*{markdown(block.caption)}.* {markdown(block.alt)}"


@_block.register
def _(block: Table) -> str:
    table = block.on(Where.PAPER)
    caption = f"**{markdown(table.caption)}**"
    if not table.rows:
        return f"{caption}\n\n{markdown(table.empty)}"
    rules = [_RULE[column.numeric] for column in table.columns]
    titles = [markdown(column.title) for column in table.columns]
    rows = [[_cell(cell) for cell in row] for row in table.rows]
    return f"{caption}\n\n{_rows([titles, *rows], rules)}"


def _rows(rows: Sequence[Sequence[str]], rules: Sequence[str] | None = None) -> str:
    lines = [f"| {' | '.join(row)} |" for row in rows]
    lines.insert(1, f"| {' | '.join(rules or ['---'] * len(rows[0]))} |")
    return "\n".join(lines)


def _cell(cell: Cell, strong: bool = False) -> str:
    text = _marked(cell.text, cell.look) if cell.text else " "
    return f"**{text}**" if strong else text


def _marked(text: str, look: Look | None) -> str:
    """Put the shape of a level, verdict or state before its word, since Markdown has no colours."""
    return f"{LOOKS[look].symbol} {markdown(text)}" if look else markdown(text)
