"""What came of an import, for people and for machines."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tracker.cli.as_json import Values
from tracker.cli.output import complain, print_table, say
from tracker.domain.evidence import EvidenceRecord, MetricReading
from tracker.domain.words import EvidenceFlag
from tracker.services.evidence_files import Refusals
from tracker.services.evidence_preview import ImportPreview, RunPreview


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of an import.

    Attributes:
        refused: Every file that cannot be taken in; while there is one, nothing is.
        strangers: Files of a folder that are plainly no results, with what they are.
        taken_in: References of the runs that were written.
        previewed: Only asked what would be taken in.
    """

    preview: ImportPreview
    refused: Refusals
    strangers: Refusals
    taken_in: tuple[str, ...]
    previewed: bool

    def bad_places(self) -> Iterator[tuple[str, str, str]]:
        """Yield each file that is refused with a place in it and what is wrong there."""
        for name, places in self.refused.items():
            for place, why in places.items():
                yield name, place, why

    def passed_over(self) -> Iterator[tuple[str, str]]:
        """Yield each file of a folder that is plainly no result, with what it is.

        Which files can be read is said only where one is refused.
        """
        for name, places in self.strangers.items():
            for why in places.values():
                yield name, why.partition(": ")[0]


def print_import(done: Imported, *, shown: bool) -> None:
    """Print what was found and what came of it; each bad place on standard error.

    Args:
        done: The import.
        shown: Whether standard output is for a person.
    """
    if shown and done.preview.runs:
        _print_found(done.preview)
    if shown:
        for name, why in done.passed_over():
            say(f"passed over: {name} {why}.")
    for name, place, why in done.bad_places():
        complain(f"error: {name}, {place}: {why}.")
    if done.refused:
        complain("error: Nothing was taken in; correct or leave out these files and try again.")
    elif shown:
        say(_outcome(done))


def _print_found(preview: ImportPreview) -> None:
    from tracker.views.importing import import_view  # brings pandas; other commands need not

    view = import_view(preview, {})
    say(f"{view.headline}.")
    known = view.frame.astype(object).where(view.frame.notna(), None)
    print_table(
        {_HEADINGS.get(name, name.capitalize()): _way(name) for name in view.frame.columns},
        ([_cell(value) for value in row] for row in known.itertuples(index=False)),
    )
    for warning in view.warnings:
        say(f"warning: {warning}")
    if preview.undefined:
        listed = "; ".join(f"{metric} of {tool}" for tool, metric in preview.undefined)
        say(f"No gate can read these until somebody has said which way is good: {listed}.")


_HEADINGS: Final = {"stderr": "Std. error", "n": "n", "missing": "Not scored"}


def _way(name: str) -> str:
    return "right" if name in ("value", "stderr", "n", "missing") else "fold"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    return f"{value:.4g}" if isinstance(value, float) else str(value)


def _outcome(done: Imported) -> str:
    launch = done.preview.launch.key
    if done.taken_in:
        runs = "1 run" if len(done.taken_in) == 1 else f"{len(done.taken_in)} runs"
        return f"Took in {runs} of {launch}: {', '.join(done.taken_in)}."
    if done.previewed and done.preview.can_import:
        return "Nothing was written."
    present = ", ".join(dict.fromkeys(run.run.resembles for run in done.preview.runs))
    return f"Nothing is new: {launch} has {present} already."


def import_values(done: Imported) -> Values:
    """Return what came of an import as plain values."""
    return {
        "launch": done.preview.launch.key,
        "taken_in": list(done.taken_in),
        "runs": [_run(run) for run in done.preview.runs],
        "refused": [
            {"file": name, "place": place, "why": why} for name, place, why in done.bad_places()
        ],
        "passed_over": [{"file": name, "why": why} for name, why in done.passed_over()],
        "undefined": [{"tool": tool, "metric": metric} for tool, metric in done.preview.undefined],
    }


def _run(run: RunPreview) -> Values:
    planned, reading = run.run, run.run.reading
    about: Values = {
        "file": planned.file.name,
        "part": reading.part,
        "sha256": planned.file.sha256,
        "format": planned.file.format,
        "status": run.status,
        "resembles": planned.resembles or None,
        "tool": reading.tool,
        "tool_version": reading.tool_version,
        "ran_at": planned.ran_at.isoformat() if planned.ran_at else None,
        "model_version": planned.model_version,
        "same_version": run.same_version,
    }
    return about | {
        "configuration": planned.configuration,
        "safeguards": planned.safeguards,
        "flags": [flag for flag in EvidenceFlag if flag in planned.flags],
        "warnings": list(planned.warnings),
        "contradicted": list(run.contradicted),
        "gates": [gate.ref for gate in run.gates],
        "metrics": [metric_values(metric) for metric in reading.metrics],
    }


def metric_values(metric: MetricReading | EvidenceRecord) -> Values:
    """Return one metric of a run, with its figures as the file has them."""
    return {
        "task": metric.task,
        "metric": metric.metric,
        "slice": metric.slice,
        "value": metric.value,
        "stderr": metric.stderr,
        "n": metric.n,
        "passed": metric.passed,
        "failed": metric.failed,
        "errored": metric.errored,
        "qualifier": metric.qualifier,
        "unit": metric.unit,
    }
