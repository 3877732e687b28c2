"""After the decision: what covers the launch, where it runs, and the clocks of what was allowed."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

import pandas as pd

from tracker.domain.records import Actor
from tracker.domain.review_state import AcceptanceStatus, Cover
from tracker.domain.review_words import AcceptanceState
from tracker.domain.roles import Action, may
from tracker.domain.state import LaunchState
from tracker.domain.words import ExposureStage, Verdict
from tracker.readiness.deploying import Clearance
from tracker.views.figures import frame
from tracker.views.review import CONDITIONS, condition_frame, decision_words

ANSWERS: Final = "What covers this launch, where does the model run, and which clocks tick?"
REGISTER_ANSWERS: Final = "What was decided on every launch, on which terms, and until when?"
NO_DECISIONS: Final = "Nothing has been decided yet. A decision is taken on the page Review."
NO_ACCEPTANCES: Final = "No residual risk is accepted. Ask for it on the page of the risk."
NO_CONDITIONS: Final = "No decision hangs on a condition."
NOT_YOURS: Final = "Nothing here is yours to do: you have no duty on this launch."
NO_EXPOSURE: Final = "No change of where the model runs is on record."

DECISIONS: Final = {
    "launch": "str",
    "ref": "str",
    "outcome": "str",
    "on": "datetime64[s]",
    "by": "str",
    "gate_result": "str",
    "recommended": "str",
    "override": "str",
    "covers": "str",
    "until": "datetime64[s]",
    "reason": "str",
    "snapshot": "str",
}
ACCEPTANCES: Final = {
    "launch": "str",
    "ref": "str",
    "risk": "str",
    "level": "str",
    "state": "str",
    "why": "str",
    "until": "datetime64[s]",
    "left": "str",
    "justification": "str",
    "fails_if": "str",
    "asked_by": "str",
    "signed_by": "str",
}
EXPOSURES: Final = {
    "at": "datetime64[s]",
    "step": "str",
    "stages": "str",
    "covered": "str",
    "by": "str",
    "reason": "str",
}
OFFERED: Final = (
    Action.STEP_BACK,
    Action.EXPOSE,
    Action.ASK_NEXT_STAGE,
    Action.SETTLE_CONDITION,
    Action.REPORT_BREACH,
)
"""What the page offers, to those who may."""
REGISTER_CONDITIONS: Final = {"launch": "str", **CONDITIONS}


def may_do_something(actor: Actor | None, launch: LaunchState) -> bool:
    """Tell whether somebody may do anything that the page offers."""
    return actor is not None and any(may(actor, action, launch.launch) for action in OFFERED)


def headline(launch: LaunchState) -> str:
    """Say where the model runs and whether a decision covers it; without one, that none does."""
    stage, standing = launch.launch.exposure_now, launch.standing
    if stage is ExposureStage.NONE:
        return "The model runs nowhere"
    if standing is None or standing.uncovered:
        return f"UNCOVERED: it runs at {stage}, and no decision covers that{_read_as_of(launch)}"
    until = (
        standing.exposed.decision.until if standing.exposed and standing.exposed.decision else None
    )
    ends = f" until {until.isoformat()}" if until else ""
    return f"Runs at {stage}, covered{ends}{_read_as_of(launch)}"


def cover_words(cover: Cover, stage: ExposureStage) -> str:
    """Say whether the latest decision covers the stage that is asked for, and why not."""
    return f"Asks for {stage}: {cover.state}" + (f" ({cover.why})" if cover.why else "")


def pipeline_words(told: Clearance) -> str:
    """Say what a pipeline is told that asks now, for the release and stage asked for."""
    answer = {
        Verdict.READY: "Go on",
        Verdict.READY_WITH_CONDITIONS: "Stop, a person decides",
        Verdict.NOT_READY: "Stop",
    }[told.answer]
    return f"A pipeline that asks today is told: {answer}; {told.why}"


def decision_frame(launches: Iterable[LaunchState]) -> pd.DataFrame:
    """Return every decision of the launches, the newest first."""
    lines = [
        (record.decided_at, _decision_line(launch, record))
        for launch in launches
        for record in (launch.standing.decisions if launch.standing else ())
    ]
    ordered = sorted(lines, key=lambda line: line[0], reverse=True)
    return frame([line for _, line in ordered], DECISIONS)


def _decision_line(launch: LaunchState, record: Any) -> dict[str, Any]:
    return {
        "launch": launch.launch.name,
        "ref": record.short_ref,
        "outcome": decision_words(record),
        "on": pd.Timestamp(record.decided_at.replace(tzinfo=None)),
        "by": launch.person_name(record.decided_by),
        "gate_result": str(record.gate_result),
        "recommended": str(record.recommended or "nothing"),
        "override": record.override_reason,
        "covers": f"{record.model_version}, {record.configuration}",
        "until": pd.Timestamp(record.until) if record.until else pd.NaT,
        "reason": record.reason,
        "snapshot": record.snapshot.rpartition("/")[2],
    }


def acceptance_frame(launches: Iterable[LaunchState]) -> pd.DataFrame:
    """Return the latest acceptance of each risk, those that end soonest first."""
    lines = [
        (status.state is AcceptanceState.ENDED, status.acceptance.until, launch, status)
        for launch in launches
        for status in launch.acceptances
    ]
    ordered = sorted(lines, key=lambda line: line[:2])
    return frame([_acceptance_line(launch, one) for *_, launch, one in ordered], ACCEPTANCES)


def _acceptance_line(launch: LaunchState, status: AcceptanceStatus) -> dict[str, Any]:
    record = status.acceptance
    signed = [one for one in (record.lead, record.officer, record.approver) if one]
    return {
        "launch": launch.launch.name,
        "ref": record.short_ref,
        "risk": record.risk.rpartition("/")[2],
        "level": record.level,
        "state": str(status.state),
        "why": status.why,
        "until": pd.Timestamp(record.until),
        "left": left_words(record.until, launch.today, status.state) + _read_as_of(launch),
        "justification": record.justification,
        "fails_if": "; ".join(record.fails_if),
        "asked_by": launch.person_name(record.requested_by),
        "signed_by": ", ".join(launch.person_name(one) for one in signed) or "nobody yet",
    }


def _read_as_of(launch: LaunchState) -> str:
    """Say on which day the clocks of a historical launch stand."""
    return f", read as of {launch.launch.as_of.isoformat()}" if launch.launch.as_of else ""


def left_words(until: date, today: date, state: AcceptanceState) -> str:
    """Say how long an acceptance still counts."""
    if state is not AcceptanceState.IN_FORCE:
        return "ended" if state is AcceptanceState.ENDED else "asked for, not accepted"
    days = (until - today).days
    if days < 0:
        return "has run out"
    return {0: "runs out today", 1: "runs out tomorrow"}.get(days, f"runs out in {days} days")


def conditions_of(launches: Sequence[LaunchState]) -> pd.DataFrame:
    """Return the conditions of the launches, each with the name of its launch."""
    lines: list[dict[str, Any]] = []
    for launch in launches:
        for line in condition_frame(launch.conditions, launch).to_dict("records"):
            lines.append({"launch": launch.launch.name, **{str(k): v for k, v in line.items()}})
    ordered = sorted(lines, key=lambda line: (line["state"] == "met", line["due"]))
    return frame(ordered, REGISTER_CONDITIONS)


def exposure_frame(launch: LaunchState) -> pd.DataFrame:
    """Return where the model has run, the newest first."""
    records = launch.standing.exposures if launch.standing else ()
    return frame(
        [
            {
                "at": pd.Timestamp(record.recorded_at.replace(tzinfo=None)),
                "step": str(record.step),
                "stages": f"{record.before} → {record.after}",
                "covered": _covered(record),
                "by": launch.person_name(record.recorded_by),
                "reason": record.reason,
            }
            for record in reversed(records)
        ],
        EXPOSURES,
    )


def _covered(record: Any) -> str:
    if not record.covered:
        return "✖ uncovered"
    return str(record.decision).rpartition("/")[2] if record.decision else "needs none"
