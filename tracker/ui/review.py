"""The parts of the review page: four records side by side, the snapshot, seats, objections."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from tracker.domain.review_state import CheckItem, ReviewState
from tracker.domain.state import LaunchState
from tracker.ui import messages, navigation, tables
from tracker.ui.forms import decision_forms, review_forms, sign_off_forms
from tracker.ui.session import Here
from tracker.ui.state import Address
from tracker.ui.text import plain
from tracker.views import review as view

_MARKS: Final = {
    view.SETTLED: ":green[:material/check:]",
    view.GOES_OPEN: ":orange[:material/radio_button_unchecked:]",
    view.UNSETTLED: ":red[:material/close:]",
}


def four_records(launch: LaunchState) -> None:
    """Draw gate result, recommendation, decision and dissent side by side, never as one."""
    for column, (label, what, who) in zip(
        st.columns(4, border=True), view.four_records(launch), strict=True
    ):
        with column:
            st.caption(label)
            st.markdown(f"**{plain(what)}**")
            st.caption(plain(who) or "&nbsp;")


def checklist(here: Here, launch: LaunchState, checks: Sequence[CheckItem]) -> str | None:
    """Draw what keeps the launch from review, and the way into one."""
    st.header("Before a review", anchor=False)
    for check in checks:
        mark, remedy = _MARKS[view.check_kind(check)], plain(check.remedy)
        remedy = f" :small[{remedy}]" if remedy else ""
        st.markdown(f"{mark} {plain(check.text)}{remedy}")
    return review_forms.start(here, launch, checks)


def open_review(here: Here, launch: LaunchState, review: ReviewState) -> list[str | None]:
    """Draw an open review: what is signed, by whom, what changed, and what one may do."""
    snapshot(review, launch)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        st.header("Signatures asked for", anchor=False)
        seats(review, launch)
        saved = [sign_off_forms.answer(here, launch, one) for one in view.objections(review)]
    with right:
        st.header("Your part", anchor=False)
        saved += [
            sign_off_forms.draw(here, launch, review),
            decision_forms.advise(here, launch, review),
            decision_forms.approve(here, launch, review),
            review_forms.lead(here, launch, review),
        ]
        st.page_link(
            navigation.path("meeting"),
            label="Open the meeting",
            icon=":material/co_present:",
            query_params=Address(launch=launch.launch.key).parameters(),
        )
    return saved


def snapshot(review: ReviewState, launch: LaunchState) -> None:
    """Draw which snapshot people sign and what changed since."""
    latest = review.snapshot
    who = launch.person_name(latest.taken_by)
    st.header(f"{latest.short_ref}: {view.changes_headline(review.changes)}", anchor=False)
    st.caption(
        plain(
            f"Taken {latest.taken_at:%Y-%m-%d %H:%M} UTC by {who}, materiality policy "
            f"{latest.policy}, SHA-256 {latest.sha256}"
        )
    )
    if review.changes:
        tables.show(
            view.change_frame(review.changes),
            {
                "words": tables.text("Since the snapshot", width=520),
                "effect": tables.text("What it does", width=230),
                "where": tables.text("Section"),
            },
            key="review.changes",
            name="What changed since the snapshot",
            rows=8,
        )


def seats(review: ReviewState, launch: LaunchState) -> None:
    """Draw who is asked to sign, why, and what they answered."""
    tables.show(
        view.seat_frame(review, launch),
        {
            "who": tables.text("Who", width=190),
            "answer": tables.text("Answer"),
            "standing": tables.text("Counts"),
            "capacity": tables.text("As", width=190),
            "because": tables.text("Why asked", width=300),
            "on": tables.moment("Signed, UTC"),
            "checks": tables.text("What to look at", width=300),
        },
        key="review.seats",
        name="Signatures asked for",
        rows=20,
    )


def records(review: ReviewState, launch: LaunchState) -> None:
    """Draw every signature, condition and line of the minutes of a review."""
    st.header("Every signature", anchor=False)
    if review.sign_offs:
        tables.show(
            view.sign_off_frame(review.sign_offs, launch),
            {
                "who": tables.text("Who", width=190),
                "vote": tables.text("Answer"),
                "standing": tables.text("Counts"),
                "since": tables.text("Since they signed", width=300),
                "said": tables.text("What they said", width=380),
                "capacity": tables.text("As"),
                "on": tables.moment("Signed, UTC"),
                "snapshot": tables.text("Snapshot"),
                "identity": tables.text("Identity"),
            },
            key="review.signed",
            name="Every signature of this review",
        )
    else:
        messages.nothing_here(view.NO_SIGN_OFFS)
    st.header("Conditions", anchor=False)
    conditions(review, launch)
    st.header("Minutes", anchor=False)
    minutes(review, launch)


def conditions(review: ReviewState, launch: LaunchState) -> None:
    """Draw the conditions that were raised in a review."""
    if not review.conditions:
        messages.nothing_here(view.NO_CONDITIONS)
        return
    tables.show(
        view.condition_frame(review.conditions, launch),
        {
            "ref": tables.text("Condition"),
            "state": tables.text("State"),
            "text": tables.text("What has to be so", width=380),
            "test": tables.text("Test", width=300),
            "owner": tables.text("Owner"),
            "due": tables.day("Due"),
            "blocking": tables.text("Blocks"),
            "decision": tables.text("Decision"),
            "why": tables.text("Why it stands so", width=240),
        },
        key="review.conditions",
        name="Conditions raised in this review",
    )


def minutes(review: ReviewState, launch: LaunchState) -> None:
    """Draw the minutes of a review."""
    if not review.notes:
        messages.nothing_here(view.NO_NOTES)
        return
    tables.show(
        view.note_frame(review, launch),
        {
            "text": tables.text("Line", width=520),
            "item": tables.text("About"),
            "who": tables.text("Written by"),
            "at": tables.moment("At, UTC"),
        },
        key="review.minutes",
        name="Minutes of this review",
    )
