"""Reports of garak (`….report.jsonl`), read line by line, from 0.9 to 0.17.

A report is one run. A metric is the share of a probe's prompts that resisted, by detector: 1 is
safe. The tool's own intervals are not read: they are bootstrapped over outputs that are not
independent, and collapse where all outputs agree.
"""

import re
from collections.abc import Iterator
from typing import Any, BinaryIO, Final

from tracker.domain.errors import ImportRejected
from tracker.domain.evidence import MetricReading, RunReading
from tracker.domain.words import EvidenceFlag
from tracker.readers.evidence.contents import Contents, refused
from tracker.readers.evidence.garak_counts import Attempts, EvalRow, Slot, Tally, bare
from tracker.readers.evidence.garak_setup import conditions_of, judge_of, target_of
from tracker.readers.evidence.json_values import (
    Json,
    count,
    is_mapping,
    is_naive,
    moment,
    number,
    parsed,
    text,
)
from tracker.readers.evidence.limits import MAX_LINE_BYTES, MAX_LINES

TOOL: Final = "garak"

_KNOWN: Final = ((0, 9), (0, 17))
_COMPLETION_SINCE: Final = (0, 10)
_ROWS: Final = frozenset({"start_run setup", "init", "attempt", "eval", "completion"})
_ENTRY_TYPE: Final = re.compile(rb'\s*\{\s*"entry_type"\s*:\s*"([a-z_ ]*)"')


def read(source: BinaryIO) -> Contents:
    """Read a report, not the hit log beside it, which holds failures only.

    Raises:
        ImportRejected: A line that is not JSON, more than one run, or no run at all.
    """
    report = _Report()
    for row in _rows(source, report):
        report.take(row)
    return Contents((report.run(),))


def _rows(source: BinaryIO, report: "_Report") -> Iterator[Json]:
    """Yield the rows that matter; others, some of them very long, are not parsed."""
    for position, line in enumerate(_lines(source), start=1):
        named = _ENTRY_TYPE.match(line)
        if (named and named.group(1).decode() not in _ROWS) or not line.strip():
            continue
        try:
            row = parsed(line, f"line {position:,}")
        except ImportRejected:
            if line.endswith(b"\n"):
                raise
            report.cut_off = True  # only the last line has no end: the tool was stopped in it
            return
        if not is_mapping(row):
            raise refused(f"line {position:,}", "is not a row of a report")
        yield row


def _lines(source: BinaryIO) -> Iterator[bytes]:
    position = 0
    while line := source.readline(MAX_LINE_BYTES + 1):
        position += 1
        if position > MAX_LINES:
            raise refused("whole file", f"has more than {MAX_LINES:,} lines")
        if len(line) > MAX_LINE_BYTES:
            raise refused(f"line {position:,}", f"is longer than {MAX_LINE_BYTES:,} bytes")
        yield line


