"""The picks of one assessment: anchors beside each, and the score as it forms."""

import streamlit as st

from tracker.domain.errors import HoldpointError
from tracker.domain.records import LaunchRecord
from tracker.domain.scales import Anchor, Scale
from tracker.domain.state import RiskState
from tracker.domain.words import EvidenceGrade, Factor
from tracker.services.act import Act
from tracker.services.assessments import submit_assessment
from tracker.ui import badges, messages
from tracker.ui.forms.assessment_draft import FIELDS, Desk, picked, reason_of, submission
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views.assess import beyond_word, forming_score, reasoned

CARD = 330
"""Least width of a scale in pixels: two or three stand side by side, one on a phone."""


def draw(here: Here, launch: LaunchRecord, risk: RiskState) -> str | None:
    """Draw the assessment of a risk and return the id of the assessment once submitted."""
    form = Form("assess", here, lambda values, act: _submit(here, risk.ref, values, act))
    desk = Desk(here, form, risk.ref)
    _begun_for(desk, launch)
    with st.grid("auto", min_column_width=CARD, row_height="content"):
        for factor in Factor:
            _scale(here.profile.scales[factor], desk)
        _grade(here, desk)
    left, right = st.columns([6, 6], gap="small")
    with left:
        _rationale(desk)
    with right, st.container(border=True, height="stretch"):
        _forming(here, desk)
        form.button(
            "Submit and next",
            [desk.field(name) for name in FIELDS],
            in_form=False,
            type="secondary",
            icon=":material/send:",
            shortcut="Alt+S",
        )
        outcome = form.finish()
    if outcome is not None:
        desk.forget()
    return outcome


def _begun_for(desk: Desk, launch: LaunchRecord) -> None:
    """Say that the launch moved on under a draft, and ask to look at the picks again."""
    if desk.about is None or desk.about == launch.release:
        return
    st.warning(
        f"You began to judge {plain(', '.join(desk.about))}. The launch now asks for "
        f"{plain(', '.join(launch.release))}. Look at each pick again.",
        icon=":material/update:",
    )
    st.button("My picks are about what is asked for now", key="assess.renew", on_click=desk.renew)


def _submit(here: Here, ref: str, values: Values, act: Act) -> str:
    place = f"{act.actor.key} {ref} "
    typed = {field.removeprefix(place): value for field, value in values.items()}
    return submit_assessment(here.store, act, ref, submission(typed))


def _scale(scale: Scale, desk: Desk) -> None:
    with st.container(border=True, height="stretch"):
        _question(scale.name, scale.question)
        pick = st.radio(
            f"{scale.name}. {scale.question}",
            [anchor.pick for anchor in scale.anchors],
            index=None,
            key=desk.key(scale.factor.value),
            format_func=lambda pick: _anchor(scale.anchor(pick)),
            label_visibility="collapsed",
        )
        if pick is not None and reasoned({scale.factor: pick}):
            st.text_input(
                f"Why {pick}? A reason is required, here or in the rationale",
                key=desk.key(reason_of(scale.factor)),
                live="400ms",
                persist_state="page",
            )


def _question(name: str, question: str) -> None:
    """Draw a question with its name in bold; the label of the picks, read aloud, has no marks."""
    st.markdown(f"**{plain(name)}.** {plain(question)}")


def _anchor(anchor: Anchor) -> str:
    return f"**{anchor.pick} {plain(anchor.word)}** · {plain(beyond_word(anchor))}"


def _grade(here: Here, desk: Desk) -> None:
    grades = here.profile.grades
    with st.container(border=True, height="stretch"):
        _question("Evidence grade", "What do your picks rest on?")
        st.radio(
            "Evidence grade. What do your picks rest on?",
            [str(grade) for grade in grades],
            index=None,
            key=desk.key("grade"),
            format_func=lambda grade: f"**{grade}** · {plain(grades[EvidenceGrade(grade)].text)}",
            label_visibility="collapsed",
        )


def _rationale(desk: Desk) -> None:
    st.text_input(
        "Rationale for the whole", key=desk.key("rationale"), live="400ms", persist_state="page"
    )
    _kept(desk)


def _kept(desk: Desk) -> None:
    try:
        at = desk.keep()
    except HoldpointError as error:
        messages.show(error)
        return
    st.caption(
        f":material/cloud_done: Draft kept {at:%Y-%m-%d %H:%M:%S} UTC; it counts for nothing until "
        "submitted, and only you see it."
        if at
        else "Whatever you pick or type is kept as your draft, here and in any other browser."
    )


def _forming(here: Here, desk: Desk) -> None:
    typed = desk.typed()
    grade = EvidenceGrade(typed["grade"]) if "grade" in typed else None
    score = forming_score(picked(typed), grade, here.profile)
    st.markdown(badges.score_words(score))
