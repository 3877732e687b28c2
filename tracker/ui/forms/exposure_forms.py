"""Where the model runs: a wider stage recorded, a step back at once, the next stage asked for."""

from typing import Final

import streamlit as st

from tracker.domain.review_words import ExposureStep
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.words import ExposureStage
from tracker.services.act import Act
from tracker.services.exposure import ask_next_stage, expose, step_back
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here

_BACK: Final = {str(step): str(step) for step in ExposureStep if step is not ExposureStep.EXPOSE}


def draw(here: Here, launch: LaunchState) -> list[str | None]:
    """Draw what the acting person may do about where the model runs."""
    return [_back(here, launch), _expose(here, launch), _next(here, launch)]


def _stages(launch: LaunchState, *, wider_than: ExposureStage | None) -> dict[str, str]:
    now = launch.launch.exposure_now
    return {
        str(stage): str(stage)
        for stage in ExposureStage
        if (stage.order < now.order if wider_than is None else stage.order > wider_than.order)
    }


def _back(here: Here, launch: LaunchState) -> str | None:
    if not here.may(Action.STEP_BACK, launch):
        return None

    def work(values: Values, act: Act) -> str:
        fields.require(values, ("step", "after"))
        step, after = ExposureStep(values["step"]), ExposureStage(values["after"])
        return step_back(here.store, act, launch.launch.key, step, after)

    form = Form(f"exposure.back.{launch.launch.key}", here, work, reason="reason")
    with st.expander("Pause, roll back or withdraw", icon=":material/pan_tool:"):
        st.caption("At once, by anybody with a duty on the launch.")
        left, right = st.columns(2)
        with left:
            fields.one_of("Step", _BACK, form.key("step"))
        with right:
            fields.one_of(
                "Runs from now on at", _stages(launch, wider_than=None), form.key("after")
            )
        fields.text("Reason", form.key("reason"), height=70)
        form.button("Step back now", ("step", "after", "reason"), in_form=False)
        return form.finish()


def _expose(here: Here, launch: LaunchState) -> str | None:
    if not here.may(Action.EXPOSE, launch):
        return None

    def work(values: Values, act: Act) -> str:
        fields.require(values, ("stage",))
        stage = ExposureStage(values["stage"])
        version = form.version(launch.launch.version)
        uncovered = bool(values["uncovered"])
        return expose(here.store, act, launch.launch.key, stage, version, uncovered=uncovered)

    form = Form(f"exposure.expose.{launch.launch.key}", here, work, reason="reason")
    form.version(launch.launch.version)
    with st.expander("Record a wider stage", icon=":material/rocket_launch:"):
        stages = _stages(launch, wider_than=launch.launch.exposure_now)
        fields.one_of("Runs from now on at", stages, form.key("stage"))
        st.checkbox(
            "It has already happened, and nothing covers it: record it as uncovered",
            key=form.key("uncovered"),
        )
        fields.text("Reason, needed where nothing covers it", form.key("reason"), height=70)
        form.button("Record it", ("stage", "uncovered", "reason"), in_form=False, type="secondary")
        return form.finish({"Runs now at": str(launch.launch.exposure_now)})


def _next(here: Here, launch: LaunchState) -> str | None:
    if not here.may(Action.ASK_NEXT_STAGE, launch):
        return None

    def work(values: Values, act: Act) -> str:
        fields.require(values, ("stage",))
        stage = ExposureStage(values["stage"])
        version = form.version(launch.launch.version)
        return ask_next_stage(here.store, act, launch.launch.key, stage, version)

    form = Form(f"exposure.next.{launch.launch.key}", here, work, reason="reason")
    form.version(launch.launch.version)
    with st.expander("Ask for the next stage", icon=":material/trending_up:"):
        st.caption(
            "Assessments, gates, determinations and signatures made for the present stage no "
            "longer count: they are about another exposure."
        )
        stages = _stages(launch, wider_than=launch.launch.exposure_asked)
        fields.one_of("Stage to ask for", stages, form.key("stage"))
        fields.text("Reason", form.key("reason"), height=70)
        form.button("Ask for it", ("stage", "reason"), in_form=False, type="secondary")
        return form.finish({"Asks for": str(launch.launch.exposure_asked)})