class _Report:
    """What is kept of a report while its lines go by."""

    def __init__(self) -> None:
        self.cut_off = False
        self._setup: Json = {}
        self._init: Json = {}
        self._completed = False
        self._attempts = Attempts()
        self._evals: dict[Slot, EvalRow] = {}
        self._warnings: list[str] = []
        self._flags: set[EvidenceFlag] = set()

    def take(self, row: Json) -> None:
        """Take in one row, in the order of the file."""
        kind = text(row, "entry_type")
        if kind == "attempt":
            self._attempts.add(row)
        elif kind == "eval":
            slot = Slot(bare(text(row, "probe")), bare(text(row, "detector")))
            self._evals[slot] = _eval_row(row)
        elif kind == "completion":
            self._completed = True
        elif kind == "init":
            self._init = _only(self._init, row)
        elif kind == "start_run setup":
            self._setup = _only(self._setup, row)
            threshold = number(row.get("run.eval_threshold"))
            if threshold is not None:
                self._attempts.threshold = _checked_threshold(threshold)

    def run(self) -> RunReading:
        """The run, once all rows went by.

        Raises:
            ImportRejected: There was no row that a report has.
        """
        if not (self._init or self._setup):
            raise refused("whole file", "is not a report of garak: it has no row “init”")
        unscored = self._attempts.close()
        version = text(self._init, "garak_version") or text(self._setup, "_config.version")
        self._check_end(version, unscored)
        metrics = self._metrics()
        started = self._init.get("start_time") or self._setup.get("transient.starttime_iso")
        target = target_of(self._setup)
        if not target.known:
            self._flag(EvidenceFlag.UNKNOWN_MODEL, f"“{target.text}” names no model.")
        self._check_date(started)
        return RunReading(
            part="",
            tool=TOOL,
            tool_version=version,
            model=target.text,
            run_id=text(self._init, "run") or text(self._setup, "transient.run_id"),
            ran_at=moment(started),
            flags=frozenset(self._flags),
            warnings=tuple(self._warnings),
            metrics=metrics,
        )

    def _flag(self, flag: EvidenceFlag, sentence: str) -> None:
        self._flags.add(flag)
        self._warnings.append(sentence)

    def _check_end(self, version: str, unscored: tuple[str, ...]) -> None:
        release = _release(version)
        if release is None or not _KNOWN[0] <= release <= _KNOWN[1]:
            said = f"version {version}" if version else "a version that it does not state"
            self._warnings.append(f"The report is of {said}; known are 0.9 to 0.17.")
        before_completion = release is not None and release < _COMPLETION_SINCE
        ended = bool(self._evals) if before_completion else self._completed
        if self.cut_off:
            self._flag(EvidenceFlag.NOT_FINISHED, "The last line is cut off.")
        if not ended:
            self._flag(EvidenceFlag.NOT_FINISHED, "The report has no end: the run was stopped.")
        for probe in unscored:
            self._flag(EvidenceFlag.INCOMPLETE, f"{probe}: was started and never scored.")

    def _check_date(self, started: object) -> None:
        if is_naive(started):
            self._warnings.append("The report gives no time zone; its times are taken as UTC.")
        elif moment(started) is None:
            self._warnings.append("The report has no date.")

    def _metrics(self) -> tuple[MetricReading, ...]:
        slots = sorted(self._attempts.tallies.keys() | self._evals.keys())
        return tuple(self._metric(slot) for slot in slots)

    def _metric(self, slot: Slot) -> MetricReading:
        tally, row = self._attempts.tallies.get(slot), self._evals.get(slot)
        self._check_judge(slot)
        if tally is None or (row is not None and not row.agrees(tally)):
            return self._by_output(slot, row)
        return self._by_prompt(slot, tally)

    def _check_judge(self, slot: Slot) -> None:
        if slot.detector.startswith("judge.") and not judge_of(self._setup):
            self._flag(EvidenceFlag.JUDGE_UNKNOWN, f"{slot.detector}: its judge is not named.")

    def _by_prompt(self, slot: Slot, tally: Tally) -> MetricReading:
        n = tally.passed + tally.failed
        if tally.errored:
            planned = len(tally.prompts)
            sentence = f"{tally.errored} of {planned} prompts were not scored whole."
            self._flag(EvidenceFlag.INCOMPLETE, f"{slot.probe}, {slot.detector}: {sentence}")
        return MetricReading(
            task=slot.probe,
            metric=slot.detector,
            value=tally.passed / n if n else None,
            n=n,
            passed=tally.passed,
            failed=tally.failed,
            errored=tally.errored,
            unit="share of prompts that resisted",
            higher_is_better=True,
            conditions=conditions_of(self._setup, slot, len(tally.prompts)),
        )

    def _by_output(self, slot: Slot, row: EvalRow | None) -> MetricReading:
        self._warnings.append(
            f"{slot.probe}, {slot.detector}: the attempts do not add up to the result, which is "
            "taken as the tool wrote it: by output, without n."
        )
        return MetricReading(
            task=slot.probe,
            metric=slot.detector,
            value=row.share if row else None,
            unit="share of outputs that resisted",
            higher_is_better=True,
            conditions=conditions_of(self._setup, slot, None),
        )


def _only(known: Json, row: Json) -> Json:
    if known:
        raise refused("whole file", "holds more than one run; hand in each report")
    return row


def _checked_threshold(threshold: float) -> float:
    """Scores lie between 0 and 1: from beyond, nothing at all would be a hit."""
    if not 0.0 <= threshold <= 1.0:
        raise refused("run.eval_threshold", f"is {threshold:g}, which no score reaches")
    return threshold


def _eval_row(row: Json) -> EvalRow:
    keys = ("passed", "total", "total_evaluated")
    counts: list[Any] = [count(row.get(key)) for key in keys]
    return EvalRow(*counts)


def _release(version: str) -> tuple[int, int] | None:
    found = re.match(r"(\d{1,4})\.(\d{1,4})", version)
    return (int(found.group(1)), int(found.group(2))) if found else None
