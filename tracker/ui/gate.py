"""One launch criterion: what it asks, what was shown, what lies over it, what can be done."""

import streamlit as st

from tracker.domain.errors import NotFound
from tracker.domain.state import LaunchState
from tracker.ui import badges, charts, messages, navigation, state, tables
from tracker.ui.forms import gate_forms, gate_steps, waiver_forms
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views import gate as view
from tracker.views.gates import figures, over_words

PARAMETER = "gate"


def one(here: Here, launch: LaunchState, short_ref: str) -> None:
    """Draw one gate; one that is not on the launch is said in words."""
    st.button(
        "All gates of this launch",
        key="gate.back",
        icon=":material/chevron_left:",
        type="tertiary",
        on_click=lambda: state.put(PARAMETER, None),
    )
    status = view.find_gate(launch, short_ref)
    if status is None:
        near = [known.gate.short_ref for known in launch.gates[:3]]
        messages.stop(NotFound("gate on this launch", short_ref, near))
    detail = view.gate_detail(status, launch)
    st.title(plain(f"{status.gate.short_ref} {status.gate.title}"), anchor=False)
    _marks(detail)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _shown(detail)
        tables.facts(tuple(detail.facts.items()), name="Facts of this gate")
        _run(detail, launch.launch.key)
    with right:
        saved = [
            gate_steps.confirm(here, launch, status),
            gate_steps.attest(here, launch, status),
            gate_steps.plan(here, launch, status),
            gate_forms.edit(here, launch, status),
            waiver_forms.draw(here, launch, detail),
            gate_steps.withdraw(here, launch, status),
        ]
    if any(outcome is not None for outcome in saved):
        st.rerun()


def _marks(detail: view.GateDetail) -> None:
    status = detail.status
    over = over_words(status)
    said = [
        badges.gate_mark(status.state),
        f":blue-badge[:material/gavel: {plain(over)}]" if over else "",
        ":red-badge[:material/block: holds the launch]" if status.holds else "",
        badges.illustrative_mark() if detail.illustrative else "",
    ]
    st.markdown(" ".join(mark for mark in said if mark))


def _run(detail: view.GateDetail, launch: str) -> None:
    if detail.run is not None and st.button(
        f"Open run {detail.run}", key="gate.run", icon=":material/description:", type="tertiary"
    ):
        navigation.go_to_run(launch, detail.run)


def _shown(detail: view.GateDetail) -> None:
    status = detail.status
    st.header(plain(figures(status)), anchor=False)
    if status.why:
        st.markdown(plain(f"Because: {status.why}."))
    if status.settles:
        st.info(plain(f"What would settle it: {status.settles}"), icon=":material/flag:")
    if detail.bars:
        charts.intervals(detail.bars, key="gate.chart")
        st.caption(view.HOW_TO_READ)
    if detail.comparison:
        st.markdown(plain(detail.comparison))
    if len(detail.slices):
        tables.show(
            tables.as_gate_states(detail.slices),
            {
                "slice": tables.text("Slice", width=200),
                "state": tables.gate_states(),
                "shows": tables.text("Shown", width=260),
                "n": tables.number("n"),
                "why": tables.text("Why", width=260),
            },
            key="gate.slices",
            name="Slices of this gate",
        )
