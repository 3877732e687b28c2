"""The last launch as decided, its reality since, and a draft cloned from it, held together.

A risk of the draft is the same as one of the last launch where title or scenario is; whoever
rewrites both has written another risk. Mitigations are told apart by their references, gates by
what they read or state.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from tracker.domain.gates import GateRecord
from tracker.domain.lineage import LeftBehind, Lineage, LineageChange, LineageKind, LineageRow
from tracker.domain.state import LaunchState, RiskState
from tracker.readiness.aftermath import since_decided


@dataclass(frozen=True, slots=True)
class ThreeStates:
    """What is compared.

    Attributes:
        decided: The last launch as it was decided; as it stands where it never was.
        reality: The last launch today.
        draft: The launch that was cloned from it, today.
        decided_as: Reference of the decision; None where there is none.
    """

    decided: LaunchState
    reality: LaunchState
    draft: LaunchState
    decided_as: str | None


_ORDER = (LineageChange.REMOVED, LineageChange.NEW, LineageChange.CHANGED, LineageChange.SAME)


def lineage(states: ThreeStates, dropped: Iterable[LeftBehind]) -> Lineage:
    """Return the three-way comparison of a draft with the launch that it was cloned from."""
    left = {one.risk: one for one in dropped}
    rows = (*_risks(states, left), *_mitigations(states), *_gates(states))
    return Lineage(
        last=states.reality.launch.key,
        decided_as=states.decided_as,
        since=tuple(since_decided(states.decided, states.reality)),
        rows=tuple(sorted(rows, key=lambda row: _ORDER.index(row.change))),
    )


def _risks(states: ThreeStates, left: Mapping[str, LeftBehind]) -> Iterator[LineageRow]:
    then = {risk.ref: _level(risk) for risk in states.decided.open_risks}
    pairs = _pairs(states.reality, states.draft)
    for risk in states.reality.risks:
        decided, here = then.get(risk.ref, ""), pairs.get(risk.ref)
        if here is not None:
            yield _kept_risk(risk, decided, here)
        elif risk.is_open:
            yield _removed_risk(risk, decided, left.get(risk.ref))
    known = {risk.ref for risk in pairs.values()}
    for risk in states.draft.open_risks:
        if risk.ref not in known:
            yield _new_risk(risk)


def _pairs(last: LaunchState, draft: LaunchState) -> dict[str, RiskState]:
    """Pair the risks of the last launch with those of the draft, each at most once."""
    paired: dict[str, RiskState] = {}
    for text in (_title, _scenario):
        taken = {risk.ref for risk in paired.values()}
        free: dict[str, list[RiskState]] = {}
        for risk in draft.open_risks:
            if risk.ref not in taken:
                free.setdefault(text(risk), []).append(risk)
        for risk in last.risks:
            if risk.ref not in paired and free.get(text(risk)):
                paired[risk.ref] = free[text(risk)].pop(0)
    return paired


def _title(risk: RiskState) -> str:
    return risk.risk.title.casefold()


def _scenario(risk: RiskState) -> str:
    return risk.risk.scenario.casefold()


def _level(risk: RiskState) -> str:
    return str(risk.current.level) if risk.is_open else "closed"


def _kept_risk(risk: RiskState, decided: str, here: RiskState) -> LineageRow:
    reality, now = _level(risk), _level(here)
    differs = [*_text_differences(risk, here), *_differing(decided, reality, now)]
    return LineageRow(
        kind=LineageKind.RISK,
        change=LineageChange.CHANGED if differs else LineageChange.SAME,
        last=risk.ref,
        here=here.ref,
        decided=decided,
        reality=reality,
        now=now,
        words=_sentence(here.risk.short_ref, differs),
    )


def _text_differences(last: RiskState, here: RiskState) -> Iterator[str]:
    before, after = last.risk, here.risk
    pairs = {
        "title": (before.title, after.title),
        "scenario": (before.scenario, after.scenario),
        "policy area": (before.area, after.area),
        "areas touched": (sorted(before.touches), sorted(after.touches)),
    }
    changed = [name for name, (old, new) in pairs.items() if old != new]
    if changed:
        yield f"another {', '.join(changed)}"


def _removed_risk(risk: RiskState, decided: str, left: LeftBehind | None) -> LineageRow:
    marker = risk.risk.withheld.marker if risk.risk.withheld else None
    why = "no risk here has its title or scenario"
    if left is not None:
        why = f"dropped by {left.dropped_by}: {marker or left.reason.rstrip('.')}"
    return LineageRow(
        kind=LineageKind.RISK,
        change=LineageChange.REMOVED,
        last=risk.ref,
        here=None,
        decided=decided,
        reality=_level(risk),
        now="",
        words=f"{risk.risk.short_ref} is not taken over; {why}.",
    )


def _new_risk(risk: RiskState) -> LineageRow:
    return LineageRow(
        kind=LineageKind.RISK,
        change=LineageChange.NEW,
        last=None,
        here=risk.ref,
        decided="",
        reality="",
        now=_level(risk),
        words=f"{risk.risk.short_ref} has no like on the last launch.",
    )


def _mitigations(states: ThreeStates) -> Iterator[LineageRow]:
    stands = _Columns(*(_placements(one) for one in _three(states)))
    yield from _rows_of(LineageKind.MITIGATION, stands, {ref: ref for ref in stands.every})


def _placements(state: LaunchState) -> dict[str, str]:
    return {one.mitigation.ref: str(one.placement.status) for one in state.mitigations}


def _gates(states: ThreeStates) -> Iterator[LineageRow]:
    stands = _Columns(*(_criteria(one) for one in _three(states)))
    names = {
        _criterion(one.gate): one.gate.short_ref
        for state in (states.draft, states.reality)
        for one in state.gates
        if not one.gate.withdrawn
    }
    yield from _rows_of(LineageKind.GATE, stands, names)


def _criteria(state: LaunchState) -> dict[str, str]:
    return {
        _criterion(one.gate): "waived" if one.waived else str(one.state)
        for one in state.gates
        if not one.gate.withdrawn
    }


def _criterion(gate: GateRecord) -> str:
    """Return what tells a gate apart from others, on whichever launch it is."""
    return "\n".join((gate.area, *(gate.slot or (gate.statement,))))


def _three(states: ThreeStates) -> tuple[LaunchState, LaunchState, LaunchState]:
    return states.decided, states.reality, states.draft


@dataclass(frozen=True, slots=True)
class _Columns:
    """How things stand, by what tells them apart, in each of the three states."""

    decided: Mapping[str, str]
    reality: Mapping[str, str]
    draft: Mapping[str, str]

    @property
    def every(self) -> list[str]:
        """What stands in either launch today."""
        return list(dict.fromkeys((*self.reality, *self.draft)))


def _rows_of(kind: LineageKind, stands: _Columns, names: Mapping[str, str]) -> Iterator[LineageRow]:
    for key in stands.every:
        decided, reality = stands.decided.get(key, ""), stands.reality.get(key, "")
        now, name = stands.draft.get(key, ""), names[key]
        differs = list(_differing(decided, reality, now))
        change, words = LineageChange.CHANGED, _sentence(name, differs)
        if not reality:
            change, words = LineageChange.NEW, f"{name} has no like on the last launch."
        elif not now:
            change, words = LineageChange.REMOVED, f"{name} of the last launch is not here."
        elif not differs:
            change = LineageChange.SAME
        last, here = name if reality else None, name if now else None
        yield LineageRow(kind, change, last, here, decided, reality, now, words)


def _differing(decided: str, reality: str, now: str) -> Iterator[str]:
    if not decided and reality:
        yield f"found there after the decision, {reality} today"
    elif decided != reality:
        yield f"{decided} when decided, {reality} there today"
    if now != reality:
        yield f"{now} here"


def _sentence(name: str, differs: Iterable[str]) -> str:
    return f"{name}: {'; '.join(differs) or 'as on the last launch'}."
