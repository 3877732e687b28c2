"""What a launch criterion, a frontier threshold and a path to a better verdict are today."""

from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.evidence import EvidenceRunRecord, MetricDefinitionRecord
from tracker.domain.gates import (
    AttestationRecord,
    DeterminationRecord,
    GateRecord,
    WaiverRecord,
)
from tracker.domain.records import MitigationRecord, PolicyAreaRecord
from tracker.domain.words import GateState, Verdict, WaiverState


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure held against a threshold; all numbers in the metric's own scale.

    Attributes:
        slice: Part of the data; empty for all of it.
        observed: The value over what was scored.
        worst_case: The value if everything planned but not scored counts as bad; equals
            `observed` where nothing is missing.
        low, high: Exact one-sided bounds at the gate's confidence, each on its own, with what is
            missing counted as bad in the bound that matters; None where nothing usable is known.
        n: Prompts or scenarios that the bounds rest on.
        state: FAILED, INCONCLUSIVE or PASSED, from this figure alone.
        why: The state's reason in a few words, such as "no n on record".
        qualifier: What the source puts before the observed value, such as "more than"; empty
            where it is exact or was counted.
    """

    slice: str
    observed: float | None
    worst_case: float | None
    low: float | None
    high: float | None
    n: int | None
    state: GateState
    why: str
    qualifier: str = ""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A gate's run against its baseline.

    Attributes:
        baseline: Reference of the baseline run.
        difference: New minus old in the metric's scale, positive where better; None where the
            two are not comparable.
        low, high: Newcombe bounds of the difference, one-sided at the gate's confidence.
        differences: What makes them not comparable, in words; empty where they are.
    """

    baseline: str
    difference: float | None
    low: float | None
    high: float | None
    differences: tuple[str, ...]
    state: GateState
    why: str


@dataclass(frozen=True, slots=True)
class WaiverStatus:
    """The latest waiver of a gate, and whether it counts today and why not."""

    waiver: WaiverRecord
    state: WaiverState
    why: str


@dataclass(frozen=True, slots=True)
class GateStatus:
    """One launch criterion today.

    Attributes:
        state: What the evidence gives; a waiver lies over it and never changes it.
        why: The state's reason in a few words, such as "withdrawn run not yet replaced".
        settles: What would settle it, such as "523 with 5 failures would"; empty where nothing
            simple can be said.
        run: The run that it reads; None where there is none.
        reading: The overall figure, or the worst slice; None for an attested gate.
        slices: Every slice of the run, where the gate asks for each.
        waiver: The latest waiver; None where nobody ever asked for one.
    """

    gate: GateRecord
    area: PolicyAreaRecord
    definition: MetricDefinitionRecord | None
    state: GateState
    why: str
    settles: str
    run: EvidenceRunRecord | None
    reading: Reading | None
    slices: tuple[Reading, ...]
    comparison: Comparison | None
    attestation: AttestationRecord | None
    waiver: WaiverStatus | None

    @property
    def waived(self) -> bool:
        """Whether a waiver in force lies over the state."""
        return (
            self.state is not GateState.PASSED
            and self.waiver is not None
            and self.waiver.state is WaiverState.IN_FORCE
        )

    @property
    def holds(self) -> bool:
        """Whether it keeps the launch from going out."""
        counts = self.gate.must_pass and not self.gate.withdrawn
        return counts and self.state is not GateState.PASSED and not self.waived


@dataclass(frozen=True, slots=True)
class SafeguardStatus:
    """A required safeguard of a frontier threshold; without a placement it is not on the launch."""

    mitigation: MitigationRecord
    verified_now: bool


@dataclass(frozen=True, slots=True)
class FrontierStatus:
    """One frontier threshold of a launch.

    Attributes:
        required: Whether the launch has to have a determination (its area is in scope).
        standing: The determination that counts for the release; None where there is none.
        pending: A later one that would lower it and awaits a second person.
    """

    area: PolicyAreaRecord
    required: bool
    standing: DeterminationRecord | None
    pending: DeterminationRecord | None
    safeguards: tuple[SafeguardStatus, ...]


class ChangeKind(StrEnum):
    """The kinds of work and evidence that can turn a verdict."""

    ASSESS_RISK = "assess a risk"
    REASSESS_RISK = "assess a risk again"
    VERIFY_MITIGATION = "verify a mitigation"
    SETTLE_AREA = "settle a policy area"
    FIND_RISKS = "look for risks"
    PASS_GATE = "pass a gate"
    WRITE_GATE = "write a gate and pass it"
    DETERMINE = "determine a frontier threshold"
    NAME_SAFEGUARD = "name a safeguard and verify it"
    MEET_CONDITION = "meet a condition"


@dataclass(frozen=True, slots=True)
class PathStep:
    """One piece of work or evidence on a path.

    Attributes:
        subject: Reference or code of what it is about.
        text: What to do, in plain words.
        assumes: What has to come out of it for the path to hold; empty where nothing has to.
        days: Person-days that it still costs over all teams; None where nobody estimated them.
    """

    kind: ChangeKind
    subject: str
    text: str
    assumes: str
    days: float | None


@dataclass(frozen=True, slots=True)
class PathToGreen:
    """The smallest sets of work and evidence that turn a verdict.

    Attributes:
        target: The verdict that each set reaches at least; where `blocked`, the next better one;
            None where nothing better exists.
        shared: Steps that every set holds.
        alternatives: What each set holds besides, smallest first, at most ten; a single empty
            one where `shared` alone does it, none where no work on record can.
        more: Whether there are further sets.
        blocked: What no work on record can turn, in words.
        decisions: What somebody may decide instead, in words; never part of a set.
    """

    target: Verdict | None
    shared: tuple[PathStep, ...]
    alternatives: tuple[tuple[PathStep, ...], ...]
    more: bool
    blocked: tuple[str, ...]
    decisions: tuple[str, ...]
