"""Why a verdict is what it is: every reason with its remedy, kind by kind."""

from collections import defaultdict
from collections.abc import Sequence
from itertools import groupby
from typing import Final

import streamlit as st

from tracker.ui import folding
from tracker.ui.text import plain
from tracker.views.overview import ReasonGroup

OPEN_UP_TO: Final = 4
"""Of more reasons in one list than this the first ones show."""


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
    for alone, listed in groupby(_by_remedy(group).items(), key=lambda pair: len(pair[1]) == 1):
        if alone:
            lines = [_with_remedy(texts[0], remedy) for remedy, texts in listed]
            folding.bullets(lines, OPEN_UP_TO)
        else:
            for remedy, texts in listed:
                st.caption(plain(remedy))
                folding.bullets(texts, OPEN_UP_TO)


def _by_remedy(group: ReasonGroup) -> dict[str, list[str]]:
    """Gather what has the same remedy, so that it is said once."""
    gathered: dict[str, list[str]] = defaultdict(list)
    for reason in group.reasons:
        gathered[reason.remedy].append(plain(reason.text))
    return gathered


def _with_remedy(text: str, remedy: str) -> str:
    """A reason with a remedy of its own: the remedy stands on the next line."""
    return f"{text}  \n  :gray[{plain(remedy)}]"
