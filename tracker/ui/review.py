"""The parts of the review page: four records side by side, the snapshot, seats, objections."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from tracker.domain.review_state import CheckItem, ReviewState
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.ui import badges, messages, navigation, tables
from tracker.ui.forms import decision_forms, review_forms, sign_off_forms
from tracker.ui.session import Here
from tracker.ui.state import Address
from tracker.ui.text import plain
from tracker.views import review as view

_MARKS: Final = {
    view.UNSETTLED: f":red-badge[:material/close: {view.UNSETTLED}]",
    view.GOES_OPEN: f":orange-badge[:material/radio_button_unchecked: {view.GOES_OPEN}]",
    view.SETTLED: f":green-badge[:material/check: {view.SETTLED}]",
}

_TWO_LINES: Final = 62
"""Height of a row in which Streamlit breaks texts into two lines, in pixels."""


def four_records(launch: LaunchState, review: ReviewState | None) -> None:
    """Draw gate result, recommendation, decision and dissent side by side, never as one."""
    if review is not None and view.is_illustrative(review):
        st.markdown(badges.illustrative_mark())
    for column, (label, what, who) in zip(
        st.columns(4, border=True), view.four_records(launch), strict=True
    ):
        with column:
            st.caption(label)
            st.markdown(f"**{plain(what)}**")
            st.caption(plain(who) or "&nbsp;")


def checklist(
    here: Here, launch: LaunchState, checks: Sequence[CheckItem], before: str
) -> str | None:
    """Draw what keeps the launch from review, and the way into one."""
    st.header(before, anchor=False)
    for kind, mark in _MARKS.items():
        for check in checks:
            if view.check_kind(check) == kind:
                remedy = f"  \n:small[:gray[{plain(check.remedy)}]]" if check.remedy else ""
                st.markdown(f"{mark} {plain(view.check_words(check))}{remedy}")
    return review_forms.start(here, launch, checks)


def open_review(here: Here, launch: LaunchState, review: ReviewState) -> list[str | None]:
    """Draw an open review: what is signed, by whom, what changed, and what one may do."""
    st.header(f"Snapshot {review.snapshot.short_ref}", anchor=False)
    snapshot(review, launch)
    left, right = st.columns([7, 5], gap="medium")
    with left:
        saved = [*_objections(here, launch, review), *_your_part(here, launch, review)]
    with right:
        _waits_for(review, launch)
    seats(review, launch)
    return saved


def _objections(here: Here, launch: LaunchState, review: ReviewState) -> list[str | None]:
    objections = view.objections(review)
    if objections:
        st.header("Dissent", anchor=False)
    return [sign_off_forms.answer(here, launch, one) for one in objections]


def _your_part(here: Here, launch: LaunchState, review: ReviewState) -> list[str | None]:
    st.header("Your part", anchor=False)
    if not _has_part(here, launch, review):
        messages.nothing_here(view.NO_PART)
    return [
        sign_off_forms.draw(here, launch, review),
        decision_forms.advise(here, launch, review),
        decision_forms.approve(here, launch, review),
        review_forms.lead(here, launch, review),
    ]


def _has_part(here: Here, launch: LaunchState, review: ReviewState) -> bool:
    actions = (Action.RECOMMEND, Action.DECIDE, Action.START_REVIEW)
    seated = view.own_seats(review, here.actor.key if here.actor else None)
    return bool(seated) or any(here.may(action, launch) for action in actions)


def _waits_for(review: ReviewState, launch: LaunchState) -> None:
    st.header("A decision waits for", anchor=False)
    waiting = view.waits_for(review, launch)
    for words in waiting:
        st.markdown(f":material/pending: {plain(words)}")
    if not waiting:
        st.markdown(f":material/gavel: {plain(view.ready_words(launch))}")
    st.page_link(
        navigation.path("meeting"),
        label="Open the meeting",
        icon=":material/co_present:",
        query_params=Address(launch=launch.launch.key).parameters(),
    )


def snapshot(review: ReviewState, launch: LaunchState) -> None:
    """Draw which snapshot people sign and what changed since."""
    latest = review.snapshot
    who = launch.person_name(latest.taken_by)
    st.markdown(f"**{plain(view.changes_headline(review.changes))}**")
    st.caption(
        plain(
            f"{latest.short_ref}, taken {latest.taken_at:%Y-%m-%d %H:%M} UTC by {who}, materiality "
            f"policy {latest.policy}, SHA-256 {latest.sha256}"
        )
    )
    if review.changes:
        tables.show(
            view.change_frame(review.changes, launch),
            {
                "words": tables.text("Since the snapshot", width=520),
                "effect": tables.text("What it does", width=230),
                "where": tables.text("Section", width=320),
            },
            key="review.changes",
            name="What changed since the snapshot",
            rows=8,
        )


def seats(review: ReviewState, launch: LaunchState) -> None:
    """Draw who is asked to sign, why, and what they answered."""
    st.header("Signatures asked for", anchor=False)
    tables.show(
        view.seat_frame(review, launch),
        {
            "capacity": tables.text("As", width=290),
            "who": tables.text("Who", width=300),
            "answer": tables.text("Answer", width=165),
            "standing": tables.text("Counts", width=80),
            "because": tables.text("Why asked", width=420),
            "on": tables.moment("Signed, UTC"),
            "checks": tables.text("What to look at", width=500),
        },
        key="review.seats",
        name="Signatures asked for",
        rows=12,
    )


def records(review: ReviewState, launch: LaunchState) -> None:
    """Draw every signature, condition and line of the minutes of a review."""
    st.header("Every signature", anchor=False)
    if review.sign_offs:
        tables.show(
            view.sign_off_frame(review.sign_offs, launch),
            {
                "who": tables.text("Who", width=290),
                "vote": tables.text("Answer", width=165),
                "standing": tables.text("Counts", width=80),
                "identity": tables.text("Identity", width=165),
                "said": tables.text("What they said", width=340),
                "since": tables.text("Since they signed", width=300),
                "capacity": tables.text("As", width=260),
                "on": tables.moment("Signed, UTC"),
                "snapshot": tables.text("Snapshot"),
                "basis": tables.text("Basis"),
            },
            key="review.signed",
            name="Every signature of this review",
            row_height=_TWO_LINES,
        )
    else:
        closed = review.review.closed_at is not None
        messages.nothing_here(view.NOBODY_SIGNED if closed else view.NO_SIGN_OFFS)
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
            "text": tables.text("What has to be so", width=420),
            "test": tables.text("Test", width=260),
            "due": tables.day("Due"),
            "blocking": tables.text("Blocks", width=70),
            "decision": tables.text("Decision", width=85),
            "owner": tables.text("Owner", width=240),
            "why": tables.text("Why it stands so", width=240),
        },
        key="review.conditions",
        name="Conditions raised in this review",
        row_height=_TWO_LINES,
    )


def minutes(review: ReviewState, launch: LaunchState) -> None:
    """Draw the minutes of a review."""
    if not review.notes:
        messages.nothing_here(view.NO_NOTES)
        return
    tables.show(
        view.note_frame(review, launch),
        {
            "text": tables.text("Line", width=370),
            "item": tables.text("About", width=80),
            "who": tables.text("Written by", width=110),
            "at": tables.moment("At, UTC"),
        },
        key="review.minutes",
        name="Minutes of this review",
        row_height=_TWO_LINES,
    )
