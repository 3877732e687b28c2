"""What an import would take in: every run of the files held against what the launch has."""

from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from tracker.domain.errors import ImportRejected, InvalidInput
from tracker.domain.evidence import EvidenceFile, MetricReading, RunReading
from tracker.domain.evidence_drafts import ImportStatement
from tracker.domain.records import LaunchRecord
from tracker.domain.words import EvidenceFlag, ExposureStage, Safeguards
from tracker.readers.evidence.checking import checked, one_line
from tracker.readers.evidence.contents import Contents
from tracker.services.evidence_files import Refusals, note
from tracker.store.tables import run_ref
from tracker.store.tables.evidence import FILE_NAME_LENGTH, MOST_SAMPLES

UNKNOWN_MODEL: Final = "unknown"
CLOCKS_DIFFER: Final = timedelta(days=1)
"""How far in the future a run may be dated: clocks and time zones of machines differ."""


class ImportStatus(StrEnum):
    """Whether an import would take in a run."""

    NEW = "new"
    ALREADY_HERE = "already here"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class KnownRun:
    """What tells a run that the launch has, or gets in this import, apart from others.

    Attributes:
        ran_at: To the microsecond; None where its file is not that exact.
        configuration, exposure_stage: What it is about.
    """

    ref: str
    sha256: str
    part: str
    tool: str
    run_id: str
    file_name: str
    ran_at: datetime | None
    configuration: str
    exposure_stage: ExposureStage


@dataclass(frozen=True, slots=True)
class ImportSetting:
    """What an import is held against.

    Attributes:
        known: The runs that the launch has, in order of number.
        next_number: Of the next run.
        risks: References of the risks of the launch.
        at: When the import is made, aware UTC.
    """

    launch: LaunchRecord
    known: tuple[KnownRun, ...]
    next_number: int
    risks: frozenset[str]
    at: datetime


@dataclass(frozen=True, slots=True)
class PlannedRun:
    """One run of a file, as an import would take it in.

    Attributes:
        ref: The reference that it gets; empty where it is here already.
        resembles: The run that it repeats or resembles; empty for a new one.
        resembles_planned: Whether that is another run of this import, so not on the launch yet.
        risks: References of the risks that each metric speaks to, in the order of the metrics.
    """

    file: EvidenceFile
    reading: RunReading
    status: ImportStatus
    ref: str
    resembles: str
    ran_at: datetime | None
    model_version: str
    configuration: str
    exposure_stage: ExposureStage
    safeguards: Safeguards
    flags: frozenset[EvidenceFlag]
    warnings: tuple[str, ...]
    risks: tuple[tuple[str, ...], ...]
    resembles_planned: bool = False


@dataclass(frozen=True, slots=True)
class ImportPlan:
    """All runs of the files in the order given, and the files that no import would take in."""

    runs: tuple[PlannedRun, ...]
    refused: Refusals


def name_of(file: EvidenceFile) -> str:
    """Return the name of a file as it is stored."""
    return one_line(file.name, FILE_NAME_LENGTH)


def plan_import(
    files: Sequence[EvidenceFile], statement: ImportStatement, setting: ImportSetting
) -> ImportPlan:
    """Hold every run of the files against what the launch has; nothing is written.

    The same bytes count once, however often they are handed in. Other bytes under the same run id
    or file name are a further run, with a warning. The same run handed in again in other bytes
    stays about what it was first said to be about: a release that came later gets it only by a
    recorded reason.

    Raises:
        InvalidInput: The statement names a risk that is not on the launch, or a day to come.
    """
    _check_statement(statement, setting)
    refused: dict[str, Mapping[str, str]] = {}
    planned: list[PlannedRun] = []
    shelf = _Shelf(setting.known)
    for file in files:
        wrong = _problems(file, setting)
        if wrong:
            note(refused, name_of(file), wrong)
            continue
        name = name_of(file)
        for run in file.runs:
            ref = run_ref(setting.launch.key, setting.next_number + shelf.added)
            as_known = KnownRun(
                ref=ref,
                sha256=file.sha256,
                part=run.part,
                tool=run.tool,
                run_id=run.run_id,
                file_name=name,
                ran_at=exact(run.ran_at),
                configuration=_configuration(run, statement, setting),
                exposure_stage=setting.launch.exposure_asked,
            )
            twin = shelf.twin(as_known)
            one = _planned(file, run, statement, setting, twin, ref)
            planned.append(one)
            if twin.status is not ImportStatus.ALREADY_HERE:
                shelf.add(replace(as_known, configuration=one.configuration,
                                  exposure_stage=one.exposure_stage))  # fmt: skip
    return ImportPlan(tuple(planned), refused)


