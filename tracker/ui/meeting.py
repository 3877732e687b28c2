"""The meeting: one item at a time, walked by keyboard, with a line for the minutes."""

from collections.abc import Sequence

import streamlit as st

from tracker.domain.review_state import ReviewState
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.services.act import Act
from tracker.services.reviews import add_note
from tracker.ui import navigation, state
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.state import Address
from tracker.ui.text import plain, shortened
from tracker.views.meeting import AgendaItem

ITEM = "item"
"""Parameter of the address: which item the room talks about, from 1 on."""


def place(count: int) -> int:
    """Return the position that the address names, from 0 on, within the agenda."""
    named = state.parameter(ITEM) or "1"
    wanted = int(named) if named.isdecimal() and len(named) < 6 else 1
    return min(max(wanted, 1), count) - 1


def steps(current: int, count: int) -> None:
    """Draw the ways to the item before and after; N and P on the keyboard."""
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Previous",
            key="meeting.previous",
            shortcut="P",
            disabled=current == 0,
            on_click=_go,
            args=(current,),
        )
        st.button(
            "Next",
            key="meeting.next",
            shortcut="N",
            disabled=current + 1 == count,
            on_click=_go,
            args=(current + 2,),
        )
        st.caption(f"Item {current + 1} of {count}", width="content")


def _go(number: int) -> None:
    state.put(ITEM, str(number))


def agenda(items: Sequence[AgendaItem], current: int) -> None:
    """Draw the whole agenda in its groups, the present item marked."""
    group = ""
    for number, item in enumerate(items):
        if item.group != group:
            group = item.group
            st.header(group, anchor=False)
        words = plain(shortened(item.title, 90))
        now = f":material/play_arrow: **{words}**" if number == current else words
        st.markdown(f"{number + 1}\\. {now}")


def one(item: AgendaItem, launch: LaunchState) -> None:
    """Draw the item that the room talks about."""
    st.header(plain(item.title), anchor=False)
    if item.decider:
        st.markdown(f":material/gavel: {plain(item.decider)}")
    for words in item.details:
        st.text(words)
    if item.risk:
        st.page_link(
            navigation.path("risk"),
            label=f"Open {item.risk}",
            icon=":material/open_in_new:",
            query_params=Address(launch=launch.launch.key, risk=item.risk).parameters(),
        )


def note(here: Here, launch: LaunchState, review: ReviewState, item: AgendaItem) -> str | None:
    """Offer to write a line of the minutes about the present item; Enter saves it."""
    if not here.may(Action.MINUTE, launch):
        return None

    def work(values: Values, act: Act) -> str:
        return add_note(here.store, act, review.review.ref, str(values["text"] or ""), item.key)

    form = Form(f"minutes.{review.review.ref}.{item.key}", here, work)
    with st.form(form.name, enter_to_submit=True, border=False):
        st.text_input("Line for the minutes", key=form.key("text"), max_chars=2000)
        form.button("Write it down", ("text",))
    return form.finish()
