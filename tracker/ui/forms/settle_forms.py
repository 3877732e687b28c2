"""Saying that a condition of a decision is met or breached, or that it is open again."""

from collections.abc import Callable
from typing import Final

import streamlit as st

from tracker.domain.review_state import ConditionStatus
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.services.act import Act
from tracker.services.conditions import meet_condition, reopen_condition, report_breach
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here

_MET: Final = "met"
_BREACHED: Final = "breached"
_OPEN: Final = "open again"
_WORDS: Final = {
    _MET: "It is met",
    _BREACHED: "It is breached",
    _OPEN: "It is open again",
}


def draw(here: Here, launch: LaunchState) -> str | None:
    """Offer to settle one of the launch's conditions."""
    allowed = here.may(Action.SETTLE_CONDITION, launch) or here.may(Action.REPORT_BREACH, launch)
    if not launch.conditions or not allowed:
        return None
    known = {status.condition.ref: status for status in launch.conditions}

    def work(values: Values, act: Act) -> str:
        fields.require(values, ("condition", "state"))
        return _settle(here, known[values["condition"]], values["state"])(act)

    form = Form(f"condition.{launch.launch.key}", here, work, reason="reason")
    with st.expander("Settle a condition", icon=":material/task_alt:"):
        words = {
            ref: f"{status.condition.short_ref} {status.condition.text}"
            for ref, status in known.items()
        }
        fields.one_of("Condition", words, form.key("condition"))
        fields.one_of("How it stands", _WORDS, form.key("state"))
        fields.text("What shows it", form.key("reason"), height=70)
        form.button("Record it", ("condition", "state", "reason"), in_form=False)
        return form.finish()


def _settle(here: Here, chosen: ConditionStatus, state: str) -> Callable[[Act], str]:
    """Return the one service call that records how a condition stands."""
    ref, version = chosen.condition.ref, chosen.condition.version
    if state == _BREACHED:
        return lambda act: report_breach(here.store, act, ref)
    if state == _OPEN:
        return lambda act: reopen_condition(here.store, act, ref, version)
    return lambda act: meet_condition(here.store, act, ref, version)
