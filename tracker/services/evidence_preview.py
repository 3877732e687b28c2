"""What an import would do, before anything is written."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from tracker.domain.evidence import EvidenceFile, MetricDefinitionRecord
from tracker.domain.evidence_drafts import ImportStatement
from tracker.domain.gates import GateRecord
from tracker.domain.records import LaunchRecord
from tracker.domain.words import Direction
from tracker.services.evidence_files import Refusals
from tracker.services.evidence_plan import ImportStatus, PlannedRun, plan_import
from tracker.services.evidence_rows import import_setting
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import utc_now
from tracker.store.queries.gates import gate_records

Definitions = Mapping[tuple[str, str], MetricDefinitionRecord]


@dataclass(frozen=True, slots=True)
class RunPreview:
    """One run of a file, and what it would mean on the launch.

    Attributes:
        same_version: Whether the file names the launch's model version.
        undefined: Metrics of which nobody has said which way they are good.
        contradicted: Metrics of which the file says the other way than the register.
        gates: Those in force whose slot and configuration it lies in, in order of number.
    """

    run: PlannedRun
    same_version: bool
    undefined: tuple[str, ...]
    contradicted: tuple[str, ...]
    gates: tuple[GateRecord, ...]

    @property
    def status(self) -> ImportStatus:
        """Whether an import would take it in."""
        return self.run.status


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """All that an import of these files would do.

    Attributes:
        runs: Every run of the files that can be taken in, in the order given.
        refused: Files that cannot; while there is one, nothing is taken in.
        undefined: Tool and metric of everything that a gate could not read yet.
    """

    launch: LaunchRecord
    runs: tuple[RunPreview, ...]
    refused: Refusals
    undefined: tuple[tuple[str, str], ...]

    @property
    def can_import(self) -> bool:
        """Whether an import of the same files would take something in."""
        new = any(run.status is not ImportStatus.ALREADY_HERE for run in self.runs)
        return new and not self.refused


def preview_import(
    store: Store,
    launch: str,
    files: Sequence[EvidenceFile],
    statement: ImportStatement,
    now: datetime | None = None,
) -> ImportPreview:
    """Return what `import_evidence` would do with these files now; writes nothing.

    Args:
        store: The register.
        launch: The launch that the runs would be about.
        files: Read by `read_files`.
        statement: What the importer says about them.
        now: Aware UTC; the present moment if left out.

    Raises:
        NotFound: The launch does not exist.
        InvalidInput: The statement names an unknown risk or a day to come.
    """
    with store.reading() as session:
        record = queries.get_launch(session, launch)
        setting = import_setting(session, record, now or utc_now())
        gates = gate_records(session, [launch])
        definitions = queries.metric_definitions(session)
    plan = plan_import(files, statement, setting)
    runs = tuple(_run_preview(run, record, gates, definitions) for run in plan.runs)
    pairs = {(one.run.reading.tool, metric) for one in runs for metric in one.undefined}
    return ImportPreview(record, runs, plan.refused, tuple(sorted(pairs)))


def _run_preview(
    run: PlannedRun,
    launch: LaunchRecord,
    gates: Iterable[GateRecord],
    definitions: Definitions,
) -> RunPreview:
    tool, metrics = run.reading.tool, run.reading.metrics
    return RunPreview(
        run=run,
        same_version=run.model_version == launch.model_version,
        undefined=tuple(
            dict.fromkeys(one.metric for one in metrics if (tool, one.metric) not in definitions)
        ),
        contradicted=tuple(
            dict.fromkeys(
                one.metric
                for one in metrics
                if _contradicts(one.higher_is_better, definitions.get((tool, one.metric)))
            )
        ),
        gates=tuple(gate for gate in gates if _lies_in(run, gate)),
    )


def _contradicts(higher: bool | None, definition: MetricDefinitionRecord | None) -> bool:
    if higher is None or definition is None:
        return False
    return higher is not (definition.direction is Direction.HIGHER)


def _lies_in(run: PlannedRun, gate: GateRecord) -> bool:
    if gate.withdrawn or (run.reading.tool, run.configuration) != (gate.tool, gate.configuration):
        return False
    return any((one.task, one.metric) == (gate.task, gate.metric) for one in run.reading.metrics)
