"""The document as PDF through Typst.

Every text reaches the template as data (JSON beside it), never as mark-up, so that nothing that
somebody typed can act as a command. The only date in the file is that of the report.
"""

import json
from functools import cache, singledispatch
from importlib.resources import files
from typing import Any, Final

import typst

from tracker.charts.theme import BLACK
from tracker.domain.report import ReadinessReport
from tracker.exports import outline
from tracker.exports.document import (
    Cell,
    Document,
    Facts,
    Heading,
    Headline,
    Look,
    Paragraph,
    Picture,
    Table,
    Where,
)
from tracker.exports.escape import breakable
from tracker.exports.looks import LOOKS
from tracker.exports.pictures import svg

_TEMPLATE: Final = "templates/summary.typ"

NARROW_FACT: Final = 60
"""Characters up to which a fact stands in one of four columns; longer ones take the line."""

Plain = dict[str, Any]


def render(report: ReadinessReport) -> bytes:
    """Return the summary as a tagged PDF; equal reports give equal bytes on one machine.

    Letters that the built-in fonts lack are taken from the fonts of the machine.
    """
    document = outline.build(report)
    return typst.compile(
        _template(),
        format="pdf",
        font_paths=_fonts(),
        sys_inputs={"document": json.dumps(_document(document))},
        timestamp=int(report.generated_at.timestamp()),
    )


@cache
def _template() -> bytes:
    return files("tracker.exports").joinpath(_TEMPLATE).read_bytes()


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts()


def _document(document: Document) -> Plain:
    return {
        "title": breakable(document.title),
        "subtitle": document.subtitle,
        "running": list(document.running),
        "closing": document.closing,
        "narrow": NARROW_FACT,
        "looks": {word: [it.fill, it.ink, it.symbol] for word, it in LOOKS.items()},
        "sections": [
            {"title": section.title, "blocks": [_block(block) for block in section.blocks]}
            for section in document.sections
        ],
    }


@singledispatch
def _block(block: object) -> Plain:
    raise TypeError(f"no PDF for {type(block).__name__}")


@_block.register
def _(block: Paragraph) -> Plain:
    text = breakable(block.text)
    return {"kind": "paragraph", "text": text, "lead": block.lead, "notice": block.notice}


@_block.register
def _(block: Heading) -> Plain:
    return {"kind": "heading", "text": breakable(block.text), "look": _look(block.look)}


@_block.register
def _(block: Headline) -> Plain:
    return {"kind": "headline", "items": [[label, _cell(cell)] for label, cell in block.items]}


@_block.register
def _(block: Facts) -> Plain:
    return {"kind": "facts", "items": [[label, _cell(cell)] for label, cell in block.items]}


@_block.register
def _(block: Picture) -> Plain:
    drawn = svg(block.chart).replace("currentColor", BLACK)
    said = {"alt": block.alt, "caption": block.caption}
    return {"kind": "picture", "svg": drawn, "share": block.share * 100, **said}


@_block.register
def _(block: Table) -> Plain:
    table = block.on(Where.PAPER)
    return {
        "kind": "table",
        "caption": table.caption,
        "empty": table.empty,
        "titles": [breakable(column.title) for column in table.columns],
        "weights": [column.weight for column in table.columns],
        "numeric": [column.numeric for column in table.columns],
        "rows": [[_cell(cell) for cell in row] for row in table.rows],
    }


def _cell(cell: Cell) -> list[str | None]:
    return [breakable(cell.text), _look(cell.look)]


def _look(look: Look | None) -> str | None:
    return None if look is None else str(look)
