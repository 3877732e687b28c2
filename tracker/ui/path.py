"""The path to green on the screen: work on one side of a line, decisions on the other."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from tracker.ui import folding
from tracker.ui.text import plain
from tracker.views.path import DECISIONS, PathView, StepGroup

OPEN_UP_TO: Final = 3
"""Of more steps of one kind, obstacles or decisions than this the first ones show."""


def draw(shown: PathView) -> None:
    """Draw what reaches a better verdict, then apart from it what may be decided instead."""
    st.markdown(plain(shown.sentence))
    if shown.blocked:
        with st.container(border=True, gap="small"):
            st.markdown("**What no work on record can turn** :red-badge[:material/block: blocked]")
            _bullets(shown.blocked)
    if shown.needed:
        with st.container(border=True, gap="small"):
            st.markdown(f"**{plain(shown.needed_title)}** :blue-badge[:material/build: work]")
            st.caption(plain(shown.cost))
            for group in shown.needed:
                _group(group)
    if shown.choices:
        _choices(shown)
    if shown.decisions:
        st.subheader("Decisions, never the path", anchor=False)
        with st.container(border=True, gap="small"):
            st.caption(f":material/gavel: {DECISIONS}")
            _bullets(shown.decisions)


def _group(group: StepGroup) -> None:
    st.markdown(f"**{plain(group.title)}**")
    if group.assumes:
        st.caption(plain(group.assumes))
    _bullets(group.lines)


def _choices(shown: PathView) -> None:
    with st.container(border=True, gap="small"):
        st.markdown(f"**{plain(shown.choices_title)}** :blue-badge[:material/alt_route: choose]")
        if shown.choices_assume:
            st.caption(plain(shown.choices_assume))
        folding.bullets([_choice(lines) for lines in shown.choices], OPEN_UP_TO)


def _choice(lines: Sequence[str]) -> str:
    """One choice as a line of a list; of several steps each is a line below it."""
    if len(lines) == 1:
        return plain(lines[0])
    return "\n".join([f"{len(lines)} steps together:", *(f"    - {plain(line)}" for line in lines)])


def _bullets(lines: Sequence[str]) -> None:
    folding.bullets([plain(line) for line in lines], OPEN_UP_TO)
