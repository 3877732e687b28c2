from io import BytesIO

import pytest

from tests.readers.evidence.archives import packed
from tests.readers.evidence.real_files import FOLDER
from tracker.domain.errors import ImportRejected, NotAResult
from tracker.domain.words import EvidenceFormat
from tracker.readers.evidence.recognising import recognise

BY_FOLDER = {
    "inspect": {".eval": EvidenceFormat.INSPECT_EVAL, ".json": EvidenceFormat.INSPECT_JSON},
    "lm_eval": {".json": EvidenceFormat.LM_EVAL},
    "promptfoo": {".json": EvidenceFormat.PROMPTFOO},
    "garak": {".report.jsonl": EvidenceFormat.GARAK},
}
READABLE = [
    pytest.param(path.relative_to(FOLDER).as_posix(), kind, id=path.name)
    for tool, kinds in BY_FOLDER.items()
    for suffix, kind in kinds.items()
    for path in sorted((FOLDER / tool).glob(f"*{suffix}"))
]

STRANGERS = {
    "garak hit log": (b'{"goal": "x", "prompt": "y", "attempt_id": "1"}\n', "report beside it"),
    "OpenAI evals": (b'{"spec": {"completion_fns": ["a"]}}\n', "table of metrics"),
    "OpenAI evals without its head": (b'{"run_id": "1", "event_id": 0}\n', "OpenAI evals"),
    "lm-eval samples": (b'{"doc_id": 0, "doc": {}, "target": "a"}\n', "hand in the results"),
    "lm-eval samples as a list": (b'[{"doc_id": 0}]', "results_….json"),
    "promptfoo rows": (b'{"promptIdx": 0, "testIdx": 0, "success": true}\n', "results.json"),
    "promptfoo table": (b"question,[echo] x,Status,Score,Named Scores\n", "as JSON"),
    "HELM": (b'{"name": "x", "scenario_spec": {}, "adapter_spec": {}}', "HELM"),
    "HELM statistics": (b'[{"name": {"name": "em"}, "count": 1, "sum": 1}]', "HELM"),
    "Every Eval Ever": (b'{"schema_version": "0.3", "source_metadata": {}}', "Every Eval Ever"),
    "DeepEval": (b'{"testCases": []}', "DeepEval"),
    "PyRIT": (b'[{"attack_result_id": "1", "outcome": "success"}]', "PyRIT"),
    "SARIF": (b'{"$schema": "s", "version": "2.1.0", "runs": []}', "SARIF"),
    "OSCAL": (b'{"assessment-results": {}}', "OSCAL"),
    "CycloneDX": (b'{"bomFormat": "CycloneDX"}', "CycloneDX"),
    "Label Studio": (b'[{"id": 1, "data": {}, "annotations": []}]', "Label Studio"),
    "JUnit": (b'<?xml version="1.0"?>\n<testsuites tests="1"/>', "JUnit"),
    "model card": (b"---\nmodel-index:\n- name: x\n---\n", "model card"),
    "card results": (b"- dataset:\n    id: a/b\n", "Hugging Face"),
    "PDF": (b"%PDF-1.7\n", "PDF"),
    "SQLite": (b"SQLite format 3\x00", "SQLite"),
    "gzip": (b"\x1f\x8b\x08\x00", "unpack"),
    "old Office": (b"\xd0\xcf\x11\xe0\xa1\xb1", ".xlsx or CSV"),
    "empty archive": (b"PK\x05\x06" + bytes(18), "empty zip"),
    "other archive": (packed({"notes.txt": b"x"}), "unpack it"),
    "picture": (b"\x89PNG\r\n\x1a\n", "picture"),
}
MAYBE_RESULTS = ("gzip", "old Office", "empty archive", "other archive")
TEXTS = {
    "README.md": b"# Results\n\nModel, task and value: see below.\n",
    "run.log": b"[2026-11-24 10:00:00,123] INFO start\n",
    "report.html": b"<!DOCTYPE html>\n<html></html>\n",
    "setting.yaml": b"task: quiz\nmetric: refused\n",
    "stdout": b"1,2,3\n",
}
BROKEN = {
    "cut.json": b'{"resu',
    "cut": b'{"resu',
    "newer.jsonl": b'{"entry": "start_run"}\n',
    "newer": b'[{"entry": "start_run"}]',
    "list.json": b"[1, 2]",
    "other.csv": b"name,score\na,1\n",
    "other.TSV": b"name\tscore\n",
    "figures.txt": b"task;metrics;value\n",
    "prose.eval": b"nothing",
    "picture.eval": b"\x89PNG",
    "hits.eval": b'{"goal": "x", "attempt_id": "1"}\n',
    "book.xlsx": b"nothing",
    "latin.log": b"caf\xe9\n",
}


