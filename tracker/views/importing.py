"""What an import of result files would do, before anything is written."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from tracker.domain.evidence import EvidenceFile, MetricReading
from tracker.domain.words import EvidenceStanding
from tracker.services.evidence_files import Refusals
from tracker.services.evidence_plan import ImportStatus
from tracker.services.evidence_preview import ImportPreview, RunPreview
from tracker.services.ledger import Ledger
from tracker.views.evidence import NO_METRIC, flags_words, value_words
from tracker.views.figures import counted, frame

DTYPES: Final = {
    "file": "str",
    "status": "str",
    "tool": "str",
    "model": "str",
    "day": "datetime64[s]",
    "task": "str",
    "metric": "str",
    "slice": "str",
    "value": "str",
    "stderr": "float64",
    "n": "Int64",
    "missing": "Int64",
    "flags": "str",
    "gates": "str",
}
"""Columns of the preview: one line per metric, or one per run that has none."""

WORDS: Final[Mapping[ImportStatus, str]] = {
    ImportStatus.NEW: "new",
    ImportStatus.CHANGED: "changed",
    ImportStatus.ALREADY_HERE: "already here",
}

NAMED_ONE_BY_ONE: Final = 3
"""Files that a warning names; where it is about more of them, it names one and counts."""


@dataclass(frozen=True, slots=True)
class ImportView:
    """A preview of an import.

    Attributes:
        headline: How many runs are new, changed and already here.
        frame: What was found, in the order of the files.
        refused: Sentences on files that cannot be taken in; while there is one, nothing is.
        warnings: Sentences that the person who imports should read, with the file they are about.
        new: How many runs would be taken in.
    """

    headline: str
    frame: pd.DataFrame
    refused: tuple[str, ...]
    warnings: tuple[str, ...]
    new: int


def import_view(preview: ImportPreview, unread: Refusals) -> ImportView:
    """Return the preview of an import.

    Args:
        preview: What would be taken in of the files that could be read.
        unread: The files that could not.
    """
    runs = preview.runs
    return ImportView(
        headline=_headline(runs),
        frame=frame([line for run in runs for line in _lines(run)], DTYPES),
        refused=tuple(_refused({**unread, **preview.refused})),
        warnings=tuple(_grouped(runs)),
        new=sum(run.status is not ImportStatus.ALREADY_HERE for run in runs),
    )


def undated(files: Iterable[EvidenceFile]) -> int:
    """Return how many files hold a run without a date, so that its day has to be said."""
    return sum(any(run.ran_at is None for run in file.runs) for file in files)


def taken_in(outcome: str, ledger: Ledger) -> str:
    """Say which runs came in, and how many of their metrics count.

    Args:
        outcome: Their references, comma-joined, as the import returned them.
        ledger: Of their launch, read after the import.
    """
    refs = short_refs(outcome)
    rows = [row for row in ledger.rows if row.run.short_ref in set(refs)]
    counts = sum(row.standing is EvidenceStanding.COUNTS for row in rows)
    listed = refs[0] if len(refs) == 1 else f"{refs[0]} to {refs[-1]}"
    verb = "counts" if counts <= 1 else "count"
    found = counted(len(rows), "metric")
    return f"{counted(len(refs), 'run')} taken in: {listed}. {counts or 'None'} of {found} {verb}."


def short_refs(outcome: str) -> list[str]:
    """Return the short references of runs whose references are comma-joined."""
    return [ref.strip().rpartition("/")[2] for ref in outcome.split(",")]


def _headline(runs: Sequence[RunPreview]) -> str:
    counts = {
        status: sum(run.status is status for run in runs)
        for status in ImportStatus
        if any(run.status is status for run in runs)
    }
    said = ", ".join(f"{count} {WORDS[status]}" for status, count in counts.items())
    return f"{counted(len(runs), 'run')} found: {said}" if runs else "No run found"


def _refused(refused: Refusals) -> list[str]:
    return [
        f"{name}, {place}: {why}"
        for name, places in refused.items()
        for place, why in places.items()
    ]


def _lines(run: RunPreview) -> list[dict[str, Any]]:
    metrics = run.run.reading.metrics
    if not metrics:
        return [_common(run) | _no_metric()]
    return [_common(run) | _metric(one) for one in metrics]


def _common(run: RunPreview) -> dict[str, Any]:
    planned = run.run
    reading = planned.reading
    model = planned.model_version
    return {
        "file": planned.file.name,
        "status": _status(run),
        "tool": f"{reading.tool} {reading.tool_version}".strip(),
        "model": model if run.same_version else f"{model} (not the launch's version)",
        "day": pd.Timestamp(planned.ran_at.date()) if planned.ran_at else pd.NaT,
        "flags": flags_words(planned.flags),
        "gates": ", ".join(gate.short_ref for gate in run.gates),
    }


_WITHIN_FILES: Final[Mapping[ImportStatus, str]] = {
    ImportStatus.CHANGED: "changed, a further run beside another in these files",
    ImportStatus.ALREADY_HERE: "already here: another run in these files",
}


def _status(run: RunPreview) -> str:
    resembles = run.run.resembles.rpartition("/")[2]
    if run.run.resembles_planned:
        return _WITHIN_FILES[run.run.status]
    beside = {
        ImportStatus.CHANGED: f", a further run beside {resembles}",
        ImportStatus.ALREADY_HERE: f" as {resembles}",
    }
    return WORDS[run.status] + beside.get(run.status, "")


def _metric(one: MetricReading) -> dict[str, Any]:
    return {
        "task": one.task,
        "metric": one.metric,
        "slice": one.slice or "all",
        "value": value_words(one.value, one.qualifier, one.unit),
        "stderr": one.stderr,
        "n": one.n,
        "missing": one.errored or None,
    }


def _no_metric() -> dict[str, Any]:
    return {
        **dict.fromkeys(("task", "slice", "value"), ""),
        "metric": NO_METRIC,
        **dict.fromkeys(("stderr", "n", "missing")),
    }


def _grouped(runs: Sequence[RunPreview]) -> Iterator[str]:
    """Yield each warning with the files that it is about, a common one once."""
    about: dict[str, dict[str, None]] = {}
    for run in runs:
        for warning in _warnings(run):
            about.setdefault(warning, {})[run.run.file.name] = None
    for warning, named in about.items():
        names = list(named)
        if len(names) > NAMED_ONE_BY_ONE:
            yield f"{len(names)} files, such as {names[0]}: {warning}"
        else:
            yield f"{', '.join(names)}: {warning}"


def _warnings(run: RunPreview) -> Iterator[str]:
    yield from run.run.warnings
    if not run.same_version:
        yield (
            f"About “{run.run.model_version}”, not about the launch's model version. It counts "
            "only once somebody else has recorded why."
        )
    if run.contradicted:
        yield (
            "It says otherwise than the register which way is good of "
            f"{', '.join(run.contradicted)}."
        )
