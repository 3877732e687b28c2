"""The parts of a risk's detail that are tables or rows of marks."""

import pandas as pd
import streamlit as st

from tracker.ui import badges, navigation, tables
from tracker.ui.state import Risk
from tracker.ui.text import plain
from tracker.views.risk import RiskView


def marks(shown: RiskView) -> None:
    """Draw level, status and what else must be known at once."""
    said = [badges.level_mark(shown.level), f":gray-badge[{plain(shown.status)}]"]
    if shown.illustrative:
        said.append(badges.illustrative_mark())
    st.markdown(f"{' '.join(said)} {plain(shown.headline)}")
    if shown.closure:
        st.info(plain(shown.closure), icon=":material/lock:")


def figures(shown: RiskView) -> None:
    """Draw the figures of the three views."""
    tables.show(
        tables.as_levels(shown.figures),
        {
            "view": tables.text("View"),
            "level": tables.levels(),
            "harm_score": tables.number("Harm score", "%.1f"),
            "band": tables.text("Band of the harm score"),
            "priority": tables.number("Priority", "%.1f"),
            "priority_band": tables.text("Band of the priority"),
            "left": tables.number("Expected loss left", "%.0f %%"),
        },
        key=Risk.FIGURES,
        name="Figures in the three views",
    )
    if shown.nist is not None:
        st.caption(
            f"For cross-reference only: about “{shown.nist}” in NIST SP 800-30 Table I-2, from "
            "likelihood and severity alone. Approximate; the scales are not ours."
        )


def assessments(frame: pd.DataFrame, key: str) -> None:
    """Draw assessments with their picks."""
    tables.show(
        tables.as_levels(frame),
        {
            "assessor": tables.text("Assessor"),
            "level": tables.levels("Own level"),
            "harm_score": tables.number("Own harm score", "%.1f"),
            "priority": tables.number("Own priority", "%.1f"),
            "likelihood": tables.text("Likelihood"),
            "severity": tables.text("Severity"),
            "exposure": tables.text("Exposure"),
            "reversibility": tables.text("Reversibility"),
            "business_impact": tables.text("Business impact"),
            "grade": tables.text("Evidence"),
            "status": tables.text("Role"),
            "submitted": tables.moment("Submitted (UTC)"),
            "rationale": tables.text("Reasons", width=500),
        },
        key=key,
        name="Assessments",
    )


def mitigations(frame: pd.DataFrame) -> None:
    """Draw what lowers the risk, and what of it counts today."""
    tables.show(
        frame,
        {
            "mitigation": tables.text("Mitigation"),
            "title": tables.text("What it does", width=340),
            "mechanism": tables.text("Mechanism"),
            "status": tables.text("Status"),
            "expected": tables.text("Removes (low to high)"),
            "counted": tables.number("Counts today", "%.0f %%"),
            "note": tables.text("Note", width=280),
            "owner": tables.text("Owner"),
        },
        key=Risk.MITIGATIONS,
        name="Mitigations of this risk",
    )


def evidence(frame: pd.DataFrame, launch: str) -> None:
    """Draw the evidence that speaks to the risk; a row opens its run.

    Args:
        frame: One line per metric.
        launch: Key of the launch.
    """
    opened = tables.show(
        frame,
        {
            "run": "Run",
            "metric": tables.text("Metric", width=320),
            "value": tables.text("Value", width=170),
            "n": tables.number("n", help="Prompts or scenarios, never repeats"),
            "standing": tables.text("Counts?", width=220),
            "gates": tables.text("Gates that read it"),
            "slice": tables.text("Slice"),
            "task": tables.text("Task", width=200),
        },
        key=Risk.EVIDENCE,
        name="Evidence that speaks to this risk",
        opens="run",
    )
    if opened is not None:
        navigation.go_to_run(launch, str(frame["run"].iloc[opened]))