def refusal(content: bytes) -> str:
    with pytest.raises(ImportRejected) as caught:
        recognise(BytesIO(content))
    (problem,) = caught.value.rows.values()
    return problem


@pytest.mark.parametrize(("name", "kind"), READABLE)
def test_a_real_file_is_recognised(name: str, kind: EvidenceFormat) -> None:
    with (FOLDER / name).open("rb") as source:
        assert recognise(source) is kind


def test_there_are_real_files_of_each_tool() -> None:
    assert {kind.values[1] for kind in READABLE} == set(EvidenceFormat) - {
        EvidenceFormat.METRIC_TABLE
    }


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_known_stranger_is_called_by_name_with_a_way_out(stranger: str) -> None:
    content, words = STRANGERS[stranger]
    assert words in refusal(content)


@pytest.mark.parametrize("stranger", STRANGERS)
def test_a_stranger_is_no_result_unless_one_may_be_packed_in_it(stranger: str) -> None:
    with pytest.raises(ImportRejected) as caught:
        recognise(BytesIO(STRANGERS[stranger][0]), "file.jsonl")
    assert isinstance(caught.value, NotAResult) is (stranger not in MAYBE_RESULTS)


@pytest.mark.parametrize("name", TEXTS)
def test_mere_text_is_no_result(name: str) -> None:
    with pytest.raises(NotAResult):
        recognise(BytesIO(TEXTS[name]), name)


@pytest.mark.parametrize("name", BROKEN)
def test_what_may_be_meant_as_a_result_is_never_called_none(name: str) -> None:
    with pytest.raises(ImportRejected) as caught:
        recognise(BytesIO(BROKEN[name]), name)
    assert not isinstance(caught.value, NotAResult)


@pytest.mark.parametrize("path", sorted((FOLDER / "other").glob("*")), ids=lambda path: path.name)
def test_real_files_of_other_tools_are_known_strangers(path: object) -> None:
    assert "none of the files" not in refusal(path.read_bytes())  # pyright: ignore


@pytest.mark.parametrize("content", [b"hello", b"{}", b"[]", b"null", b"{", b"a,b\n1,2\n"])
def test_anything_else_is_refused_with_what_can_be_read(content: bytes) -> None:
    assert "Inspect logs (.eval or JSON)" in refusal(content)


def test_tables_are_told_by_their_columns() -> None:
    for table in (
        b"metric,value\n",
        b"\xef\xbb\xbfTask;Metric;Value\n",
        b'"value"\t"metric"\n',
        b"metric,passed\n",
    ):
        assert recognise(BytesIO(table)) is EvidenceFormat.METRIC_TABLE


def test_a_workbook_is_a_table() -> None:
    workbook = packed({"[Content_Types].xml": b"", "xl/workbook.xml": b""})
    assert recognise(BytesIO(workbook)) is EvidenceFormat.METRIC_TABLE


def test_the_two_tools_whose_files_start_with_results_are_told_apart() -> None:
    promptfoo = b'{"results": {"version": 3, "prompts": []}, "config": {}}'
    lm_eval = b'{"results": {"quiz": {"acc": 0.5}}, "versions": {"quiz": 1}}'
    assert recognise(BytesIO(promptfoo)) is EvidenceFormat.PROMPTFOO
    assert recognise(BytesIO(lm_eval)) is EvidenceFormat.LM_EVAL


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_text_that_is_not_utf_8_is_refused_as_such(encoding: str) -> None:
    assert "UTF-8" in refusal("metric,value\né,1\n".encode(encoding))


def test_latin_1_is_refused_at_its_byte() -> None:
    with pytest.raises(ImportRejected) as caught:
        recognise(BytesIO("metric,value\né,1\n".encode("latin-1")))
    assert caught.value.rows == {
        "byte 14": "is not UTF-8 (it may be Latin-1); save the file as UTF-8"
    }


def test_the_position_of_the_source_plays_no_part() -> None:
    source = BytesIO(b"metric,value\n")
    source.seek(5)
    assert recognise(source) is EvidenceFormat.METRIC_TABLE


def test_a_file_nested_without_end_is_refused_at_once() -> None:
    assert "nested more than" in refusal(b"[" * 1_000_000)
    assert "nested more than" in refusal(b'{"a":' * 300_000)
