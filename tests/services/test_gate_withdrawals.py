"""Withdrawing launch criteria: by two people, and never in favour of a looser one."""

import pytest

from tests.cast import ADA, BEN, DANA
from tests.factories import AURORA, a_launch
from tests.services.acts import act
from tests.services.evidence_files import (
    LEAD,
    METRIC,
    OWNER,
    TASK,
    a_gate,
    an_attested_draft,
    evidence_of,
    imported,
    known,
)
from tests.services.strict_gates import (
    E1,
    G1,
    LOOSER,
    STRICT,
    a_defined_launch,
    a_plan,
    a_strict_gate,
    a_word,
    the_gate,
    withdrawn,
)
from tracker.domain.errors import (
    InvalidInput,
    NotPermitted,
    RuleViolation,
    SelfApproval,
)
from tracker.domain.evidence_drafts import CorrectionDraft
from tracker.domain.gate_drafts import GateChange
from tracker.domain.words import (
    CorrectionKind,
)
from tracker.services.corrections import correct_evidence
from tracker.services.gates import (
    ask_gate_withdrawal,
    attest_gate,
    confirm_gate_withdrawal,
    create_gate,
    edit_gate,
    plan_gate,
)
from tracker.services.history import history


@pytest.mark.parametrize("change", LOOSER[:8], ids=str)
def test_once_there_is_evidence_no_gate_asks_for_less_than_a_withdrawn_one(store, change):
    a_strict_gate(store)
    withdrawn(store)
    with pytest.raises(RuleViolation, match=r"G-1, which was withdrawn, asked for more"):
        a_gate(store, **(STRICT | change))
    assert a_gate(store, **STRICT) == "aurora-1/G-2"


def test_evidence_taken_back_or_moved_there_still_keeps_a_looser_gate_out(store):
    a_defined_launch(store)
    a_gate(store)
    there = a_gate(store, title="The other set", task="other set")
    withdrawn(store)
    withdrawn(store, there)
    imported(store)
    moved = CorrectionDraft(
        kind=CorrectionKind.REMAPPED, task="other set", metric=METRIC, reason="Misnamed."
    )
    correct_evidence(store, act(DANA), evidence_of(store, E1), moved)
    for task in (TASK, "other set"):
        with pytest.raises(RuleViolation, match="asked for more"):
            a_gate(store, title="Looser", task=task, threshold=0.9)
    assert a_gate(store, title="Elsewhere", configuration="no filter", threshold=0.9)


def test_a_gate_is_not_withdrawn_in_favour_of_a_looser_one_written_before(store):
    a_defined_launch(store)
    a_gate(store)
    looser = a_gate(store, title="Looser", threshold=0.9)
    ask_gate_withdrawal(store, act(BEN, "It repeats the other."), G1, 1)
    imported(store)
    with pytest.raises(RuleViolation, match="Tighten G-2 first"):
        confirm_gate_withdrawal(store, act(LEAD), G1, 2)
    edit_gate(store, act(BEN), looser, GateChange(threshold=0.95), 1)
    confirm_gate_withdrawal(store, act(LEAD), G1, 2)
    assert the_gate(store).withdrawn


def test_a_gate_counts_until_a_second_person_confirms_its_withdrawal(store):
    a_defined_launch(store)
    a_gate(store)
    with pytest.raises(InvalidInput, match="needs a reason"):
        ask_gate_withdrawal(store, act(BEN), G1, 1)
    ask_gate_withdrawal(store, act(BEN, "It repeats another."), G1, 1)
    asked = the_gate(store)
    assert (asked.withdrawn, asked.withdrawal_reason) == (False, "It repeats another.")
    with pytest.raises(RuleViolation, match="already"):
        ask_gate_withdrawal(store, act(LEAD, "I think so too."), G1, 2)
    with pytest.raises(SelfApproval):
        confirm_gate_withdrawal(store, act(BEN), G1, 2)
    with pytest.raises(SelfApproval):
        confirm_gate_withdrawal(store, act(known(store, OWNER)), G1, 2)
    with pytest.raises(NotPermitted):
        confirm_gate_withdrawal(store, act(DANA), G1, 2)
    confirm_gate_withdrawal(store, act(LEAD), G1, 2)
    assert the_gate(store).withdrawal_confirmed_by == "gil"
    assert history(store, subject=G1)[1].reason == "It repeats another."


def test_a_launch_owner_may_ask_and_an_assessor_may_not(store):
    a_defined_launch(store)
    a_gate(store)
    with pytest.raises(NotPermitted):
        ask_gate_withdrawal(store, act(DANA, "It repeats another."), G1, 1)
    ask_gate_withdrawal(store, act(ADA, "It repeats another."), G1, 1)
    assert the_gate(store).withdrawal_asked_by == "ada"


def test_a_withdrawal_that_nobody_asked_for_cannot_be_confirmed(store):
    a_defined_launch(store)
    a_gate(store)
    with pytest.raises(RuleViolation, match="Nobody has asked"):
        confirm_gate_withdrawal(store, act(BEN), G1, 1)


def test_a_withdrawn_gate_stays_as_it_was(store):
    a_launch(store)
    ref = create_gate(store, act(BEN), AURORA, an_attested_draft())
    withdrawn(store)
    version = the_gate(store).version
    for late in (
        lambda: edit_gate(store, act(BEN), ref, GateChange(title="New"), version),
        lambda: plan_gate(store, act(DANA), ref, a_plan(), version),
        lambda: ask_gate_withdrawal(store, act(BEN, "Once more."), ref, version),
        lambda: confirm_gate_withdrawal(store, act(LEAD), ref, version),
        lambda: attest_gate(store, act(BEN), ref, a_word()),
    ):
        with pytest.raises(RuleViolation, match="is withdrawn"):
            late()
