"""Gates of the small launch in every state, the runs that answer them, and two determinations.

Eli is responsible officer and Fay approver; Dan imports runs, Ben and Cleo second what needs it.
"""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time
from typing import Any

from tests.exports.rows import KEY, LAUNCH, SHOWN
from tests.readiness import gates
from tests.readiness.gates import METRIC, an_evidence, corrected, equivalent
from tracker.domain.evidence import MetricDefinitionRecord, RunInputs
from tracker.domain.gates import (
    AttestationRecord,
    DeterminationRecord,
    GateRecord,
    WaiverRecord,
)
from tracker.domain.release import Release
from tracker.domain.words import (
    Direction,
    EvidenceFlag,
    GateCoverage,
    GateState,
    Origin,
    Safeguards,
    Scale,
    ThresholdOutcome,
)

RELEASE = LAUNCH.release
OLDER = Release("aurora-2.0", LAUNCH.configuration, LAUNCH.exposure_asked)
BASELINE = "aurora-1/E-4"


@dataclass(frozen=True)
class Criteria:
    """What is on record about the gates and frontier thresholds of a launch."""

    gates: tuple[GateRecord, ...] = ()
    runs: tuple[RunInputs, ...] = ()
    baselines: tuple[RunInputs, ...] = ()
    attestations: tuple[AttestationRecord, ...] = ()
    waivers: tuple[WaiverRecord, ...] = ()
    determinations: tuple[DeterminationRecord, ...] = ()


def at(day: date, hour: int = 12) -> datetime:
    return datetime.combine(day, time(hour), tzinfo=UTC)


def november(day: int) -> date:
    return date(2026, 11, day)


def a_gate(number: int, title: str, area: str = "self_harm", **fields: Any) -> GateRecord:
    values: dict[str, Any] = {
        "ref": f"{KEY}/G-{number}",
        "launch": KEY,
        "title": title,
        "area": area,
        "task": f"task {number}",
        "configuration": LAUNCH.configuration,
        "written_by": "cleo",
        "origin": SHOWN,
        "rationale": "Aurora 1 was held to the same.",
    }
    return gates.a_gate(number, **(values | fields))


def a_run(number: int, *evidence: Any, **fields: Any) -> RunInputs:
    values: dict[str, Any] = {
        "ref": f"{KEY}/E-{number}",
        "launch": KEY,
        "ran_at": at(november(17)),
        "imported_by": "dan",
        "imported_at": at(november(18)),
        **RELEASE._asdict(),
    }
    return gates.a_run(number, *evidence, **(values | fields))


def counted(number: int, passed: int, n: int, slice: str = "", **fields: Any) -> Any:
    return an_evidence(passed, n, slice, **({"task": f"task {number}"} | fields))


DEFINITIONS = {
    ("Inspect", METRIC): gates.a_definition(),
    ("published figure", "refusals"): MetricDefinitionRecord(
        "published figure", "refusals", Direction.HIGHER, Scale.PERCENT, "", "cleo", SHOWN
    ),
}


def standard() -> Criteria:
    """Passed, a regression, waived, planned, a failing slice, attested, withdrawn, borrowed."""
    return Criteria(
        gates=(
            a_gate(1, "Refuses to encourage self-harm"),
            a_gate(2, "No worse than Aurora 1", "privacy", baseline=BASELINE, margin=0.02),
            a_gate(3, "Refuses under pressure", threshold=0.98, min_n=300),
            a_gate(4, "Repeats no address", "privacy", planned_on=november(27), planned_by="dan"),
            a_gate(5, "Every language", must_pass=False, coverage=GateCoverage.EVERY_SLICE),
            attested(6, "Red team answered"),
            a_gate(7, "Old set of prompts", **withdrawn()),
            a_gate(8, "Refuses in pictures", "privacy", max_age_days=90),
            a_gate(9, "Refuses as published", tool="published figure", metric="refusals",
                   threshold=98.0),
        ),
        runs=(
            a_run(1, counted(1, 990, 1000), safeguards=Safeguards.ON),
            a_run(2, counted(2, 960, 1000)),
            a_run(3, counted(3, 495, 500)),
            a_run(5, counted(5, 98, 100, "German"), counted(5, 80, 100, "Thai"),
                  flags=(EvidenceFlag.UNCOMMITTED_CODE,)),
            borrowed(a_run(6, counted(8, 990, 1000), **OLDER._asdict())),
            a_run(7, counted(4, 990, 1000), **OLDER._asdict()),
            published(8),
            corrected(a_run(9, counted(1, 600, 1000), ran_at=at(november(10))),
                      at=at(november(19))),
            a_run(10, counted(10, 70, 80)),
        ),
        baselines=(gates.a_run(4, counted(2, 995, 1000), ref=BASELINE, launch="aurora-1"),),
        attestations=(an_attestation(),),
        waivers=(a_waiver(1, ended_by="ben"), a_waiver(2)),
        determinations=(
            a_determination(1, ThresholdOutcome.REACHED, ("M-7", "M-9"), **OLDER._asdict()),
            a_determination(2, ThresholdOutcome.CANNOT_RULE_OUT, ("M-7", "M-9")),
        ),
    )  # fmt: skip


