"""Giving a metric that a gate reads another meaning: proposed, then confirmed by another."""

from collections.abc import Sequence
from typing import Final

import streamlit as st

from tracker.domain.errors import InvalidInput
from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.evidence_drafts import MetricDefinitionDraft
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import Direction, Scale
from tracker.services.act import Act
from tracker.services.metrics import confirm_meaning, propose_meaning, withdraw_meaning
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views.metrics import proposal_words, read_by_gates

_NAMES: Final = ("of", "direction", "scale", "reason")


def draw(here: Here, launch: LaunchState) -> str | None:
    """Offer to propose another meaning, and to confirm or take back what is proposed."""
    read = read_by_gates(launch, here.definitions())
    asked = [one for one in read if one.proposed_by is not None]
    saved = [each for one in asked for each in _waiting(here, launch, one)]
    saved.append(_propose(here, launch, read))
    return next((outcome for outcome in saved if outcome is not None), None)


def _propose(here: Here, launch: LaunchState, read: Sequence[MetricDefinitionRecord]) -> str | None:
    if not read or not here.may(Action.DEFINE_METRIC, launch):
        return None
    known = {f"{one.tool}: {one.metric}": one for one in read}

    def work(values: Values, act: Act) -> str:
        chosen = known.get(values["of"] or "")
        if chosen is None:
            raise InvalidInput({"metric": "is not chosen"})
        given = fields.chosen(values, ("direction", "scale"))
        about = {"tool": chosen.tool, "metric": chosen.metric}
        return propose_meaning(here.store, act, build(MetricDefinitionDraft, about | given))

    form = Form(f"meaning.{launch.launch.key}", here, work, reason="reason")
    with st.expander(
        "Propose another meaning of a metric that a gate reads", icon=":material/edit:"
    ):
        st.caption("Nothing changes before a second person confirms it.")
        words = {name: f"{name}, now {one.direction}, {one.scale}" for name, one in known.items()}
        fields.one_of("Metric", words, form.key("of"))
        left, right = st.columns(2)
        with left:
            ways = {str(way): str(way) for way in Direction}
            fields.one_of("Which way would be good", ways, form.key("direction"))
        with right:
            scales = {str(scale): str(scale) for scale in Scale}
            fields.one_of("Values would be", scales, form.key("scale"))
        fields.title("Reason for the new meaning", form.key("reason"))
        form.button("Propose it", _NAMES, in_form=False, type="secondary")
        return form.finish()


def _waiting(here: Here, launch: LaunchState, asked: MetricDefinitionRecord) -> list[str | None]:
    st.warning(plain(proposal_words(asked, launch)), icon=":material/how_to_reg:")
    return [_confirm(here, launch, asked), _take_back(here, launch, asked)]


def _confirm(here: Here, launch: LaunchState, asked: MetricDefinitionRecord) -> str | None:
    if not here.may(Action.REDEFINE_METRIC, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return confirm_meaning(here.store, act, form.seen("proposal", asked))

    form = Form(f"meaning.confirm.{asked.tool}.{asked.metric}", here, work)
    form.seen("proposal", asked)
    label = f"Confirm the new meaning of {plain(asked.metric)}"
    form.button(label, (), in_form=False, type="secondary")
    return form.finish()


def _take_back(here: Here, launch: LaunchState, asked: MetricDefinitionRecord) -> str | None:
    if not here.may(Action.DEFINE_METRIC, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return withdraw_meaning(here.store, act, asked.tool, asked.metric)

    form = Form(f"meaning.back.{asked.tool}.{asked.metric}", here, work)
    form.button(f"Take back: {plain(asked.metric)}", (), in_form=False, type="tertiary")
    return form.finish()
