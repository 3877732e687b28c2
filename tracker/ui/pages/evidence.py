"""Launch, Evidence: what was measured, where it comes from, and what of it counts."""

import streamlit as st

from tracker.domain.words import EvidenceStanding
from tracker.ui import filters, header, messages, session, state, tables
from tracker.ui.evidence_run import PARAMETER, one
from tracker.ui.forms import import_forms, meaning_forms, metric_forms
from tracker.views import evidence as view

here = session.here()
launch = header.launch_page(here)
ledger = here.ledger(launch.launch.key)
named = state.parameter(PARAMETER)

if named is not None:
    one(here, launch, ledger, named)
    st.stop()

header.title(view.ANSWERS, view.headline(ledger))
only = import_forms.taken_in(launch, ledger)
saved = [
    import_forms.draw(here, launch),
    metric_forms.define(here, launch, ledger),
    meaning_forms.draw(here, launch),
]
if any(outcome is not None for outcome in saved):
    st.rerun()
if not ledger.runs:
    messages.nothing_here(view.EMPTY)
    st.stop()

with filters.row():
    shown = view.evidence_view(
        ledger,
        view.EvidenceFilter(
            text=filters.text("evidence.text", "Metric, task, file, model"),
            standings=filters.several(
                "Counts?", {str(x): str(x) for x in EvidenceStanding}, "evidence.standing", 300
            ),
            tools=filters.several("Tool", {x: x for x in view.tools(ledger)}, "evidence.tool"),
            runs=only,
        ),
        {key: person.name for key, person in here.people.items()},
    )
    if shown.found:
        st.caption(shown.found, width="content")
if shown.empty:
    messages.nothing_here(shown.empty)
    st.stop()

opened = tables.show(
    shown.frame,
    {
        "run": "Run",
        "standing": tables.text("Counts?", width=160),
        "metric": tables.text("Metric", width=215),
        "value": tables.text("Value", width=150),
        "n": tables.number("n", help="Prompts or scenarios, never repeats"),
        "gates": tables.text("Gates", width=70),
        "slice": tables.text("Slice", width=90),
        "task": tables.text("Task", width=170),
        "day": tables.day("Run on"),
        "stderr": tables.number("Std. error", "%.3g"),
        "missing": tables.number("Not scored", help="Planned and not scored: counts as bad"),
        "risks": tables.text("Risks", width=90),
        "model": tables.text("Model", width=170),
        "configuration": tables.text("Configuration", width=190),
        "safeguards": tables.text("Safeguards"),
        "tool": tables.text("Tool", width=140),
        "flags": tables.text("Flags", width=140),
        "file": tables.text("File", width=190),
        "importer": tables.text("Imported by", width=150),
        "basis": tables.text("Basis"),
    },
    key="evidence.table",
    name="Evidence of this launch",
    rows=11,
    row_height=import_forms.WRAPPING,
    opens="run",
)
if opened is not None:
    state.put(PARAMETER, str(shown.frame["run"].iloc[opened]))
    st.rerun()
