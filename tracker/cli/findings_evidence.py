"""What `check` finds on gates, waivers, booked runs and the evidence of launches."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from typing import Final

from tracker.cli.finding import Finding
from tracker.domain.gate_state import GateStatus
from tracker.domain.state import LaunchState
from tracker.domain.words import EvidenceStanding, GateState
from tracker.readiness.slots import has_happened
from tracker.readiness.twins import missing_twins
from tracker.services.ledger import Ledger

SOON: Final = timedelta(days=14)
LISTED: Final = 3
"""How many metrics are named; of more the number is said."""


def about_gates(states: Iterable[LaunchState], ledgers: Iterable[Ledger]) -> Iterator[Finding]:
    """Yield what is amiss with the launch criteria of every launch.

    Args:
        states: Every launch.
        ledgers: Its evidence, in the same order.
    """
    for state, ledger in zip(states, ledgers, strict=True):
        in_force = [one for one in state.gates if not one.gate.withdrawn]
        yield from _without_twin(state, in_force)
        yield from _waiting(in_force, ledger)
        for status in in_force:
            yield from _ending(status, ledger)
            yield from _overdue(status, ledger)


def _without_twin(state: LaunchState, in_force: Iterable[GateStatus]) -> Iterator[Finding]:
    alone = missing_twins(status.gate for status in in_force)
    if alone:
        listed = ", ".join(gate.short_ref for gate in alone)
        yield Finding(
            "HP-W008",
            f"{listed} of {state.launch.key} could be passed by refusing everything.",
            "Write a gate in the policy area of over-refusal beside them.",
        )


def _waiting(in_force: Iterable[GateStatus], ledger: Ledger) -> Iterator[Finding]:
    unmet = {
        status.gate.ref
        for status in in_force
        if status.state in (GateState.MISSING, GateState.PLANNED)
    }
    found = [
        (row.run.short_ref, gate.short_ref)
        for row in reversed(ledger.rows)
        if row.standing is EvidenceStanding.OTHER_RELEASE and has_happened(row.run, ledger.today)
        for gate in row.gates
        if gate.ref in unmet
    ]
    if found:
        runs, gates = (", ".join(dict.fromkeys(refs)) for refs in zip(*found, strict=True))
        yield Finding(
            "HP-W009",
            f"{gates} of {ledger.launch.key} has no run about the present release, while "
            f"{runs} is about another one.",
            "Measure the present release, or have somebody independent record why the run counts.",
        )


def _ending(status: GateStatus, ledger: Ledger) -> Iterator[Finding]:
    if status.waived and status.waiver and status.waiver.waiver.until - ledger.today <= SOON:
        yield Finding(
            "HP-W010",
            f"The waiver of {status.gate.ref} ends on {status.waiver.waiver.until.isoformat()}.",
            "Bring the evidence before that day; afterwards the gate holds the launch.",
        )


def _overdue(status: GateStatus, ledger: Ledger) -> Iterator[Finding]:
    planned = status.gate.planned_on
    if planned is None or planned >= ledger.today or _answered_since(status):
        return
    yield Finding(
        "HP-W011",
        f"What was booked for {status.gate.ref} on {planned.isoformat()} is not on record.",
        "Import the result, or book another day.",
    )


def _answered_since(status: GateStatus) -> bool:
    planned, run, word = status.gate.planned_on, status.run, status.attestation
    if planned is None or status.state is GateState.PASSED:
        return True
    answered = run.ran_at.date() if run and run.ran_at else word.attested_on if word else None
    return answered is not None and answered >= planned


def about_metrics(ledgers: Sequence[Ledger]) -> Iterator[Finding]:
    """Yield that there are metrics of which nobody has said which way is good."""
    pairs = {
        f"“{row.evidence.metric}” of {row.run.tool}"
        for ledger in ledgers
        for row in ledger.rows
        if row.definition is None
    }
    if not pairs:
        return
    named = sorted(pairs)
    more = f" and {len(named) - LISTED} more" if len(named) > LISTED else ""
    yield Finding(
        "HP-I003",
        f"Nobody has said which way these are good: {', '.join(named[:LISTED])}{more}.",
        "Say it in the dashboard, on Evidence, before a gate is to read it.",
    )