def exact(moment: datetime | None) -> datetime | None:
    """Return a moment that tells a run apart: two may share a second, but no microsecond."""
    return moment if moment is not None and moment.microsecond else None


class _Twin(NamedTuple):
    """What a run repeats: by its bytes or name, and whether it is the very same run."""

    status: ImportStatus
    ref: str
    same_run: KnownRun | None = None
    planned: Set[str] = frozenset()

    def named(self, ref: str) -> str:
        """Name a run to a reader: one of this import is not on the launch yet."""
        if ref not in self.planned:
            return ref
        return f"another run in these files ({ref} once taken in)"


class _Shelf:
    """The runs that are known so far, found again by what tells them apart."""

    def __init__(self, known: Iterable[KnownRun]) -> None:
        self.added = 0
        self._planned: set[str] = set()
        self._by_bytes: dict[tuple[str, str], str] = {}
        self._by_name: dict[Hashable, tuple[int, str]] = {}
        self._first: dict[Hashable, KnownRun] = {}
        for one in known:
            self.add(one)
        self.added = 0
        self._planned.clear()

    def add(self, one: KnownRun) -> None:
        """Put a run on the shelf; the newest of a name stands in front."""
        self.added += 1
        self._planned.add(one.ref)
        newest = len(self._by_bytes), one.ref
        self._by_bytes[one.sha256, one.part] = one.ref
        for name in _names(one):
            self._by_name[name] = newest
        for mark in _marks(one):
            self._first.setdefault(mark, one)

    def twin(self, run: KnownRun) -> _Twin:
        """Find the run that is the same, or else the newest that calls itself the same."""
        same = self._by_bytes.get((run.sha256, run.part))
        if same is not None:
            return _Twin(ImportStatus.ALREADY_HERE, same, planned=self._planned)
        found = [self._by_name[name] for name in _names(run) if name in self._by_name]
        first = next((self._first[mark] for mark in _marks(run) if mark in self._first), None)
        if found:
            return _Twin(ImportStatus.CHANGED, max(found)[1], first, self._planned)
        if first is not None:
            return _Twin(ImportStatus.CHANGED, first.ref, first, self._planned)
        return _Twin(ImportStatus.NEW, "")


def _names(run: KnownRun) -> Iterator[Hashable]:
    """What a run calls itself: by the name of its file, and by the tool's own id if it has one."""
    yield run.part, run.file_name
    if run.run_id:
        yield run.part, run.tool, run.run_id


def _marks(run: KnownRun) -> Iterator[Hashable]:
    """What makes a run the very same: the tool's own id of it, or else the moment that it ran."""
    if run.run_id:
        yield run.part, run.tool, run.run_id
    elif run.ran_at is not None:
        yield run.part, run.tool, run.ran_at


def _configuration(run: RunReading, statement: ImportStatement, setting: ImportSetting) -> str:
    return run.configuration or statement.configuration or setting.launch.configuration


