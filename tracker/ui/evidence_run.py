"""One imported run: where it comes from, what it shows, and what can be said about it."""

import streamlit as st

from tracker.domain.errors import NotFound
from tracker.domain.state import LaunchState
from tracker.services.ledger import Ledger
from tracker.ui import badges, messages, state, tables
from tracker.ui.forms import correction_forms, evidence_forms, withhold_forms
from tracker.ui.forms.import_forms import WRAPPING
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views import evidence_run as view

PARAMETER = "run"
_SAID = "run.said"


def one(here: Here, launch: LaunchState, ledger: Ledger, short_ref: str) -> None:
    """Draw one run; one that is not on the launch is said in words."""
    st.button(
        "All evidence of this launch",
        key="run.back",
        icon=":material/chevron_left:",
        type="tertiary",
        on_click=lambda: state.put(PARAMETER, None),
    )
    run = view.find_run(ledger, short_ref)
    if run is None:
        near = [known.short_ref for known in ledger.runs[:3]]
        messages.stop(NotFound("run on this launch", short_ref, near))
    detail = view.run_detail(run, ledger, launch)
    st.title(plain(f"{run.short_ref} {run.tool}, {run.file_name}"), anchor=False)
    if said := st.session_state.pop(_SAID, None):
        st.toast(plain(f"Recorded for {said}"), icon=":material/check:")
    _marks(detail)
    _metrics(detail)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        _provenance(detail)
    with right:
        saved = [
            evidence_forms.equivalence(here, launch, ledger, detail),
            evidence_forms.confirm(here, launch, detail),
            evidence_forms.link(here, launch, detail),
            correction_forms.correct(here, launch, detail, view.places(ledger, launch, run.tool)),
            correction_forms.withdraw(here, launch, detail),
            withhold_forms.run(here, launch, detail.run),
        ]
    if any(outcome is not None for outcome in saved):
        st.session_state[_SAID] = run.short_ref
        st.rerun()


def _marks(detail: view.RunDetail) -> None:
    if detail.needs_reason:
        st.warning(
            plain(
                f"About another release: {detail.differs}. It counts only once somebody other than "
                "the importer and the launch owner has recorded why."
            ),
            icon=":material/difference:",
        )
    if detail.without_n:
        st.warning(plain(f"Self-reported: {detail.without_n}"), icon=":material/numbers:")
    elif detail.needs_confirmation:
        st.warning(
            "Self-reported: it passes no gate until somebody other than the importer and the "
            "launch owner has compared the figures with their source.",
            icon=":material/person_search:",
        )
    for warning in detail.run.warnings:
        st.caption(f":material/warning: {plain(warning)}")
    if detail.illustrative:
        st.markdown(badges.illustrative_mark())


def _provenance(detail: view.RunDetail) -> None:
    tables.facts(tuple(detail.facts.items()), name="Provenance of this run")
    st.caption("SHA-256 of the file")
    st.code(detail.run.sha256, language=None, wrap_lines=True)


def _metrics(detail: view.RunDetail) -> None:
    if not detail.rows:
        messages.nothing_here("The run holds no metric: it was not finished, and shows nothing.")
        return
    tables.show(
        detail.metrics,
        {
            "standing": tables.text("Counts?", width=190),
            "metric": tables.text("Metric", width=260),
            "value": tables.text("Value", width=130),
            "n": tables.number("n"),
            "gates": tables.text("Gates", width=80),
            "risks": tables.text("Risks", width=90),
            "stderr": tables.number("Std. error", "%.3g"),
            "missing": tables.number("Not scored"),
            "slice": tables.text("Slice", width=90),
            "task": tables.text("Task", width=190),
            "correction": tables.text("Taken back", width=260),
        },
        key="run.metrics",
        name="Metrics of this run",
        row_height=WRAPPING,
    )
