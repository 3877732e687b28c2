"""The mitigations of one launch, and one of them in full."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from tracker.domain.records import EffectRecord, MitigationRecord, VerificationRecord
from tracker.domain.report import ILLUSTRATIVE_LABEL
from tracker.domain.roles import BARRED_FOR_LAUNCH_OWNER, PERMISSIONS, Action
from tracker.domain.state import LaunchState, MitigationState, RiskMitigation
from tracker.domain.transitions import MITIGATION_TRANSITIONS
from tracker.domain.words import MitigationStatus, Origin
from tracker.views.figures import counted, frame

ANSWERS: Final = "What lowers the risks of this launch, and what of it counts today?"
EMPTY: Final = (
    "No mitigation is on this launch. Enter one with “New mitigation”, or put one on it that "
    "serves another launch."
)
NO_MATCH: Final = "No mitigation matches. Take a filter away to see the others."

DTYPES: Final = {
    "ref": "str",
    "title": "str",
    "status": "str",
    "counts_today": "str",
    "mandatory": "str",
    "due": "datetime64[s]",
    "lowers": "str",
    "introduces": "str",
    "mechanism": "str",
    "layer": "str",
    "owner": "str",
    "team": "str",
    "other_launches": "str",
    "basis": "str",
}
EFFECT_DTYPES: Final = {
    "ref": "str",
    "risk": "str",
    "title": "str",
    "does": "str",
    "low": "float64",
    "best": "float64",
    "high": "float64",
    "counted": "float64",
    "note": "str",
    "basis": "str",
}
VERIFICATION_DTYPES: Final = {
    "on": "datetime64[s]",
    "by": "str",
    "kind": "str",
    "risk": "str",
    "share": "float64",
    "evidence": "str",
    "about": "str",
}


@dataclass(frozen=True, slots=True)
class MitigationFilter:
    """What narrows the table; an empty collection lets everything through."""

    statuses: Collection[str] = ()
    text: str = ""


@dataclass(frozen=True, slots=True)
class MitigationsView:
    """The mitigations of one launch.

    Attributes:
        frame: One line per mitigation that matches, in the order of numbers.
        empty: What to do where no line matches; empty where one does.
    """

    frame: pd.DataFrame
    empty: str


def mitigations_view(state: LaunchState, wanted: MitigationFilter) -> MitigationsView:
    """Return the mitigations of a launch that match."""
    lines = [_line(item, state) for item in state.mitigations if _matches(item, wanted)]
    return MitigationsView(
        frame=frame(lines, DTYPES),
        empty="" if lines else (NO_MATCH if state.mitigations else EMPTY),
    )


def headline(state: LaunchState) -> str:
    """Say how many mitigations there are and how many count today."""
    verified = sum(item.verified_now for item in state.mitigations)
    unmet = sum(item.placement.mandatory and not item.verified_now for item in state.mitigations)
    mandatory = f", {unmet} mandatory not yet" if unmet else ""
    return f"{counted(len(state.mitigations), 'mitigation')}, {verified} verified today{mandatory}"


def _matches(item: MitigationState, wanted: MitigationFilter) -> bool:
    record = item.mitigation
    searched = f"{record.ref}\n{record.title}\n{record.summary}".casefold()
    return (not wanted.statuses or item.placement.status in wanted.statuses) and (
        wanted.text.strip().casefold() in searched
    )


def _line(item: MitigationState, state: LaunchState) -> dict[str, Any]:
    record, placement = item.mitigation, item.placement
    illustrative = Origin.ILLUSTRATIVE in (record.origin, placement.origin)
    return {
        "ref": record.ref,
        "title": record.title,
        "status": str(placement.status),
        "counts_today": counts_today(item),
        "mandatory": "mandatory" if placement.mandatory else "",
        "due": pd.Timestamp(placement.due) if placement.due else pd.NaT,
        "lowers": _risks(item, introduces=False),
        "introduces": _risks(item, introduces=True),
        "mechanism": str(record.mechanism),
        "layer": str(record.layer),
        "owner": state.person_name(record.owner),
        "team": team_name(state, record.team),
        "other_launches": ", ".join(item.other_launches),
        "basis": ILLUSTRATIVE_LABEL if illustrative else str(record.origin),
    }


def counts_today(item: MitigationState) -> str:
    """Say whether a mitigation counts today, and if not, why."""
    if item.verified_now:
        return "yes, verified"
    if item.verification_outdated:
        return "no, verified for another version"
    return f"no, {item.placement.status}"


def team_name(state: LaunchState, key: str | None) -> str:
    """Return the name of a team, or "no team"."""
    if key is None:
        return "no team"
    return state.teams[key].name if key in state.teams else key


def _risks(item: MitigationState, introduces: bool) -> str:
    refs = [effect.risk for effect in item.effects if effect.introduces is introduces]
    return ", ".join(short(ref) for ref in refs)


def short(ref: str) -> str:
    """Return a risk's reference within its launch."""
    return ref.rpartition("/")[2]


@dataclass(frozen=True, slots=True)
class MitigationDetail:
    """One mitigation on one launch.

    Attributes:
        item: As it stands on the launch.
        facts: Label to words.
        effects: What it does to each risk of this launch; shares in per cent.
        elsewhere: Its effects on risks of other launches.
        verifications: Every verification on this launch, the latest first.
        next_statuses: Where its status may go by hand from here.
        who_verifies: Who may verify it, in words.
        illustrative: A judgement in it was made for the demo.
    """

    item: MitigationState
    facts: Mapping[str, str]
    effects: pd.DataFrame
    elsewhere: tuple[EffectRecord, ...]
    verifications: pd.DataFrame
    next_statuses: tuple[MitigationStatus, ...]
    who_verifies: str
    illustrative: bool


