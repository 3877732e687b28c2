"""Recommending to the approver, and deciding: two forms, two records."""

from typing import Final

import streamlit as st

from tracker.domain.review_drafts import DecisionDraft, RecommendationDraft
from tracker.domain.review_state import ReviewState
from tracker.domain.review_words import Outcome
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import ExportFormat, ExposureStage
from tracker.exports.formats import EXPORTERS
from tracker.services.act import Act
from tracker.services.deciding import decide, recommend
from tracker.services.stored_exports import store_export
from tracker.ui.forms import condition_fields, fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views import review as view

_OUTCOMES: Final = {str(outcome): str(outcome) for outcome in Outcome}
_STAGES: Final = {str(stage): str(stage) for stage in ExposureStage}


def advise(here: Here, launch: LaunchState, review: ReviewState) -> str | None:
    """Offer to recommend."""
    if review.stale or not here.may(Action.RECOMMEND, launch):
        return None
    names = ("outcome", "exposure_stage", "reason")

    def work(values: Values, act: Act) -> str:
        given = {"snapshot": form.seen("snapshot", review.snapshot.ref)}
        draft = build(RecommendationDraft, given | fields.chosen(values, names))
        return recommend(here.store, act, here.method, review.review.ref, draft)

    form = Form(f"recommend.{review.review.ref}", here, work)
    form.seen("snapshot", review.snapshot.ref)
    with st.expander("Recommend to the approver", icon=":material/recommend:"):
        left, right = st.columns(2)
        with left:
            fields.one_of("Recommendation", _OUTCOMES, form.key("outcome"))
        with right:
            fields.one_of("For the stage", _STAGES, form.key("exposure_stage"))
        fields.text("Why", form.key("reason"), height=100)
        snapshot = review.snapshot
        st.caption(plain(view.signing_words(snapshot.ref, snapshot.sha256, here.settings.signs_in)))
        form.button("Recommend", names, in_form=False, type="secondary")
        return form.finish()


def approve(here: Here, launch: LaunchState, review: ReviewState) -> str | None:
    """Offer to decide; the service refuses what a decision still waits for."""
    if review.stale or not here.may(Action.DECIDE, launch):
        return None
    with st.expander("Decide", icon=":material/gavel:", expanded=not review.missing):
        return _decide(here, launch, review)


def _decide(here: Here, launch: LaunchState, review: ReviewState) -> str | None:
    base = ("outcome", "exposure_stage", "until", "reason", "benefits", "override_reason")

    def work(values: Values, act: Act) -> str:
        given = {
            "snapshot": form.seen("snapshot", review.snapshot.ref),
            "conditions": condition_fields.entered(values),
            "takes_over": tuple(int(number) for number in values["takes_over"] or ()),
        }
        draft = build(DecisionDraft, given | fields.chosen(values, base))
        decision = decide(here.store, act, here.method, review.review.ref, draft)
        kind = ExportFormat.JSON
        store_export(here.store, act, draft.snapshot, kind, EXPORTERS[kind].render)
        return decision

    form = Form(f"decide.{review.review.ref}", here, work)
    form.seen("snapshot", review.snapshot.ref)
    _against(launch, review)
    left, middle, right = st.columns(3)
    with left:
        fields.one_of("Decision", _OUTCOMES, form.key("outcome"))
    with middle:
        fields.one_of("Covers the stage", _STAGES, form.key("exposure_stage"))
    with right:
        fields.day("Until", form.key("until"))
    fields.text("Why", form.key("reason"), height=100)
    fields.text("Benefits weighed", form.key("benefits"), height=70)
    fields.text(
        "Why against verdict or recommendation, if it is", form.key("override_reason"), height=70
    )
    fields.several_of("Conditions taken over", _proposed(review), form.key("takes_over"))
    more = condition_fields.draw(here, form)
    release = launch.launch.release
    st.caption(
        plain(
            f"It covers {release.model_version}, {release.configuration}. "
            + view.signing_words(
                review.snapshot.ref, review.snapshot.sha256, here.settings.signs_in
            )
        )
    )
    form.button("Decide", (*base, "takes_over", *more), in_form=False)
    return form.finish()


def _proposed(review: ReviewState) -> dict[str, str]:
    return {
        str(status.condition.number): f"{status.condition.short_ref} {status.condition.text}"
        for status in review.conditions
        if status.condition.decision is None
    }


def _against(launch: LaunchState, review: ReviewState) -> None:
    """Put verdict, recommendation and dissent before whoever decides."""
    advice = review.recommendation
    advised = f"“{advice.outcome}” ({advice.exposure_stage})" if advice else "nothing yet"
    standing = launch.standing.objections if launch.standing else ()
    st.info(
        plain(
            f"Verdict by rule: {launch.verdict}. Recommended: {advised}. "
            f"Objections: {len(standing)}. Deciding against verdict or recommendation needs a "
            "reason and shows in every export."
        ),
        icon=":material/balance:",
    )
