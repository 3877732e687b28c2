"""Which kind of file this is, told by its content alone; a known stranger is called by name."""

from typing import BinaryIO, Final

from tracker.domain.words import EvidenceFormat
from tracker.readers.evidence.archive import Archive
from tracker.readers.evidence.contents import refused
from tracker.readers.evidence.outline import Outline, outline_of
from tracker.readers.evidence.strangers import BINARY_STRANGERS, stranger_in

_HEAD_BYTES: Final = 1 << 20

READABLE: Final = (
    "Inspect logs (.eval or JSON), lm-evaluation-harness results, promptfoo results as JSON, "
    "garak reports, and tables of metrics (CSV or XLSX)"
)


def recognise(source: BinaryIO) -> EvidenceFormat:
    """Tell the format from the first megabyte, or from the names in an archive.

    Raises:
        ImportRejected: Not a file that can be read; says what it is, where that is known, and
            what to hand in instead.
    """
    source.seek(0)
    head = source.read(_HEAD_BYTES)
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(Archive(source))
    for start, sentence in BINARY_STRANGERS.items():
        if head.startswith(start):
            raise refused("whole file", sentence)
    outline = outline_of(head)
    found = _of_outline(outline)
    if found is None:
        stranger = stranger_in(outline)
        raise refused(
            "whole file", stranger or f"is none of the files that can be read: {READABLE}"
        )
    return found


def _of_archive(archive: Archive) -> EvidenceFormat:
    if "header.json" in archive or "_journal/start.json" in archive:
        return EvidenceFormat.INSPECT_EVAL
    if "xl/workbook.xml" in archive:
        return EvidenceFormat.METRIC_TABLE
    raise refused("whole file", "is a zip archive of other files; unpack it and hand in each")


def _of_outline(outline: Outline) -> EvidenceFormat | None:
    return next((kind for kind, fits in _TESTS.items() if fits(outline)), None)


def _is_inspect(outline: Outline) -> bool:
    return "eval" in outline.keys and bool(outline.keys & {"version", "status"})


def _is_garak(outline: Outline) -> bool:
    return "entry_type" in outline.keys


def _is_promptfoo(outline: Outline) -> bool:
    if "results" not in outline.keys:
        return False
    inner = outline.inner.get("results", frozenset())
    return "evalId" in outline.keys or bool(
        inner & {"version", "table", "promptIdx", "gradingResult"}
    )


def _is_lm_eval(outline: Outline) -> bool:
    marks = {"versions", "configs", "n-shot", "config", "git_hash", "lm_eval_version"}
    return "results" in outline.keys and bool(outline.keys & marks)


def _is_metric_table(outline: Outline) -> bool:
    # Its reader says what other columns are missing.
    return "metric" in outline.columns and len(outline.columns) > 1


_TESTS: Final = {
    EvidenceFormat.GARAK: _is_garak,
    EvidenceFormat.INSPECT_JSON: _is_inspect,
    EvidenceFormat.PROMPTFOO: _is_promptfoo,
    EvidenceFormat.LM_EVAL: _is_lm_eval,
    EvidenceFormat.METRIC_TABLE: _is_metric_table,
}
