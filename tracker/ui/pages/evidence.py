"""Launch, Evidence: what was measured, where it comes from, and what of it counts."""

import streamlit as st

from tracker.domain.words import EvidenceStanding
from tracker.ui import filters, header, messages, session, state, tables
from tracker.ui.evidence_run import PARAMETER, one
from tracker.ui.forms import import_forms, metric_forms
from tracker.views import evidence as view

here = session.here()
launch = header.launch_page(here)
ledger = here.ledger(launch.launch.key)
named = state.parameter(PARAMETER)

if named is not None:
    one(here, launch, ledger, named)
    st.stop()

header.title(view.ANSWERS, view.headline(ledger))
with filters.row():
    shown = view.evidence_view(
        ledger,
        view.EvidenceFilter(
            text=filters.text("evidence.text", "Run, task, metric, file or model"),
            standings=filters.several(
                "Counts?", {str(x): str(x) for x in EvidenceStanding}, "evidence.standing", 260
            ),
            tools=filters.several("Tool", {x: x for x in view.tools(ledger)}, "evidence.tool"),
        ),
    )
saved = [
    import_forms.draw(here, launch),
    metric_forms.define(here, launch, shown.undefined),
]
if any(outcome is not None for outcome in saved):
    st.rerun()
if shown.empty:
    messages.nothing_here(shown.empty)
    st.stop()

opened = tables.show(
    shown.frame,
    {
        "run": "Run",
        "standing": tables.text("Counts?", width=170),
        "task": tables.text("Task", width=150),
        "metric": tables.text("Metric", width=240),
        "slice": tables.text("Slice"),
        "value": tables.text("Value", width=150),
        "stderr": tables.number("Std. error", "%.3g"),
        "n": tables.number("n", help="Prompts or scenarios, never repeats"),
        "missing": tables.number("Not scored", help="Planned and not scored: counts as bad"),
        "gates": tables.text("Gates"),
        "risks": tables.text("Risks"),
        "day": tables.day("Run on"),
        "model": tables.text("Model", width=150),
        "configuration": tables.text("Configuration", width=150),
        "safeguards": tables.text("Safeguards"),
        "tool": tables.text("Tool", width=150),
        "flags": tables.text("Flags", width=150),
        "file": tables.text("File", width=200),
        "basis": tables.text("Basis"),
    },
    key="evidence.table",
    name="Evidence of this launch",
    rows=16,
    opens="run",
)
if opened is not None:
    state.put(PARAMETER, str(shown.frame["run"].iloc[opened]))
    st.rerun()
