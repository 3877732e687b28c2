"""Launch, Risks: the register and the matrix of one launch."""

import streamlit as st

from tracker.domain.words import Level, View
from tracker.ui import badges, charts, filters, header, messages, navigation, session, tables
from tracker.ui.forms import risk_forms
from tracker.ui.state import Risks
from tracker.ui.text import plain
from tracker.views import priorities
from tracker.views import risks as view

MODES = {
    View.CURRENT: "Now",
    View.INHERENT: "Inherent",
    View.PROJECTED: "Projected",
}
EXPLAINED = {
    View.CURRENT: "Now: only mitigations verified on this launch and version count.",
    View.INHERENT: "Inherent: no mitigation counts.",
    View.PROJECTED: "Projected: planned, started, implemented and verified mitigations count.",
}

here = session.here()
launch = header.launch_page(here)
known = priorities.options([launch])

header.title(view.ANSWERS, view.headline(launch))
risk_forms.new_risk(here, launch)
beside = st.container(horizontal=True, gap="medium")
left, right = beside.container(width=470), beside.container(width="stretch")

with left:
    mode = View(
        st.radio(
            "Which mitigations count",
            [str(mode) for mode in MODES],
            key=Risks.VIEW,
            format_func=lambda mode: MODES[View(mode)],
            bind="query-params",
            horizontal=True,
        )
    )
    st.caption(EXPLAINED[mode])
    grid = view.grid(launch, mode, here.profile)
    clicked = charts.matrix(grid.cells, here.profile, grid.unassessed, key=Risks.MATRIX)
    outside = ", ".join(grid.unassessed) or "none"
    mark = badges.level_mark(Level.UNASSESSED)
    st.markdown(f"{mark} outside the grid: **{len(grid.unassessed)}** ({plain(outside)})")

with right:
    with filters.row():
        text = filters.text(Risks.TEXT, "Reference or words")
        levels = filters.several("Level", known.levels, Risks.LEVEL, width=150)
        areas = filters.several("Policy area", known.areas, Risks.AREA, width=150)
        owners = filters.several("Owner", known.owners, Risks.OWNER, width=150)
    with filters.row():
        cell = st.selectbox(
            "Cell of the matrix",
            list(grid.places),
            index=None,
            key=Risks.CELL,
            format_func=grid.places.__getitem__,
            placeholder="All cells; or click one",
            width=330,
        )
        closed = filters.switch(f"Closed risks too ({grid.closed})", Risks.CLOSED)
    wanted = view.RiskFilter(
        levels, areas, owners, text, place=grid.place(clicked, cell), closed=closed
    )
    shown = view.risks_view(launch, mode, wanted, here.profile)
    if shown.empty:
        messages.nothing_here(shown.empty)
    else:
        opened = tables.show(
            tables.as_levels(shown.frame),
            tables.REGISTER,
            key=Risks.TABLE,
            name="Risks of this launch",
            rows=25,
            opens="risk",
        )
        if opened is not None:
            navigation.go_to_risk(str(shown.frame["ref"].iloc[opened]))
        st.caption(shown.counted)
