"""The parts of a launch's overview that are more than one call."""

import streamlit as st

from tracker.domain.records import LaunchRecord
from tracker.ui import badges, charts, navigation, tables
from tracker.ui.state import Address, Overview
from tracker.ui.text import plain
from tracker.views.overview import OverviewView


def criteria(shown: OverviewView, launch: str) -> None:
    """Draw gates by state, and how far the frontier thresholds are, with the way to both.

    Args:
        shown: The overview.
        launch: Key of its launch.
    """
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        if shown.gates:
            counts = (f"{badges.gate_mark(kind)} **{count}**" for kind, count in shown.gates)
            st.markdown(" ".join(counts), width="content")
        st.page_link(
            navigation.path("gates"),
            label=plain(shown.gates_headline),
            icon=":material/chevron_right:",
            query_params=Address(launch=launch).parameters(),
        )
        st.caption(plain(shown.thresholds), width="content")


def last_launch(launch: LaunchRecord) -> None:
    """Draw the way to the comparison with the last launch, where this one was cloned from it."""
    if launch.cloned_from is not None:
        st.page_link(
            navigation.path("lineage"),
            label="Compared with the last launch",
            icon=":material/difference:",
            query_params=Address(launch=launch.key).parameters(),
        )


def levels(shown: OverviewView) -> None:
    """Draw open risks by level in the three views, as bars and as numbers."""
    charts.levels(shown.bars, key=Overview.CHART)
    tables.show(
        tables.as_levels(shown.levels),
        {
            "level": tables.levels(),
            "now": tables.number("Now"),
            "inherent": tables.number("Inherent"),
            "projected": tables.number("Projected"),
        },
        key=Overview.LEVELS,
        name="Open risks by level",
    )