def _planned(
    file: EvidenceFile,
    run: RunReading,
    statement: ImportStatement,
    setting: ImportSetting,
    twin: _Twin,
    ref: str,
) -> PlannedRun:
    same = twin.same_run
    return PlannedRun(
        file=file,
        reading=run,
        status=twin.status,
        ref="" if twin.status is ImportStatus.ALREADY_HERE else ref,
        resembles=twin.ref,
        resembles_planned=twin.ref in twin.planned,
        ran_at=run.ran_at or _stated_moment(statement),
        model_version=run.model or UNKNOWN_MODEL,
        configuration=same.configuration if same else _configuration(run, statement, setting),
        exposure_stage=same.exposure_stage if same else setting.launch.exposure_asked,
        safeguards=_safeguards(run, statement),
        flags=run.flags if run.model else run.flags | {EvidenceFlag.UNKNOWN_MODEL},
        warnings=(*file.warnings, *run.warnings, *_warnings(run, statement, twin)),
        risks=tuple(_risks(metric, statement, setting.launch.key) for metric in run.metrics),
    )


def _safeguards(run: RunReading, statement: ImportStatement) -> Safeguards:
    if run.safeguards is not Safeguards.NOT_STATED:
        return run.safeguards
    return statement.safeguards or Safeguards.NOT_STATED


def _stated_moment(statement: ImportStatement) -> datetime | None:
    """Return the day that the importer gives, which stands for its first moment."""
    return datetime.combine(statement.ran_on, time(), tzinfo=UTC) if statement.ran_on else None


def _warnings(run: RunReading, statement: ImportStatement, twin: _Twin) -> Iterator[str]:
    if twin.status is ImportStatus.CHANGED:
        yield (
            f"Calls itself the same as {twin.named(twin.ref)}, with other contents; "
            "taken as a further run."
        )
    if twin.same_run is not None:
        first = twin.same_run
        yield (
            f"It is the run of {twin.named(first.ref)}, and stays about "
            f"“{first.configuration}” at the stage “{first.exposure_stage}”, "
            "as that one was taken in."
        )
    if run.ran_at is None:
        yield (
            "The day of the run is what the importer says; the file has none."
            if statement.ran_on
            else "Say on which day the run was made: undated, it counts as older than any other."
        )


def _risks(metric: MetricReading, statement: ImportStatement, launch: str) -> tuple[str, ...]:
    named = (_full(risk, launch) for risk in metric.risks)
    return tuple(dict.fromkeys((*named, *statement.risks)))


def _full(risk: str, launch: str) -> str:
    return risk if "/" in risk else f"{launch}/{risk}"


def _check_statement(statement: ImportStatement, setting: ImportSetting) -> None:
    problems: dict[str, str] = {}
    unknown = sorted(set(statement.risks) - setting.risks)
    if unknown:
        problems["risks"] = f"{', '.join(unknown)} is not on {setting.launch.name}"
    if statement.ran_on is not None and statement.ran_on > setting.at.date():
        problems["ran_on"] = f"{statement.ran_on.isoformat()} has not come yet"
    if problems:
        raise InvalidInput(problems)


def _problems(file: EvidenceFile, setting: ImportSetting) -> dict[str, str]:
    """Return what keeps a file from being taken in, by place; a hand-made one is checked too."""
    try:
        checked(Contents(file.runs, file.warnings))
    except ImportRejected as error:
        return error.rows
    return dict(problem for run in file.runs for problem in _run_problems(run, setting))


def _run_problems(run: RunReading, setting: ImportSetting) -> Iterator[tuple[str, str]]:
    where = f"run “{run.part}”" if run.part else "its run"
    if run.ran_at is not None and run.ran_at > setting.at + CLOCKS_DIFFER:
        yield where, f"is dated {run.ran_at.date().isoformat()}, which has not come yet"
    for metric in run.metrics:
        place = f"{where}, {metric.task}, {metric.metric}"
        unknown = {_full(risk, setting.launch.key) for risk in metric.risks} - setting.risks
        if unknown:
            yield f"{place}, risks", f"{', '.join(sorted(unknown))} is not on {setting.launch.name}"
        if max(metric.n or 0, metric.errored) > MOST_SAMPLES:
            yield place, f"counts more than {MOST_SAMPLES:,} samples"
