"""Confirming, with a reason, that an outdated assessment still holds."""

import streamlit as st

from tracker.domain.roles import Action
from tracker.domain.state import AssessorScore, LaunchState, RiskState
from tracker.services.assessments import confirm_assessment
from tracker.ui.save import Form
from tracker.ui.session import Here
from tracker.ui.text import plain


def draw(here: Here, launch: LaunchState, risk: RiskState, mine: AssessorScore) -> None:
    """Offer to confirm outdated assessments: one's own, and others' once one's own is in date."""
    if not here.may(Action.CONFIRM_ASSESSMENT, launch):
        return
    for score in risk.scores:
        if score.outdated and (score is mine or not mine.outdated):
            _one(here, launch, risk, score)


def _one(here: Here, launch: LaunchState, risk: RiskState, score: AssessorScore) -> None:
    made = score.assessment
    form = Form(
        f"confirm.{made.id}",
        here,
        lambda _values, act: confirm_assessment(here.store, act, risk.ref, made.id),
        reason="reason",
    )
    with st.form(form.name, enter_to_submit=False):
        st.markdown(
            plain(
                f"The assessment of {launch.person_name(made.assessor)} is outdated: it is about "
                f"{made.model_version}, {made.configuration}, {made.exposure_stage}; the launch is "
                f"now {launch.launch.model_version}, {launch.launch.configuration}, "
                f"{launch.launch.exposure_asked}."
            )
        )
        st.text_area(
            "Why the same picks still hold",
            key=form.key("reason"),
            height=70,
        )
        form.button("Confirm that it still holds", ("reason",), type="secondary")
    if form.finish() is not None:
        st.rerun()
