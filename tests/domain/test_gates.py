"""Rules that hold between the fields of a gate, and what its records say of themselves."""

from typing import Any

import pytest

from tracker.domain.errors import InvalidInput
from tracker.domain.evidence_drafts import CorrectionDraft
from tracker.domain.gate_drafts import AttestationDraft, GateDraft
from tracker.domain.validation import build
from tracker.domain.words import UNTRUSTED_FLAGS, EvidenceFlag, GateState, Scale

MEASURED = {
    "title": "Refuses to name people",
    "area": "privacy",
    "kind": "measured",
    "tool": "Inspect",
    "task": "refusals",
    "metric": "refused/accuracy",
    "configuration": "as shipped",
    "threshold": 0.98,
    "must_pass": True,
}
ATTESTED = {
    "title": "Reviewed by counsel",
    "area": "privacy",
    "kind": "attested",
    "statement": "Counsel has read the data sheet",
    "must_pass": True,
}


def refused(kind: Any, values: dict[str, Any]) -> str:
    with pytest.raises(InvalidInput) as error:
        build(kind, values)
    return str(error.value)


def test_a_gate_is_measured_at_95_percent_over_all_unless_said_otherwise():
    gate = build(GateDraft, MEASURED)
    assert (gate.confidence, gate.coverage, gate.min_n) == (0.95, "overall", None)


@pytest.mark.parametrize("field", ["tool", "task", "metric", "configuration", "threshold"])
def test_a_measured_gate_names_what_it_reads(field):
    without = {name: value for name, value in MEASURED.items() if name != field}
    said = refused(GateDraft, without)
    assert "names tool, task, metric" in said
    assert f"missing: {field}" in said


def test_a_measured_gate_that_lacks_several_says_each_and_no_other():
    said = refused(GateDraft, MEASURED | {"threshold": None, "tool": None})
    assert "and threshold; missing: tool, threshold" in said


def test_whether_a_gate_must_pass_has_no_default():
    without = {name: value for name, value in MEASURED.items() if name != "must_pass"}
    assert "must_pass: is missing" in refused(GateDraft, without)


@pytest.mark.parametrize("extra", [{"threshold": 1.0}, {"metric": "accuracy"}, {"min_n": 5}])
def test_an_attested_gate_has_no_figures(extra):
    assert "no metric, threshold, n or baseline" in refused(GateDraft, ATTESTED | extra)


def test_an_attested_gate_says_what_to_attest():
    assert "says what has to be attested" in refused(GateDraft, ATTESTED | {"statement": ""})


@pytest.mark.parametrize("extra", [{"baseline": "old/E-1"}, {"margin": 0.02}])
def test_a_baseline_and_its_margin_come_together(extra):
    assert "given together" in refused(GateDraft, MEASURED | extra)


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("threshold", float("nan")),
        ("threshold", float("inf")),
        ("confidence", 1.0),
        ("confidence", 0.4),
        ("min_n", 0),
        ("max_age_days", 0),
        ("baseline", "R-3"),
    ],
)
def test_a_gate_refuses_numbers_that_mean_nothing(field, value):
    extra = {"margin": 0.02} if field == "baseline" else {}
    assert field in refused(GateDraft, MEASURED | {field: value} | extra)


@pytest.mark.parametrize("digest", ["", "abc", "g" * 64, "A" * 64])
def test_an_attestation_names_its_document_by_hash(digest):
    values = {
        "met": True,
        "statement": "Read and found complete",
        "document": "Data sheet",
        "document_sha256": digest,
        "expires": "2026-12-31",
    }
    assert "document_sha256" in refused(AttestationDraft, values)


def test_a_re_mapping_names_where_the_evidence_belongs():
    values = {"kind": "re-mapped", "reason": "other task", "task": "refusals"}
    assert "names the task and metric" in refused(CorrectionDraft, values)
    withdrawal = {"kind": "withdrawn", "reason": "wrong prompts", "task": "a", "metric": "b"}
    assert "names the task and metric" in refused(CorrectionDraft, withdrawal)


def test_no_state_is_better_than_passed_and_none_worse_than_failed():
    assert min(GateState, key=lambda state: state.badness) is GateState.PASSED
    assert max(GateState, key=lambda state: state.badness) is GateState.FAILED
    assert sorted(state.badness for state in GateState) == list(range(len(GateState)))


def test_a_run_that_was_not_finished_is_missing_and_not_merely_untrusted():
    assert EvidenceFlag.NOT_FINISHED not in UNTRUSTED_FLAGS
    assert EvidenceFlag.LIMITED in UNTRUSTED_FLAGS


def test_only_shares_and_percents_have_a_whole():
    assert [scale.whole for scale in Scale] == [1.0, 100.0, None, None]
