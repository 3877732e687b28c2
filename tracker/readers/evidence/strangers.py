"""Files that people are likely to hand in and that no reader takes, each with a way out."""

from collections.abc import Mapping
from typing import Final, NamedTuple

from tracker.readers.evidence.outline import Outline

_TABLE: Final = "put its figures, each with its n, in a table of metrics (CSV or XLSX)"

MAYBE_RESULTS: Final[Mapping[bytes, str]] = {
    b"PK\x05\x06": "is an empty zip archive",
    b"\x1f\x8b": "is packed with gzip; unpack it and hand in what it holds",
    b"\x28\xb5\x2f\xfd": "is packed with Zstandard; unpack it and hand in what it holds",
    b"BZh": "is packed with bzip2; unpack it and hand in what it holds",
    b"\xfd7zXZ": "is packed with xz; unpack it and hand in what it holds",
    b"7z\xbc\xaf": "is a 7-Zip archive; unpack it and hand in what it holds",
    b"\xd0\xcf\x11\xe0": "is a document of old Microsoft Office; save it as .xlsx or CSV",
}
"""Starts of binary files that may hold results, which must not be lost by passing them over."""

BINARY_STRANGERS: Final[Mapping[bytes, str]] = {
    b"%PDF": f"is a PDF document; {_TABLE}",
    b"SQLite format 3\x00": (
        "is an SQLite database, such as the memory of PyRIT or promptfoo; export its results"
    ),
    b"PAR1": f"is a Parquet file; {_TABLE}",
    b"\x89PNG": f"is a picture; {_TABLE}",
    b"\xff\xd8\xff": f"is a picture; {_TABLE}",
}
"""Starts of binary files that are no results."""


class _Stranger(NamedTuple):
    """A kind of file told by keys: all of `needs` in its first object; in a list if `in_list`."""

    needs: frozenset[str]
    sentence: str
    in_list: bool = False


def _stranger(needs: str, sentence: str, *, in_list: bool = False) -> _Stranger:
    return _Stranger(frozenset(needs.split()), sentence, in_list)


_JSON_STRANGERS: Final = (
    _stranger(
        "goal attempt_id",
        "is a hit log of garak, which holds failures only and nothing to divide them by; "
        "hand in the report beside it (….report.jsonl)",
    ),
    _stranger("spec", f"is a log of OpenAI evals; {_TABLE}"),
    _stranger("run_id event_id", f"is a log of OpenAI evals; {_TABLE}"),
    _stranger(
        "doc_id",
        "holds samples of lm-evaluation-harness; hand in the results beside it (results_….json)",
    ),
    _stranger(
        "doc_id", "holds samples of lm-evaluation-harness; hand in results_….json", in_list=True
    ),
    _stranger(
        "promptIdx testIdx",
        "holds result rows of promptfoo without date, version and settings; export the same "
        "evaluation as JSON (promptfoo eval -o results.json)",
    ),
    _stranger("scenario_spec adapter_spec", f"is the specification of a HELM run; {_TABLE}"),
    _stranger("name count sum", f"holds statistics of a HELM run; {_TABLE}", in_list=True),
    _stranger("schema_version source_metadata", f"is a record of Every Eval Ever; {_TABLE}"),
    _stranger("testCases", f"is a test run of DeepEval; {_TABLE}"),
    _stranger("attack_result_id", f"holds attack results of PyRIT; {_TABLE}", in_list=True),
    _stranger("benchmark scores", f"is a result of modelbench (AILuminate); {_TABLE}"),
    _stranger("runs $schema", "is a SARIF report of findings, which are not measurements"),
    _stranger("runs version", "is a SARIF report of findings, which are not measurements"),
    _stranger("assessment-results", "is an OSCAL assessment, which holds no measurements"),
    _stranger("plan-of-action-and-milestones", "is an OSCAL plan, which holds no measurements"),
    _stranger("bomFormat", f"is a CycloneDX bill of materials; {_TABLE}"),
    _stranger("@context conformsTo", "is a Croissant description of a data set, not a result"),
    _stranger("@context @graph", f"is an SPDX document; {_TABLE}"),
    _stranger("annotations data", f"is an export of Label Studio; {_TABLE}", in_list=True),
)


def stranger_in(outline: Outline) -> str:
    """The sentence about a known kind of file, to follow "the file"; empty for an unknown one."""
    return _json_stranger(outline) or _text_stranger(outline)


def _json_stranger(outline: Outline) -> str:
    fitting = (
        stranger.sentence
        for stranger in _JSON_STRANGERS
        if stranger.needs <= outline.keys and stranger.in_list == outline.is_list
    )
    return next(fitting, "")


def _text_stranger(outline: Outline) -> str:
    start = outline.text.lstrip()[:4000]
    if "<testsuite" in start:
        return f"is a JUnit report; {_TABLE}"
    if start.startswith("---") and "model-index:" in outline.text:
        return f"is a model card of Hugging Face, whose figures have no n; {_TABLE}"
    if start.startswith("- dataset:"):
        return f"holds evaluation results for a Hugging Face card, without n; {_TABLE}"
    if {"status", "named scores"} <= outline.columns:
        return "is a table of promptfoo; export the same evaluation as JSON"
    return ""
