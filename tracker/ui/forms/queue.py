"""Choosing the risk to assess, and what stands beside it."""

from collections.abc import Callable

import streamlit as st

from tracker.domain.state import LaunchState, RiskState
from tracker.ui import badges, navigation, state, tables
from tracker.ui.session import Here
from tracker.ui.state import Address
from tracker.ui.text import isolated, plain, shortened
from tracker.views.assess import AssessView, compared

CHOSEN = "assess.risk"


def choose(shown: AssessView) -> RiskState | None:
    """Draw the choice of a risk and return it: the one in the address, else the most urgent.

    An address that names no open risk chooses none: nobody shall judge another one by mistake.
    """
    short = {risk.risk.short_ref: risk for risk in shown.risks.values()}
    urgent = next((shown.risks[ref].risk.short_ref for ref in shown.waiting), None)
    named = state.address().risk
    if named is not None and named not in short:
        st.warning(plain(f"{shortened(named)} is no open risk of this launch. Choose one below."))
    st.session_state[CHOSEN] = urgent if named is None else named if named in short else None
    chosen = st.selectbox(
        "Risk to assess; those that wait come first",
        list(short),
        index=None,
        key=CHOSEN,
        format_func=_label(short, shown),
        on_change=_remember,
        placeholder="Choose a risk",
    )
    return short[chosen] if chosen else None


def _label(short: dict[str, RiskState], shown: AssessView) -> Callable[[str], str]:
    def label(ref: str) -> str:
        risk = short[ref]
        why = shown.waiting.get(risk.ref, "you have assessed it")
        return f"{ref} {isolated(shortened(risk.risk.title, 90))} ({why})"

    return label


def _remember() -> None:
    state.put(state.RISK_PARAMETER, st.session_state[CHOSEN])


def elsewhere(shown: AssessView) -> None:
    """Draw links to the other launches on which something waits."""
    if not shown.elsewhere:
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.caption("More waits for you on", width="content")
        for key, (name, count) in shown.elsewhere.items():
            st.page_link(
                navigation.path("assess"),
                label=f"{plain(name)} ({count})",
                query_params=Address(launch=key).parameters(),
            )


def marks(risk: RiskState, shown: AssessView, launch: LaunchState) -> None:
    """Draw why the risk waits and which policy areas it concerns."""
    names = {status.area.code: status.area.name for status in launch.areas}
    areas = ", ".join(names.get(code, code) for code in (risk.risk.area, *risk.risk.touches))
    why = shown.waiting.get(risk.ref, "you have assessed it")
    said = [f":gray-badge[{plain(why)}]", plain(areas)]
    st.markdown(" ".join(said))


def side_by_side(risk: RiskState, launch: LaunchState, here: Here) -> None:
    """Draw the assessments of everybody, once one's own is in."""
    frame = compared(risk, launch, here.profile)
    st.subheader("Assessments on record", anchor=False)
    scales = here.profile.scales.items()
    tables.show(
        tables.as_levels(frame),
        {
            "assessor": tables.text("Assessor"),
            "level": tables.levels("Own level"),
            "harm_score": tables.number("Harm score", "%.1f"),
            "priority": tables.number("Priority", "%.1f"),
            **{factor.value: tables.number(scale.name) for factor, scale in scales},
            "grade": tables.text("Evidence"),
            "submitted": tables.text("Submitted"),
            "about": tables.text("About"),
        },
        key="assess.compared",
        name="Assessments on record",
    )
    st.markdown(
        f"Together: {badges.level_mark(risk.inherent.level)} before mitigations. "
        "An assessment is never changed; submitting another one supersedes your own."
    )
