"""A must-pass gate written after its evidence: this evidence passes it once two people agree."""

import pytest

from tests.cast import BEN, DANA, GIL, HANA, NOW
from tests.scoring.builders import present
from tests.services.acts import act, state
from tests.services.evidence_files import (
    OWNER,
    a_file,
    a_gate,
    a_gate_draft,
    a_reading,
    a_run,
    imported,
    known,
)
from tests.services.strict_gates import G1, a_defined_launch, the_gate
from tracker.domain.errors import NotPermitted, RuleViolation, SelfApproval, StaleEdit
from tracker.domain.gate_drafts import GateChange
from tracker.domain.words import GateState
from tracker.readiness.measured import WRITTEN_AFTER
from tracker.services.gates import confirm_gate, create_gate, edit_gate


def late(store, **fields) -> str:
    """A gate that Ben writes once its run is there, which meets it."""
    a_defined_launch(store)
    imported(store, a_file("a.eval"))
    return a_gate(store, **fields)


def gate_state(store, ref: str = G1):
    return next(one for one in state(store).gates if one.gate.ref == ref)


def test_a_gate_written_before_its_evidence_needs_nobody_else(store):
    a_defined_launch(store)
    ref = a_gate(store)
    imported(store, a_file("a.eval"))
    assert gate_state(store, ref).state is GateState.PASSED
    with pytest.raises(RuleViolation, match="written before its evidence"):
        confirm_gate(store, act(GIL), ref, 1)


def test_one_written_after_it_is_inconclusive_until_a_second_person_confirms(store):
    ref = late(store)
    found = gate_state(store, ref)
    assert (found.state, found.why) == (GateState.INCONCLUSIVE, WRITTEN_AFTER)
    assert found.settles == "a second person who confirms the gate, or a run after E-1, would"
    assert found.holds
    confirm_gate(store, act(HANA), ref, 1)
    assert gate_state(store, ref).state is GateState.PASSED
    with pytest.raises(RuleViolation, match="confirmed already"):
        confirm_gate(store, act(GIL), ref, 2)


def test_a_later_run_passes_it_without_anybody_else(store):
    ref = late(store)
    imported(store, a_file("b.eval", a_run(a_reading(991), ran_at=NOW)))
    assert present(gate_state(store, ref).run).number == 2
    assert gate_state(store, ref).state is GateState.PASSED


def test_a_run_that_misses_the_threshold_fails_it_all_the_same(store):
    ref = late(store, threshold=0.999)
    assert gate_state(store, ref).state is GateState.FAILED


def test_neither_its_writer_nor_the_launch_owner_nor_an_assessor_confirms(store):
    ref = late(store)
    with pytest.raises(SelfApproval, match="Ben wrote"):
        confirm_gate(store, act(BEN), ref, 1)
    with pytest.raises(SelfApproval, match="Ada owns"):
        confirm_gate(store, act(known(store, OWNER)), ref, 1)
    with pytest.raises(NotPermitted):
        confirm_gate(store, act(DANA), ref, 1)
    with pytest.raises(StaleEdit):
        confirm_gate(store, act(GIL), ref, 2)
    assert gate_state(store, ref).state is GateState.INCONCLUSIVE


def test_an_advisory_gate_is_passed_and_counts_as_late_once_it_is_made_must_pass(store):
    a_defined_launch(store)
    ref = create_gate(store, act(BEN), "aurora-1", a_gate_draft(must_pass=False))
    imported(store, a_file("a.eval"))
    assert gate_state(store, ref).state is GateState.PASSED
    with pytest.raises(RuleViolation, match="somebody else wrote"):
        edit_gate(store, act(GIL), ref, GateChange(must_pass=True), 1)
    edit_gate(store, act(BEN), ref, GateChange(must_pass=True), 1)
    assert the_gate(store, ref).after_run == 1
    assert gate_state(store, ref).state is GateState.INCONCLUSIVE


def test_tightening_leaves_a_gate_as_early_as_it_was(store):
    a_defined_launch(store)
    ref = a_gate(store)
    imported(store, a_file("a.eval"))
    edit_gate(store, act(BEN), ref, GateChange(threshold=0.96), 1)
    assert gate_state(store, ref).state is GateState.PASSED
