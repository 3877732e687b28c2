"""Determining a frontier threshold, and confirming a determination that lowers one."""

from collections.abc import Mapping
from typing import Any, Final

import streamlit as st

from tracker.domain.gate_drafts import DeterminationDraft
from tracker.domain.gate_state import FrontierStatus
from tracker.domain.gates import DeterminationRecord
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState
from tracker.domain.validation import build
from tracker.domain.words import Confidence, ThresholdOutcome
from tracker.services.act import Act
from tracker.services.determinations import confirm_determination, determine
from tracker.ui import tables
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain

COLUMNS: Final[Mapping[str, Any]] = {
    "area": tables.text("Frontier threshold", width=190),
    "outcome": tables.text("Determined"),
    "asks": tables.text("Asks for", width=260),
    "confidence": tables.text("Confidence"),
    "by": tables.text("By"),
    "on": tables.day("On"),
    "rationale": tables.text("Why", width=380),
    "basis": tables.text("Basis"),
}
NAMES: Final = ("area", "outcome", "confidence", "rationale", "safeguards")


def draw(here: Here, launch: LaunchState) -> str | None:
    """Offer to determine a threshold and to confirm what waits for a second person."""
    required = [status for status in launch.frontier if status.required]
    saved = [
        _confirm(here, launch, status, status.pending)
        for status in required
        if status.pending is not None
    ]
    saved.append(_determine(here, launch, required))
    return next((outcome for outcome in saved if outcome is not None), None)


def _determine(here: Here, launch: LaunchState, required: list[FrontierStatus]) -> str | None:
    if not required or not here.may(Action.DETERMINE_THRESHOLD, launch):
        return None

    def work(values: Values, act: Act) -> str:
        draft = build(DeterminationDraft, fields.chosen(values, NAMES))
        seen = form.seen("release", release)
        return determine(here.store, act, launch.launch.key, draft, seen)

    release = launch.launch.release
    form = Form(f"frontier.{launch.launch.key}", here, work)
    form.seen("release", release)
    placed = {
        item.mitigation.ref: f"{item.mitigation.ref} {item.mitigation.title}"
        for item in launch.mitigations
    }
    with st.expander("Determine a threshold", icon=":material/straighten:"):
        st.caption(
            "“Cannot rule out” and “reached” gate alike: both need at least one named safeguard, "
            "verified. To lower a determination or drop a safeguard takes a second person."
        )
        left, right = st.columns(2)
        with left:
            areas = {status.area.code: status.area.name for status in required}
            fields.one_of("Frontier threshold", areas, form.key("area"))
            words = {str(one): str(one) for one in ThresholdOutcome}
            fields.one_of("Determination", words, form.key("outcome"))
            sure = {str(one): str(one) for one in Confidence}
            fields.one_of("Confidence", sure, form.key("confidence"))
        with right:
            fields.text("Why", form.key("rationale"), height=100)
            fields.several_of("Required safeguards", placed, form.key("safeguards"))
        form.button("Determine", NAMES, in_form=False)
        return form.finish({"Asked for": ", ".join(release)})


def _confirm(
    here: Here, launch: LaunchState, status: FrontierStatus, pending: DeterminationRecord
) -> str | None:
    who = launch.person_name(pending.determined_by)
    st.warning(
        plain(f"{who} determines {status.area.name} as “{pending.outcome}”: {pending.rationale}")
    )
    if not here.may(Action.CONFIRM_DETERMINATION, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        version = form.version(pending.version)
        return confirm_determination(here.store, act, pending.id, version)

    form = Form(f"frontier.confirm.{pending.id}", here, work, reason="reason")
    form.version(pending.version)
    fields.title("Reason, if any", form.key("reason"))
    form.button(f"Confirm for {plain(status.area.name)}", ("reason",), in_form=False,
                type="secondary")  # fmt: skip
    return form.finish({"Determination": str(pending.outcome)})
