"""What changed lately, as a short list."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from tracker.domain.changes import ChangeLine
from tracker.ui import messages
from tracker.ui.text import plain
from tracker.views.history import sentences

SHOWN: Final = 8
EMPTY: Final = "Nothing has been recorded about it yet."


def draw(changes: Sequence[ChangeLine]) -> None:
    """Draw the latest changes, newest first, each act as one line."""
    lines = sentences(changes)
    if not lines:
        messages.nothing_here(EMPTY)
        return
    st.markdown("\n".join(f"- {plain(line)}" for line in lines[:SHOWN]))
    if len(lines) > SHOWN:
        st.caption("Older changes stand under Records, History.")