def find_mitigation(state: LaunchState, ref: str) -> MitigationState | None:
    """Return a mitigation of a launch by its reference."""
    return next((item for item in state.mitigations if item.mitigation.ref == ref), None)


def mitigation_detail(
    item: MitigationState, state: LaunchState, states: Sequence[LaunchState]
) -> MitigationDetail:
    """Return one mitigation of a launch in full.

    Args:
        item: The mitigation on the launch.
        state: The launch.
        states: All launches, for what it does on others.
    """
    return MitigationDetail(
        item=item,
        facts=_facts(item, state),
        effects=frame(_effect_lines(item, state), EFFECT_DTYPES),
        elsewhere=effects_elsewhere(item.mitigation.ref, state, states),
        verifications=frame(_verification_lines(item, state), VERIFICATION_DTYPES),
        next_statuses=next_statuses(item.placement.status),
        who_verifies=_who_verifies(item, state),
        illustrative=Origin.ILLUSTRATIVE in (item.mitigation.origin, item.placement.origin),
    )


def next_statuses(status: MitigationStatus) -> tuple[MitigationStatus, ...]:
    """Return where a status may go by hand, in the order of progress; never to verified."""
    allowed = MITIGATION_TRANSITIONS[status] - {MitigationStatus.VERIFIED}
    return tuple(status for status in MitigationStatus if status in allowed)


def effects_elsewhere(
    ref: str, state: LaunchState, states: Sequence[LaunchState]
) -> tuple[EffectRecord, ...]:
    """Return the effects of a mitigation on risks of other launches than this one."""
    return tuple(
        effect
        for other in states
        if other.launch.key != state.launch.key
        for item in other.mitigations
        if item.mitigation.ref == ref
        for effect in item.effects
    )


def placeable(state: LaunchState, states: Sequence[LaunchState]) -> Mapping[str, MitigationRecord]:
    """Return the mitigations of other launches that are not yet on this one, by reference."""
    here = {item.mitigation.ref for item in state.mitigations}
    known = {item.mitigation.ref: item.mitigation for s in states for item in s.mitigations}
    ordered = sorted(known.values(), key=lambda record: record.number)
    return {record.ref: record for record in ordered if record.ref not in here}


def _facts(item: MitigationState, state: LaunchState) -> dict[str, str]:
    record, placement = item.mitigation, item.placement
    days = record.duration
    efforts = [
        f"{team_name(state, team)} {days:g} days" for team, days in sorted(record.efforts.items())
    ]
    return {
        "Mechanism": f"{record.mechanism}, in the layer {record.layer}",
        "Owner": state.person_name(record.owner),
        "Team": team_name(state, record.team),
        "Due": placement.due.isoformat() if placement.due else "no date",
        "Effort still to spend": ", ".join(efforts) or "not estimated",
        "Duration": (
            f"{days[0]:g} to {days[2]:g} days, most likely {days[1]:g}" if days else "not estimated"
        ),
        "Other launches": ", ".join(item.other_launches) or "none",
        "Source": record.source or "none given",
    }


def _effect_lines(item: MitigationState, state: LaunchState) -> list[dict[str, Any]]:
    risks = {risk.ref: risk for risk in state.risks}
    return [
        _effect_line(effect, risk.risk.title, _bearing(risk.mitigations, effect))
        for effect in item.effects
        if (risk := risks.get(effect.risk)) is not None
    ]


def _bearing(mitigations: Sequence[RiskMitigation], effect: EffectRecord) -> RiskMitigation | None:
    return next((m for m in mitigations if m.mitigation.ref == effect.mitigation), None)


def _effect_line(
    effect: EffectRecord, title: str, bearing: RiskMitigation | None
) -> dict[str, Any]:
    return {
        "ref": effect.risk,
        "risk": short(effect.risk),
        "title": title,
        "does": "introduces or worsens it" if effect.introduces else "lowers it",
        "low": _percent(effect.low),
        "best": _percent(effect.best),
        "high": _percent(effect.high),
        "counted": None if effect.introduces or bearing is None else bearing.counted * 100,
        "note": _note(bearing),
        "basis": effect.basis,
    }


def _percent(share: float | None) -> float | None:
    return None if share is None else share * 100


def _note(bearing: RiskMitigation | None) -> str:
    if bearing is None or bearing.effect.introduces:
        return ""
    if bearing.outdated_verification:
        return "verified for another version: counts nothing today"
    if bearing.adds_nothing:
        return "adds nothing: a better one of its mechanism counts"
    return ""


def _verification_lines(item: MitigationState, state: LaunchState) -> list[dict[str, Any]]:
    latest_first = sorted(item.verifications, key=lambda record: record.id, reverse=True)
    return [_verification_line(record, state) for record in latest_first]


def _verification_line(record: VerificationRecord, state: LaunchState) -> dict[str, Any]:
    return {
        "on": pd.Timestamp(record.verified_on),
        "by": state.person_name(record.verified_by),
        "kind": str(record.kind),
        "risk": short(record.risk) if record.risk else "no risk",
        "share": _percent(record.share),
        "evidence": record.evidence,
        "about": f"{record.model_version}, {record.configuration}, {record.exposure_stage}",
    }


def _who_verifies(item: MitigationState, state: LaunchState) -> str:
    roles = ", ".join(sorted(PERMISSIONS[Action.VERIFY_MITIGATION]))
    barred = [state.person_name(item.mitigation.owner)] if item.mitigation.owner else []
    if Action.VERIFY_MITIGATION in BARRED_FOR_LAUNCH_OWNER and state.launch.owner:
        barred.append(f"{state.person_name(state.launch.owner)} (launch owner)")
    but = f", but not {' nor '.join(dict.fromkeys(barred))}" if barred else ""
    return f"May verify: {roles}{but}."
