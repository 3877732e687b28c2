"""Long lists: the first lines show, the others unfold."""

from collections.abc import Sequence

import streamlit as st


def bullets(lines: Sequence[str], shown: int) -> None:
    """Draw lines of Markdown as a list of which only so many show at first."""
    st.markdown(_listed(lines[:shown]))
    if len(lines) > shown:
        with st.expander(f"{len(lines) - shown} more"):
            st.markdown(_listed(lines[shown:]))


def _listed(lines: Sequence[str]) -> str:
    return "\n".join(f"- {line}" for line in lines)
