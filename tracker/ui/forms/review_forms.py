"""Leading a review: starting it, renewing its snapshot, its meeting, closing it."""

from collections.abc import Sequence

import streamlit as st

from tracker.domain.review_state import CheckItem, ReviewState
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.services.act import Act
from tracker.services.reviews import close_review, renew_snapshot, set_meeting, start_review
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here


def start(here: Here, launch: LaunchState, checks: Sequence[CheckItem]) -> str | None:
    """Offer to start a review where nothing keeps the launch from one."""
    if not here.may(Action.START_REVIEW, launch):
        return None
    if any(not check.met for check in checks):
        st.caption("A review can be started once no point keeps the launch out of it.")
        return None

    def work(values: Values, act: Act) -> str:
        return start_review(here.store, act, here.method, launch.launch.key, values["meeting_on"])

    form = Form(f"review.start.{launch.launch.key}", here, work)
    fields.day("Day of the launch review meeting, if it is fixed", form.key("meeting_on"))
    st.caption(
        "Starting takes a snapshot that people sign. It freezes nothing: work goes on, and this "
        "page says what changed since."
    )
    form.button("Start the review", ("meeting_on",), in_form=False)
    return form.finish()


def lead(here: Here, launch: LaunchState, review: ReviewState) -> str | None:
    """Offer what the policy lead does with an open review."""
    if not here.may(Action.START_REVIEW, launch):
        return None
    with st.expander("Lead this review", icon=":material/groups:"):
        saved = [_renew(here, review), _meet(here, review), _close(here, review)]
    return next((outcome for outcome in saved if outcome is not None), None)


def _renew(here: Here, review: ReviewState) -> str | None:
    def work(_values: Values, act: Act) -> str:
        return renew_snapshot(here.store, act, here.method, review.review.ref)

    form = Form(f"review.renew.{review.review.ref}", here, work)
    form.button(
        "Take a new snapshot", (), in_form=False, type="secondary", disabled=not review.changes
    )
    return form.finish()


def _meet(here: Here, review: ReviewState) -> str | None:
    def work(values: Values, act: Act) -> str:
        version = form.version(review.review.version)
        return set_meeting(here.store, act, review.review.ref, values["meeting_on"], version)

    form = Form(f"review.meeting.{review.review.ref}", here, work)
    form.version(review.review.version)
    fields.day("Day of the meeting", form.key("meeting_on"), review.review.meeting_on)
    form.button("Fix the day", ("meeting_on",), in_form=False, type="secondary")
    return form.finish({"Day of the meeting": str(review.review.meeting_on or "not fixed")})


def _close(here: Here, review: ReviewState) -> str | None:
    def work(_values: Values, act: Act) -> str:
        return close_review(here.store, act, review.review.ref, form.version(review.review.version))

    form = Form(f"review.close.{review.review.ref}", here, work, reason="reason")
    form.version(review.review.version)
    fields.text("Reason for closing it without a decision", form.key("reason"), height=70)
    form.button("Close without a decision", ("reason",), in_form=False, type="secondary")
    return form.finish()
