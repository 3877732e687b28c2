"""The top of every page: which register, who acts, which launch, and what the page answers."""

from collections.abc import Sequence
from typing import NoReturn

import streamlit as st

from tracker.domain.errors import NotFound
from tracker.domain.records import LaunchRecord
from tracker.domain.report import IDENTITY_NOTE
from tracker.domain.state import LaunchState, RiskState
from tracker.readiness.words import when
from tracker.ui import badges, messages, navigation, session, sign_in, state
from tracker.ui.forms import own_register
from tracker.ui.session import Here
from tracker.ui.text import plain

_LAST_LAUNCH = "launch.last"
_PAGE = "page.title"
_NO_LAUNCH = "No launch is registered yet. Everything here is about launches: begin with one."


def draw(page: str) -> None:
    """Draw the bar on top: the demo's notice on the left, who acts on the right.

    Args:
        page: Title of the page in the menu; `title` repeats it.
    """
    here = session.here()
    st.session_state[_PAGE] = page
    with st.container(
        horizontal=True, horizontal_alignment="distribute", vertical_alignment="center", gap="small"
    ):
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            _register_notice(here)
        with st.container(horizontal=True, vertical_alignment="center", width="content"):
            _who_acts(here)


def _register_notice(here: Here) -> None:
    if not here.is_demo:
        st.caption(":material/database: Own register", width="content")
        return
    st.markdown(
        ":blue-badge[:material/science: Demo] :small[Real launches and risks; every score, name "
        "and date under way is an **illustrative judgement**.]",
        width="content",
    )
    if here.settings.signs_in:
        return
    if st.button("Start my own register", key="header.start_own", type="tertiary"):
        own_register.open_dialog(here)


def _who_acts(here: Here) -> None:
    if here.settings.signs_in:
        sign_in.who(here)
        return
    st.caption(f":material/no_accounts: Local mode: {IDENTITY_NOTE}", width="content")
    if here.actor is None:
        st.caption("Nobody is in this register yet.", width="content")
        return
    st.session_state[state.ACTOR] = here.actor.key
    st.selectbox(
        "Acting as",
        [person.key for person in session.active_people(here.people)],
        key=state.ACTOR,
        format_func=here.name,
        label_visibility="collapsed",
        width=300,
    )
    state.put(state.ACTOR_PARAMETER, here.actor.key)


def title(answers: str, headline: str) -> None:
    """Draw the answer, readable from two metres, and below it what the page answers."""
    with st.container(gap=None):
        st.title(headline, anchor=False)
        st.caption(f"**{st.session_state[_PAGE]}** · {answers}")


def launch_page(here: Here) -> LaunchState:
    """Draw the line that says which launch a page is about, and return its state.

    The launch is the one in the address, else the last one that was open, else the first on the
    board. A launch that does not exist is said in words, with links to those that do.
    """
    launches = here.launches()
    if not launches:
        st.title(st.session_state[_PAGE], anchor=False)
        no_launch_yet()
    current = here.state(_chosen(launches).key)
    st.session_state[_LAST_LAUNCH] = current.launch.key
    state.put(state.LAUNCH_PARAMETER, current.launch.key)
    _launch_line(launches, current)
    return current


def no_launch_yet() -> NoReturn:
    """Say how a register gets its first launch, and draw no more of the page."""
    messages.nothing_here(_NO_LAUNCH)
    st.page_link(navigation.path("new_launch"), label="Register a launch", icon=":material/add:")
    st.stop()


def _chosen(launches: Sequence[LaunchRecord]) -> LaunchRecord:
    known = {launch.key: launch for launch in launches}
    named = state.address().launch
    if named is not None and named not in known:
        _no_such_launch(named, launches)
    last = str(st.session_state.get(_LAST_LAUNCH, ""))
    return known.get(named or last, launches[0])


def _no_such_launch(named: str, launches: Sequence[LaunchRecord]) -> NoReturn:
    messages.show(NotFound("launch", named))
    st.markdown("These launches are in this register:")
    for launch in launches:
        st.page_link(
            navigation.path("overview"),
            label=plain(launch.name),
            query_params=state.Address(launch=launch.key).parameters(),
        )
    st.stop()


def risk_of(current: LaunchState) -> RiskState:
    """Return the risk that the address names; without one, or a wrong one, say where they are."""
    named = state.address().risk
    found = next((risk for risk in current.risks if risk.risk.short_ref == named), None)
    return found or _no_such_risk(current, named)


def _no_such_risk(current: LaunchState, named: str | None) -> NoReturn:
    if named is None:
        messages.nothing_here("No risk is chosen. Choose one from the register of the launch.")
    else:
        messages.show(NotFound("risk", f"{current.launch.key}/{named}"))
    st.page_link(
        navigation.path("risks"),
        label=f"Risks of {plain(current.launch.name)}",
        query_params=state.Address(launch=current.launch.key).parameters(),
    )
    st.stop()


def _launch_line(launches: Sequence[LaunchRecord], current: LaunchState) -> None:
    names = {launch.key: launch.name for launch in launches}
    st.session_state[state.LAUNCH] = current.launch.key
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.page_link(navigation.path("launches"), label="Launches", icon=":material/chevron_left:")
        st.selectbox(
            "Launch",
            list(names),
            key=state.LAUNCH,
            format_func=names.__getitem__,
            on_change=_open_chosen,
            label_visibility="collapsed",
            width=280,
        )
        badges.verdict(current.verdict)
        badges.standing(current)
        st.caption(plain(_facts(current)), width="content")


def _open_chosen() -> None:
    state.put(state.LAUNCH_PARAMETER, st.session_state[state.LAUNCH])
    state.put(state.RISK_PARAMETER, None)


def _facts(current: LaunchState) -> str:
    launch = current.launch
    return (
        f"{launch.model_version} · {launch.exposure_now} → {launch.exposure_asked} · "
        f"target {launch.target_date.isoformat()} ({when(launch, current.today)})"
    )
