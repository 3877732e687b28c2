"""What a snapshot keeps of a launch: everything that is not withheld from most."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Final, Protocol

from tracker.domain.changes import ChangeLine
from tracker.domain.evidence import RunInputs
from tracker.domain.gate_state import GateStatus
from tracker.domain.records import PersonRecord, VerificationRecord
from tracker.domain.review_words import WithheldClass
from tracker.domain.reviews import AcceptanceRecord
from tracker.domain.state import LaunchInputs, LaunchState, RiskInputs, VerdictReason
from tracker.readiness.withheld import Hidden, withhold_gate, withhold_inputs, withhold_line

_SPEAK_OF_RISKS: Final = frozenset(
    {"effect of a mitigation", "verification of a mitigation", "acceptance"}
)
"""Nouns of the history whose lines tell of a risk without being filed under it."""


class _Withholdable(Protocol):
    @property
    def ref(self) -> str: ...

    @property
    def withheld(self) -> WithheldClass | None: ...


def withheld_among(records: Iterable[_Withholdable]) -> frozenset[str]:
    """Return the references of those whose detail is withheld."""
    return frozenset(one.ref for one in records if one.withheld is not None)


def withheld_on(inputs: LaunchInputs) -> frozenset[str]:
    """Return the references of withheld risks and runs of a launch, baselines too."""
    runs = (*inputs.runs, *inputs.baselines.values())
    return withheld_among((*(one.risk for one in inputs.risks), *(one.run for one in runs)))


def kept_inputs(inputs: LaunchInputs, hidden: Hidden | None = None) -> LaunchInputs:
    """Return a launch without any text that is withheld; what its verdict rests on stays.

    Args:
        inputs: The launch.
        hidden: What the reader may not see; everything withheld where None.
    """
    hidden = withheld_on(inputs) if hidden is None else hidden
    if not hidden:
        return inputs
    markers = {
        one.risk.ref: one.risk.withheld.marker
        for one in inputs.risks
        if one.risk.withheld and one.risk.ref in hidden
    }
    bare = withhold_inputs(inputs, hidden)
    return replace(
        bare,
        risks=tuple(_risk(one, markers) for one in bare.risks),
        acceptances=tuple(_acceptance(one, markers) for one in bare.acceptances),
        runs=tuple(_run(one, hidden) for one in bare.runs),
        baselines={ref: _run(one, hidden) for ref, one in bare.baselines.items()},
    )


def _risk(inputs: RiskInputs, markers: Mapping[str, str]) -> RiskInputs:
    marker = markers.get(inputs.risk.ref)
    if marker is None:
        return inputs
    return replace(
        inputs,
        mitigations=tuple(
            replace(one, verification=_verification(one.verification, marker))
            for one in inputs.mitigations
        ),
    )


def _verification(one: VerificationRecord | None, marker: str) -> VerificationRecord | None:
    return one and replace(one, evidence=marker)


def _acceptance(one: AcceptanceRecord, markers: Mapping[str, str]) -> AcceptanceRecord:
    marker = markers.get(one.risk)
    if marker is None:
        return one
    return replace(
        one,
        justification=marker,
        fails_if=(marker,) * len(one.fails_if),
        ended_because=marker if one.ended_because else "",
    )


def _run(inputs: RunInputs, hidden: Hidden) -> RunInputs:
    reason = inputs.run.withheld
    if reason is None or inputs.run.ref not in hidden:
        return inputs
    run = replace(inputs.run, part=reason.marker if inputs.run.part else "")
    evidence = tuple(
        replace(
            one, corrections=tuple(replace(made, reason=reason.marker) for made in one.corrections)
        )
        for one in inputs.evidence
    )
    return RunInputs(run, evidence)


def kept_state(state: LaunchState, hidden: Hidden) -> LaunchState:
    """Return a state without the figures of withheld runs; each gate's state stays."""
    if not hidden:
        return state
    gates = tuple(withhold_gate(one, hidden) for one in state.gates)
    told = {one.gate.ref: one for one in gates if one.run and one.run.ref in hidden}
    reasons = tuple(_reason(one, told.get(one.subject)) for one in state.reasons)
    return replace(state, gates=gates, reasons=reasons)


def _reason(reason: VerdictReason, status: GateStatus | None) -> VerdictReason:
    """Name the state of a gate whose figures are withheld, and no figure."""
    if status is None:
        return reason
    words = f"{status.gate.short_ref} “{status.gate.title}” is {status.state} {status.why}"
    return replace(reason, text=words, remedy="Ask somebody who may see the evidence.")


def kept_lines(
    lines: Sequence[ChangeLine], hidden: Hidden, elsewhere: Hidden = frozenset()
) -> tuple[ChangeLine, ...]:
    """Return lines of the history, fields by name, without what they tell of anything withheld.

    A line about an effect, a verification or an acceptance need not say of which risk it is; on a
    launch that withholds one, none of these tells its values.

    Args:
        lines: What happened.
        hidden: References of what these lines may not tell.
        elsewhere: The same of other launches, which a line may name: a clone says what it dropped.
    """
    told = (_line(line, hidden, elsewhere) for line in lines)
    return tuple(replace(line, fields=dict(sorted(line.fields.items()))) for line in told)


def _line(line: ChangeLine, hidden: Hidden, elsewhere: Hidden) -> ChangeLine:
    speaks = bool(hidden) and line.entity in _SPEAK_OF_RISKS
    if not speaks and not any(_names(line, ref) for ref in hidden | elsewhere):
        return line
    return withhold_line(line, {*hidden, line.subject})


def _names(line: ChangeLine, ref: str) -> bool:
    said = [
        line.subject,
        line.reason,
        *(text or "" for pair in line.fields.values() for text in pair),
    ]
    return any(re.search(rf"{re.escape(ref)}(?!\d)", text) for text in said)


def kept_people(people: Mapping[str, PersonRecord]) -> dict[str, PersonRecord]:
    """Return people without what their provider calls them."""
    return {key: replace(person, sign_in=None) for key, person in people.items()}
