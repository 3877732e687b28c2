"""From a read Inspect log to one run: its flags, its date, its warnings."""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Final

from tracker.domain.evidence import RunReading
from tracker.domain.words import EvidenceFlag
from tracker.readers.evidence.contents import Contents, refused
from tracker.readers.evidence.inspect_conditions import conditions_of, judges_of
from tracker.readers.evidence.inspect_header import Header
from tracker.readers.evidence.inspect_metrics import metrics_of, planned_samples
from tracker.readers.evidence.inspect_samples import SampleCounts

TOOL: Final = "Inspect"
_NO_MODEL: Final = frozenset({"", "none", "none/none"})


def contents_of(header: Header, counts: SampleCounts, warnings: tuple[str, ...] = ()) -> Contents:
    """The one run of a log.

    Args:
        header: The log without its samples.
        counts: Of its samples; empty where it holds none.
        warnings: What its reader has to say besides.
    """
    spec = header.eval
    measured = metrics_of(header, counts, conditions_of(header, counts))
    ran_at, undated = _date(spec.created or header.stats.started_at)
    run = RunReading(
        part="",
        tool=TOOL,
        tool_version=(spec.packages or {}).get("inspect_ai", ""),
        model=spec.model,
        run_id=spec.eval_id or "/".join(filter(None, (spec.run_id, spec.task_id))),
        ran_at=ran_at,
        flags=frozenset(flag for flag, _ in _weaknesses(header, counts)),
        warnings=(
            *warnings,
            *(sentence for _, sentence in _weaknesses(header, counts)),
            *undated,
            *measured.warnings,
        ),
        metrics=measured.metrics,
    )
    return Contents((run,))


def _weaknesses(header: Header, counts: SampleCounts) -> Iterator[tuple[EvidenceFlag, str]]:
    if header.status != "success":
        yield EvidenceFlag.NOT_FINISHED, f"The run did not finish; its status is {header.status!r}."
    yield from _of_scope(header)
    yield from _of_results(header)
    yield from _of_edits(header, counts)
    if header.eval.revision and header.eval.revision.dirty:
        yield EvidenceFlag.UNCOMMITTED_CODE, "The task was run from code that was not committed."
    yield from _of_models(header)


def _of_scope(header: Header) -> Iterator[tuple[EvidenceFlag, str]]:
    config, size = header.eval.config, header.eval.dataset.samples
    planned = planned_samples(header)
    asked = config.limit is not None or config.sample_id is not None
    short = size is not None and planned is not None and planned < size
    whole = size is not None and planned is not None and planned >= size
    if short or (asked and not whole):
        of = f"{planned} of {size}" if short else "a choice of"
        yield EvidenceFlag.LIMITED, f"The run was limited to {of} samples."


def _of_results(header: Header) -> Iterator[tuple[EvidenceFlag, str]]:
    results = header.results
    if results is None:
        return
    total, completed = results.total_samples, results.completed_samples
    if completed < total:
        yield EvidenceFlag.INCOMPLETE, f"Only {completed} of {total} samples were completed."
    planned = planned_samples(header) or 0
    for score in results.all_scores:
        scored = score.scored_samples
        unscored = max(score.unscored_samples or 0, planned - scored if scored is not None else 0)
        if unscored > 0:
            yield EvidenceFlag.INCOMPLETE, f"{score.name}: {unscored} samples have no score."


def _of_edits(header: Header, counts: SampleCounts) -> Iterator[tuple[EvidenceFlag, str]]:
    if header.invalidated:
        yield EvidenceFlag.EDITED, "Somebody declared samples of the log invalid after the run."
    if header.log_updates:
        yield EvidenceFlag.EDITED, "Tags or metadata of the log were changed after the run."
    if header.config_updates:
        yield EvidenceFlag.EDITED, "The settings were changed while the run was under way."
    if counts.edited:
        yield EvidenceFlag.EDITED, "Scores of the log were changed after the run."


def _of_models(header: Header) -> Iterator[tuple[EvidenceFlag, str]]:
    model = header.eval.model
    if model.strip().lower() in _NO_MODEL:
        yield EvidenceFlag.UNKNOWN_MODEL, "The log names no model."
    scorers = (
        {score.scorer for score in header.results.all_scores} if header.results else set[str]()
    )
    for scorer in sorted(scorers):
        if model in judges_of(header, scorer):
            yield EvidenceFlag.JUDGED_BY_ITSELF, f"{scorer}: the model under test judged itself."


def _date(text: str) -> tuple[datetime | None, tuple[str, ...]]:
    """The moment in UTC; without a time zone it is taken as UTC, and the warning says so."""
    if not text:
        return None, ("The log has no date.",)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise refused("eval.created", f"is not a date and time: {text[:40]!r}") from None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC), ("The date has no time zone and is taken as UTC.",)
    try:
        return moment.astimezone(UTC), ()
    except OverflowError:
        raise refused("eval.created", f"is not a date and time: {text[:40]!r}") from None
