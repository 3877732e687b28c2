"""Which kind of file this is, told by its content alone; a known stranger is called by name."""

from typing import BinaryIO, Final

from tracker.domain.errors import ImportRejected, NotAResult
from tracker.domain.words import EvidenceFormat
from tracker.readers.evidence.archive import Archive
from tracker.readers.evidence.contents import no_result, refused
from tracker.readers.evidence.metric_table_rows import COLUMNS
from tracker.readers.evidence.outline import Outline, outline_of
from tracker.readers.evidence.strangers import BINARY_STRANGERS, MAYBE_RESULTS, stranger_in

_HEAD_BYTES: Final = 1 << 20

READABLE: Final = (
    "Inspect logs (.eval or JSON), lm-evaluation-harness results, promptfoo results as JSON, "
    "garak reports, and tables of metrics (CSV or XLSX)"
)

_INSPECT_LOG: Final = ".eval"
_NAMES_OF_RESULTS: Final = (_INSPECT_LOG, ".json", ".jsonl", ".csv", ".tsv", ".xlsx")


def recognise(source: BinaryIO, name: str = "") -> EvidenceFormat:
    """Tell the format from the first megabyte, or from the names in an archive.

    Args:
        source: Its bytes, seekable.
        name: What it is called, which tells no format: only what is called as results are is
            none that may be passed over.

    Raises:
        NotAResult: A file that is plainly no result, such as a log or a companion of a result.
        ImportRejected: Another file that cannot be read. Both say what it is, where that is
            known, and what to hand in instead.
    """
    try:
        return _recognised(source, name)
    except NotAResult as error:
        if name.lower().endswith(_INSPECT_LOG):
            raise ImportRejected("file", error.rows) from None
        raise


def _recognised(source: BinaryIO, name: str) -> EvidenceFormat:
    source.seek(0)
    head = source.read(_HEAD_BYTES)
    if head.startswith(b"PK\x03\x04"):
        return _of_archive(Archive(source))
    _refuse_binary(head)
    outline = outline_of(head)
    found = _of_outline(outline)
    if found is None:
        raise _unreadable(outline, name)
    return found


def _refuse_binary(head: bytes) -> None:
    for start, sentence in MAYBE_RESULTS.items():
        if head.startswith(start):
            raise refused("whole file", sentence)
    for start, sentence in BINARY_STRANGERS.items():
        if head.startswith(start):
            raise no_result(sentence)


def _unreadable(outline: Outline, name: str) -> ImportRejected:
    stranger = stranger_in(outline)
    if stranger:
        return no_result(stranger)
    sentence = f"is none of the files that can be read: {READABLE}"
    if _may_be_meant(outline, name):
        return refused("whole file", sentence)
    return no_result(sentence)


def _may_be_meant(outline: Outline, name: str) -> bool:
    """Whether an unknown text may be meant as a result: by its name, as JSON, or as a table."""
    return (
        name.lower().endswith(_NAMES_OF_RESULTS)
        or bool(outline.keys)
        or outline.text.lstrip().startswith("{")
        or len(outline.columns & set(COLUMNS)) > 1
    )


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
