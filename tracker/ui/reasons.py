"""Why a verdict is what it is: every reason with its remedy, kind by kind."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Final

import streamlit as st

from tracker.ui.text import plain
from tracker.views.overview import ReasonGroup

OPEN_UP_TO: Final = 4
"""Of more reasons with one remedy than this the first ones show; the others unfold."""


def draw(groups: Sequence[ReasonGroup]) -> None:
    """Draw all reasons, those that hold the launch first."""
    for group in groups:
        with st.container(border=True, gap="small"):
            _kind(group)


def _kind(group: ReasonGroup) -> None:
    mark = (
        "red-badge[:material/block: holds]"
        if group.holds
        else "orange-badge[:material/rule: condition]"
    )
    st.markdown(f"**{plain(group.title)}** :{mark}")
    if group.reasons[0].subject:
        for remedy, listed in _by_remedy(group).items():
            st.caption(plain(remedy))
            _some_first(listed)
    else:
        st.caption(plain(group.reasons[0].remedy))


def _by_remedy(group: ReasonGroup) -> dict[str, list[str]]:
    """Gather what has the same remedy, so that it is said once."""
    gathered: dict[str, list[str]] = defaultdict(list)
    for reason in group.reasons:
        gathered[reason.remedy].append(f"- {plain(reason.text)}")
    return gathered


def _some_first(lines: Sequence[str]) -> None:
    st.markdown("\n".join(lines[:OPEN_UP_TO]))
    if len(lines) > OPEN_UP_TO:
        with st.expander(f"{len(lines) - OPEN_UP_TO} more"):
            st.markdown("\n".join(lines[OPEN_UP_TO:]))
