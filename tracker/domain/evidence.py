"""Result files, the runs in them and their metrics: as readers hand them over, and as stored.

A run is one model measured once by one tool; a file may hold several (its parts). A metric of a
run belongs to a *slot*: tool, task and metric. n counts prompts or scenarios, never repeats.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple

from tracker.domain.release import Release
from tracker.domain.review_words import WithheldClass
from tracker.domain.words import (
    CorrectionKind,
    Direction,
    EvidenceFlag,
    EvidenceFormat,
    ExposureStage,
    Origin,
    Safeguards,
    Scale,
)


class Slot(NamedTuple):
    """Where runs of one measurement line up: the latest in a slot counts, never the best."""

    tool: str
    task: str
    metric: str


@dataclass(frozen=True, slots=True)
class MetricReading:
    """One metric of a run, as a reader found it.

    Attributes:
        slice: Part of the data that it is about; empty for all of it.
        value: In the file's own scale; None where the file holds NaN, infinity or nothing.
        stderr: Standard error in the same scale; None where absent.
        n: Prompts or scenarios that were scored; None where the file does not say.
        passed: Of n, how many count towards the metric (share = passed / n); None unless the
            metric is a share of yes-or-no outcomes that the file lets us count.
        failed: Of n, the others.
        errored: Planned but not scored: errors, time-outs, refusals of the judge.
        qualifier: As printed, such as "more than"; empty where the value is exact.
        unit: As printed, such as "% of completions"; empty where the file has none.
        higher_is_better: What the file itself says; None where it says nothing.
        conditions: What must be equal for two runs to be comparable, by name in plain words:
            "task version", "data", "samples", "repeats", "few-shot examples", "judge", ...
        risks: References of risks that the source says it speaks to.
    """

    task: str
    metric: str
    slice: str = ""
    value: float | None = None
    stderr: float | None = None
    n: int | None = None
    passed: int | None = None
    failed: int | None = None
    errored: int = 0
    qualifier: str = ""
    unit: str = ""
    higher_is_better: bool | None = None
    conditions: Mapping[str, str] = field(default_factory=dict[str, str])
    risks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RunReading:
    """One run in a file, as a reader found it.

    Attributes:
        part: Tells the runs of one file apart; empty where it holds one.
        model: As the file writes it; empty where it names none.
        run_id: The tool's own id; empty where it has none.
        ran_at: Aware, UTC; None where the file does not say. A date alone stands for 00:00.
        configuration: As a table of metrics states it; empty elsewhere, the importer says it.
        safeguards: As a table of metrics states it.
        source: Document and section of a published figure; empty elsewhere.
        warnings: Sentences that the person who imports should read.
    """

    part: str
    tool: str
    tool_version: str
    model: str
    run_id: str
    ran_at: datetime | None
    flags: frozenset[EvidenceFlag]
    warnings: tuple[str, ...]
    metrics: tuple[MetricReading, ...]
    configuration: str = ""
    safeguards: Safeguards = Safeguards.NOT_STATED
    source: str = ""


@dataclass(frozen=True, slots=True)
class EvidenceFile:
    """A result file, read whole and understood.

    Attributes:
        sha256: Of the file's bytes, 64 hexadecimal digits: its identity.
        size: Bytes.
    """

    name: str
    sha256: str
    size: int
    format: EvidenceFormat
    runs: tuple[RunReading, ...]
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class MetricDefinitionRecord:
    """What somebody said once about a metric of a tool.

    Attributes:
        proposed_direction, proposed_scale: What somebody asked to make of it; both None where
            nobody did, and nothing before a second person confirms.
        proposed_by: Who asked.
        proposed_because: Why; empty where nobody asked.
    """

    tool: str
    metric: str
    direction: Direction
    scale: Scale
    note: str
    defined_by: str
    origin: Origin
    proposed_direction: Direction | None = None
    proposed_scale: Scale | None = None
    proposed_by: str | None = None
    proposed_because: str = ""


@dataclass(frozen=True, slots=True)
class EquivalenceRecord:
    """Why a run about something else speaks for a release all the same.

    Attributes:
        model_version, configuration, exposure_stage: The release that it may speak for.
    """

    id: int
    run: str
    model_version: str
    configuration: str
    exposure_stage: ExposureStage
    reason: str
    stated_by: str
    stated_at: datetime
    origin: Origin

    @property
    def release(self) -> Release:
        """What the run may speak for."""
        return Release(self.model_version, self.configuration, self.exposure_stage)


@dataclass(frozen=True, slots=True)
class ConfirmationRecord:
    """Somebody other than the importer compared self-reported figures with their source."""

    id: int
    run: str
    note: str
    confirmed_by: str
    confirmed_at: datetime
    origin: Origin


@dataclass(frozen=True, slots=True)
class CorrectionRecord:
    """Evidence taken back; a later correction of the same metric stands beside it."""

    id: int
    evidence: int
    kind: CorrectionKind
    task: str
    metric: str
    reason: str
    corrected_by: str
    corrected_at: datetime


@dataclass(frozen=True, slots=True)
class EvidenceRecord:
    """One metric of a run, as stored; fields as in `MetricReading`."""

    id: int
    run: str
    task: str
    metric: str
    slice: str
    value: float | None
    stderr: float | None
    n: int | None
    passed: int | None
    failed: int | None
    errored: int
    qualifier: str
    unit: str
    higher_is_better: bool | None
    conditions: Mapping[str, str]
    risks: tuple[str, ...] = ()
    corrections: tuple[CorrectionRecord, ...] = ()


@dataclass(frozen=True, slots=True)
class EvidenceRunRecord:
    """An imported run with its provenance; immutable.

    Attributes:
        ref: Such as `gpt-4v-2023-09/E-3`; never changes, is never reused.
        model_version: What the file calls the model; compared with the launch's.
        configuration: What the importer said, or the launch's at that time.
        exposure_stage: The stage that the launch asked for when the run was imported.
        ran_at: Aware, UTC; None where neither file nor importer knew.
        withheld: Why its detail is withheld from most; None where it is not.
    """

    ref: str
    launch: str
    number: int
    file_name: str
    sha256: str
    size: int
    part: str
    format: EvidenceFormat
    tool: str
    tool_version: str
    run_id: str
    ran_at: datetime | None
    model_version: str
    configuration: str
    exposure_stage: ExposureStage
    safeguards: Safeguards
    flags: frozenset[EvidenceFlag]
    warnings: tuple[str, ...]
    source: str
    imported_by: str
    imported_at: datetime
    origin: Origin
    equivalences: tuple[EquivalenceRecord, ...] = ()
    confirmations: tuple[ConfirmationRecord, ...] = ()
    withheld: WithheldClass | None = None

    @property
    def release(self) -> Release:
        """What the run is about."""
        return Release(self.model_version, self.configuration, self.exposure_stage)

    @property
    def short_ref(self) -> str:
        """The reference within its launch, such as `E-3`."""
        return f"E-{self.number}"


@dataclass(frozen=True, slots=True)
class RunInputs:
    """A run with those of its metrics that were asked for."""

    run: EvidenceRunRecord
    evidence: tuple[EvidenceRecord, ...]
