"""Why a verdict is what it is: every reason with its remedy, kind by kind."""

from collections.abc import Sequence

import streamlit as st

from tracker.ui.text import plain
from tracker.views.overview import ReasonGroup

OPEN_UP_TO = 4
"""A kind with more reasons than this shows its first ones; the others unfold."""


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
    remedies = {reason.remedy for reason in group.reasons}
    if len(remedies) == 1:
        st.caption(plain(remedies.pop()))
    if all(reason.subject for reason in group.reasons):
        _listed(group, 0, OPEN_UP_TO)
    if len(group.reasons) > OPEN_UP_TO:
        with st.expander(f"{len(group.reasons) - OPEN_UP_TO} more"):
            _listed(group, OPEN_UP_TO, None)


def _listed(group: ReasonGroup, start: int, end: int | None) -> None:
    same = len({reason.remedy for reason in group.reasons}) == 1
    lines = [
        f"- {plain(reason.text)}" if same else f"- {plain(reason.text)}  \n  {plain(reason.remedy)}"
        for reason in group.reasons[start:end]
    ]
    st.markdown("\n".join(lines))
