"""Library, Gate templates: launch criteria to start from, and what others published."""

import streamlit as st

from tracker.readers.areas import packaged_areas
from tracker.readers.gate_templates import packaged_gate_templates
from tracker.ui import filters, header, messages, tables
from tracker.ui.text import plain
from tracker.views import templates as view

areas = packaged_areas()

headline = st.container()
with filters.row():
    shown = view.templates_view(
        packaged_gate_templates(),
        areas,
        view.TemplateFilter(
            text=filters.text("templates.text", "Words, model or document"),
            areas=filters.several(
                "Policy area", {area.code: area.name for area in areas}, "templates.area", 320
            ),
            families=filters.several(
                "Family", {area.family: area.family_name for area in areas}, "templates.family", 260
            ),
        ),
    )
with headline:
    header.title(view.ANSWERS, shown.headline)
    st.markdown(view.OWN)
if shown.empty:
    messages.nothing_here(shown.empty)
    st.stop()

tables.show(
    shown.frame,
    {
        "title": tables.text("Template", width=190),
        "areas": tables.text("Policy areas", width=210),
        "asks": tables.text("Measures or attests", width=210),
        "threshold": tables.text("Own threshold", width=135),
        "n": tables.number("Least n", help="Prompts or scenarios, never repeats"),
        "age": tables.number("Oldest, days"),
        "counts": tables.text("Counts", width=85),
        "twin": tables.text("Over-refusal twin", width=125),
        "rationale": tables.text("Why it is asked", width=330),
        "kind": tables.text("Kind"),
    },
    key="templates.table",
    name="Templates of gates",
    rows=8,
    row_height=94,
)
if shown.uncovered:
    st.caption(plain(shown.uncovered))

st.header("Published figures beside them", anchor=False)
if len(shown.examples):
    tables.show(
        shown.examples,
        {
            "title": tables.text("Template", width=280),
            "figure": tables.text("As printed", width=520),
            "source": tables.text("Document", width=420),
        },
        key="templates.examples",
        name="Published figures beside the templates",
        rows=12,
        row_height=54,
    )
else:
    messages.nothing_here("None of these templates has a published figure beside it.")