def attested(number: int, title: str) -> GateRecord:
    nothing = dict.fromkeys(("tool", "task", "metric", "configuration", "threshold"))
    return gates.an_attested_gate(
        number, ref=f"{KEY}/G-{number}", launch=KEY, title=title, area="self_harm",
        written_by="cleo", origin=SHOWN, **nothing,
    )  # fmt: skip


def withdrawn() -> dict[str, str]:
    return {
        "withdrawal_asked_by": "dan",
        "withdrawal_reason": "It repeats the first gate.",
        "withdrawal_confirmed_by": "cleo",
    }


def borrowed(run: RunInputs) -> RunInputs:
    return equivalent(run, RELEASE, "cleo")


def published(number: int) -> RunInputs:
    """A figure of a card without n, which nobody has confirmed."""
    figure = gates.a_value(
        98.0, task="task 9", metric="refusals", qualifier="more than", unit="% of prompts"
    )
    return a_run(
        number,
        figure,
        tool="published figure",
        tool_version="2026-10-01",
        flags=(EvidenceFlag.SELF_REPORTED,),
        source="Aurora 2 system card, section 5",
        origin=Origin.PUBLISHED,
    )


def an_attestation() -> AttestationRecord:
    return gates.an_attestation(
        f"{KEY}/G-6", attested_by="ben", attested_on=november(16), expires=date(2026, 12, 16),
        origin=SHOWN, **RELEASE._asdict(),
    )  # fmt: skip


def a_waiver(number: int, **fields: Any) -> WaiverRecord:
    values: dict[str, Any] = {
        "id": number,
        "latest_run": 10,
        "evidence": f"{KEY}/E-3",
        "threshold": "≥ 98 %",
        "until": november(30),
        "requested_by": "ben",
        "requested_at": at(november(18), number),
        "officer": "eli",
        "approver": "fay",
        "origin": SHOWN,
        **RELEASE._asdict(),
    }
    return gates.a_waiver(f"{KEY}/G-3", GateState.INCONCLUSIVE, **(values | fields))


def a_determination(
    number: int, outcome: ThresholdOutcome, safeguards: tuple[str, ...], **fields: Any
) -> DeterminationRecord:
    values: dict[str, Any] = {
        "launch": KEY,
        "safeguards": safeguards,
        "determined_by": "ben",
        "determined_on": november(10 + number),
        "origin": SHOWN,
        **RELEASE._asdict(),
    }
    return gates.a_determination("bio_uplift", outcome, number, **(values | fields))


def with_hostile_text(text: str) -> Criteria:
    """The standard criteria with one text in every place that a file or a person fills."""
    known = standard()
    first, *others = known.gates
    run, *more = known.runs
    hostile = {"tool_version": text, "file_name": text, "part": text, "source": text}
    spoilt = replace(run, run=replace(run.run, model_version=text, **hostile))
    evidence = replace(spoilt.evidence[0], task=text, metric=text, unit=text, qualifier=text)
    spoilt = replace(spoilt, evidence=(evidence, replace(evidence, slice=text)))
    reasoned = [_reasoned(one, text) for one in more]
    return replace(
        known,
        gates=(
            replace(first, title=text, rationale=text, task=text, metric=text),
            *(_asked(one, text) for one in others),
        ),
        runs=(borrowed(spoilt), *reasoned),
        waivers=tuple(replace(one, reason=text, compensation=text) for one in known.waivers),
        determinations=tuple(replace(one, rationale=text) for one in known.determinations),
        attestations=tuple(replace(one, document=text) for one in known.attestations),
    )


def _asked(gate: GateRecord, text: str) -> GateRecord:
    return replace(gate, withdrawal_reason=text) if gate.withdrawn else gate


def _reasoned(inputs: RunInputs, text: str) -> RunInputs:
    equivalences = tuple(replace(one, reason=text) for one in inputs.run.equivalences)
    evidence = tuple(
        replace(one, corrections=tuple(replace(it, reason=text) for it in one.corrections))
        for one in inputs.evidence
    )
    return RunInputs(replace(inputs.run, equivalences=equivalences), evidence)
