"""Signing in and out: what stands on the screen before the register does."""

from typing import Final

import streamlit as st

from tracker.domain.errors import HoldpointError, SignInRefused
from tracker.settings import load_settings
from tracker.ui import messages, session, state
from tracker.ui.session import Here
from tracker.ui.text import plain

REFUSED_PARAMETER: Final = "refused"
"""In the address after an answer of the provider that does not hold (`tracker.server`)."""

_WHAT_IT_IS: Final = (
    "Launch readiness of AI models: which launch can go out, what safety should work on next, and "
    "what was decided on what evidence. What is in this register is shown to people who sign in."
)
_NOT_HELD: Final = (
    "The sign-in did not succeed: it was cancelled, or the answer of the provider does not hold. "
    "It may have expired, be meant for another program, or be incomplete or forged."
)
_TRY_AGAIN: Final = "Try again; if it happens again, the log of the server says what was wrong."


def refusal() -> SignInRefused | None:
    """Return why nothing may be shown yet; None in local mode, and to whoever is let in."""
    try:
        settings = load_settings()
        if settings.signs_in:
            session.signed_in(settings)
    except SignInRefused as refused:
        return refused
    except HoldpointError as error:
        messages.stop(error)
    return None


def offer(refused: SignInRefused) -> None:
    """Say what this is and offer to sign in; nothing of the register is drawn."""
    st.title("Holdpoint", anchor=False)
    st.markdown(_WHAT_IT_IS)
    if session.is_signed_in():
        messages.show(refused)
    elif state.parameter(REFUSED_PARAMETER):
        messages.refused(_NOT_HELD, _TRY_AGAIN)
    again = "Sign in again" if session.is_signed_in() else "Sign in"
    with st.container(horizontal=True):
        st.button(again, key="sign_in.in", type="primary", on_click=st.login)
        if session.is_signed_in():
            st.button("Log out", key="sign_in.out", on_click=st.logout)


def who(here: Here) -> None:
    """Draw who signed in, and the way out."""
    name = here.actor.person.name if here.actor else "nobody"
    st.caption(f":material/verified_user: {plain(name)}", width="content")
    st.button("Log out", key="header.log_out", type="tertiary", on_click=st.logout)
