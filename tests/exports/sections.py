"""Parts of a document by their names, as plain texts."""

from tracker.exports.document import Document, Facts, Paragraph, Section, Table


def section(document: Document, anchor: str) -> Section:
    (found,) = [each for each in document.sections if each.anchor == anchor]
    return found


def table(document: Document, anchor: str, caption: str) -> Table:
    (found,) = [
        block
        for block in section(document, anchor).blocks
        if isinstance(block, Table) and block.caption.startswith(caption)
    ]
    return found


def rows(found: Table) -> list[dict[str, str]]:
    titles = [column.title for column in found.columns]
    return [dict(zip(titles, [cell.text for cell in row], strict=True)) for row in found.rows]


def facts(document: Document, anchor: str) -> dict[str, str]:
    blocks = [block for block in section(document, anchor).blocks if isinstance(block, Facts)]
    return {label: cell.text for block in blocks for label, cell in block.items}


def texts(found: Section) -> list[str]:
    return [block.text for block in found.blocks if isinstance(block, Paragraph)]
