"""The neutral document of a summary, drawn on a page."""

import streamlit as st

from tracker.domain.words import GateState, Level, Verdict
from tracker.exports.document import (
    Block,
    Cell,
    Facts,
    Heading,
    Headline,
    Paragraph,
    Picture,
    Section,
    Table,
    Where,
)
from tracker.exports.escape import breakable
from tracker.ui import badges, tables
from tracker.ui.text import plain
from tracker.views.report import on_screen


def section(shown: Section) -> None:
    """Draw every block of a section."""
    for position, block in enumerate(shown.blocks):
        _block(block, f"report.{shown.anchor}.{position}", f"{shown.title}, part {position + 1}")


def _block(block: Block, key: str, place: str) -> None:
    match block:
        case Paragraph():
            _paragraph(block)
        case Heading():
            st.markdown(f"**{plain(block.text)}** {_mark(Cell('', look=block.look))}")
        case Headline():
            _headline(block)
        case Facts():
            pairs = [(label, breakable(cell.text)) for label, cell in block.items]
            tables.facts(pairs, name="Facts")
        case Table():
            _table(block, key, place)
        case Picture():
            spec = block.chart.to_dict(validate=False)
            st.vega_lite_chart(spec, key=key, theme=None, alt=block.alt)
            st.caption(plain(block.caption))


def _paragraph(block: Paragraph) -> None:
    lead = f"**{plain(block.lead)}** " if block.lead else ""
    if block.notice:
        st.info(f"{lead}{plain(block.text)}", icon=":material/info:")
    else:
        st.markdown(f"{lead}{plain(block.text)}")


def _headline(block: Headline) -> None:
    with st.grid(len(block.items), min_column_width=200):
        for label, cell in block.items:
            with st.container(border=True):
                st.caption(plain(label))
                st.markdown(_mark(cell) or f"**{plain(cell.text)}**")


def _mark(cell: Cell) -> str:
    match cell.look:
        case Level() as level:
            return badges.level_mark(level)
        case Verdict() as verdict:
            return badges.verdict_mark(verdict)
        case GateState() as state:
            return badges.gate_mark(state)
        case None:
            return ""


def _table(block: Table, key: str, place: str) -> None:
    st.markdown(f"**{plain(block.caption)}**")
    if not block.rows:
        st.caption(plain(block.empty))
        return
    frame = on_screen(block)
    columns = {
        column.title: st.column_config.TextColumn(
            column.title, alignment="right" if column.numeric else "left"
        )
        for column in block.on(Where.PAPER).columns
    }
    tables.show(frame, columns, key=key, name=f"{block.caption} ({place})", rows=20)
