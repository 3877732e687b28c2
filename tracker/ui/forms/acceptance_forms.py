"""Accepting what is left of a risk: asked for, signed by those whom its level asks, ended."""

from datetime import timedelta
from typing import Final

import streamlit as st

from tracker.domain.review_drafts import AcceptanceDraft
from tracker.domain.review_state import AcceptanceStatus
from tracker.domain.review_words import AcceptanceState
from tracker.domain.reviews import AcceptanceRecord
from tracker.domain.roles import Action
from tracker.domain.state import LaunchState, RiskState
from tracker.domain.validation import build
from tracker.domain.words import Level
from tracker.readiness.authority import ACCEPTANCE_DAYS, signature_of, signatures_for
from tracker.services.acceptances import (
    SeenRisk,
    ask_acceptance,
    end_acceptance,
    report_failure,
    sign_acceptance,
)
from tracker.services.act import Act
from tracker.ui import tables
from tracker.ui.forms import fields
from tracker.ui.save import Form, Values
from tracker.ui.session import Here
from tracker.ui.text import plain
from tracker.views import standing as view

_NAMES: Final = ("justification", "fails_if", "compensating", "until")


def draw(here: Here, launch: LaunchState, risk: RiskState) -> str | None:
    """Draw the latest acceptance of a risk and what the acting person can do about it."""
    status = next((one for one in launch.acceptances if one.acceptance.risk == risk.ref), None)
    if status is not None:
        _facts(launch, status)
    if status is not None and status.state is not AcceptanceState.ENDED:
        record = status.acceptance
        return (
            _sign(here, launch, risk, record)
            or _fire(here, launch, record)
            or _end(here, launch, record)
        )
    return _ask(here, launch, risk)


def _facts(launch: LaunchState, status: AcceptanceStatus) -> None:
    record = status.acceptance
    counts = status.state is AcceptanceState.IN_FORCE
    label = "Accepted" if counts else f"Not accepted: {status.state}"
    left = f" ({view.left_words(record.until, launch.today, status.state)})" if counts else ""
    signed = [one for one in (record.lead, record.officer, record.approver) if one]
    pairs = (
        ("Acceptance", f"{record.short_ref}, {status.state}: {status.why}"),
        (label, f"{record.level} until {record.until.isoformat()}{left}"),
        ("Why", record.justification),
        ("Ends if", "; ".join(record.fails_if)),
        ("Counts on", ", ".join(record.compensating) or "no mitigation"),
        ("Asked for by", launch.person_name(record.requested_by)),
        ("Signed by", ", ".join(launch.person_name(one) for one in signed) or "nobody yet"),
    )
    tables.facts(pairs, name="The latest acceptance of this risk")


def _ask(here: Here, launch: LaunchState, risk: RiskState) -> str | None:
    level = risk.current.level
    if not risk.is_open or not here.may(Action.ASK_ACCEPTANCE, launch):
        return None
    if level not in ACCEPTANCE_DAYS:
        st.caption(f"Nobody may accept a risk that is {level}.")
        return None

    def work(values: Values, act: Act) -> str:
        lines = str(values["fails_if"] or "").splitlines()
        given = {**values, "fails_if": tuple(line for line in lines if line.strip())}
        draft = build(AcceptanceDraft, fields.chosen(given, _NAMES))
        seen = form.seen("risk", looked)
        return ask_acceptance(here.store, act, here.profile, risk.ref, draft, seen)

    looked = SeenRisk(risk.risk.version, level, launch.launch.release)
    form = Form(f"acceptance.ask.{risk.ref}", here, work)
    form.seen("risk", looked)
    with st.expander("Ask to accept what is left", icon=":material/handshake:"):
        signers = " and ".join(one.words for one in signatures_for(level))
        last = here.today + timedelta(days=ACCEPTANCE_DAYS[level])
        st.caption(
            plain(
                f"{level}: signed by {signers}, until {last.isoformat()} at the latest. It ends "
                "when the harm score rises, when the release changes, or when a failure "
                "condition fires."
            )
        )
        fields.text("Why it is acceptable", form.key("justification"), height=70)
        fields.text("What would end it, one sentence a line", form.key("fails_if"), height=90)
        placed = {
            m.mitigation.ref: f"{m.mitigation.ref} {m.mitigation.title}" for m in risk.mitigations
        }
        fields.several_of("Mitigations it counts on", placed, form.key("compensating"))
        fields.day("Until", form.key("until"))
        form.button("Ask for it", _NAMES, in_form=False, type="secondary")
        return form.finish({"Level now": str(level)})


def _signs(here: Here, launch: LaunchState, risk: RiskState, record: AcceptanceRecord) -> bool:
    """Whether a signature of the acting person is still asked for."""
    signed = (record.lead, record.officer, record.approver, record.requested_by)
    if here.actor is None or here.actor.key in signed:
        return False
    person, level = here.actor.person, Level(record.level)
    return signature_of(person, level, risk.risk, launch.launch) is not None


def _sign(here: Here, launch: LaunchState, risk: RiskState, record: AcceptanceRecord) -> str | None:
    if not _signs(here, launch, risk, record):
        return None

    def work(_values: Values, act: Act) -> str:
        version = form.version(record.version)
        return sign_acceptance(here.store, act, here.profile, record.ref, version)

    form = Form(f"acceptance.sign.{record.ref}", here, work)
    form.version(record.version)
    form.button(f"Sign {record.short_ref}", (), in_form=False)
    return form.finish({"Until": record.until.isoformat(), "Why": record.justification})


def _fire(here: Here, launch: LaunchState, record: AcceptanceRecord) -> str | None:
    if not here.may(Action.REPORT_BREACH, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return report_failure(here.store, act, record.ref)

    form = Form(f"acceptance.fire.{record.ref}", here, work, reason="reason")
    with st.expander("A failure condition has come true", icon=":material/crisis_alert:"):
        fields.text("What happened", form.key("reason"), height=70)
        form.button("Report it: the acceptance ends now", ("reason",), in_form=False)
        return form.finish()


def _end(here: Here, launch: LaunchState, record: AcceptanceRecord) -> str | None:
    if not here.may(Action.END_ACCEPTANCE, launch):
        return None

    def work(_values: Values, act: Act) -> str:
        return end_acceptance(here.store, act, record.ref, form.version(record.version))

    form = Form(f"acceptance.end.{record.ref}", here, work, reason="reason")
    form.version(record.version)
    with st.expander("End the acceptance", icon=":material/event_busy:"):
        fields.text("Reason for ending it", form.key("reason"), height=70)
        form.button("End it", ("reason",), in_form=False, type="secondary")
        return form.finish()
