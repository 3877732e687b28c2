"""What a metric means that a gate reads: one person proposes another meaning, another confirms."""

import pytest

from tests.cast import BEN, CLEO, DANA, GIL, HANA
from tests.services.acts import act, state
from tests.services.evidence_files import (
    METRIC,
    OWNER,
    TOOL,
    a_definition,
    a_file,
    a_gate,
    imported,
    known,
)
from tests.services.strict_gates import G1, a_defined_launch
from tracker.domain.errors import (
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleViolation,
    SelfApproval,
    StaleEdit,
)
from tracker.domain.evidence import MetricDefinitionRecord
from tracker.domain.evidence_drafts import MetricDefinitionDraft
from tracker.domain.words import Direction, GateState, Scale
from tracker.services.metrics import (
    confirm_meaning,
    metric_definitions,
    propose_meaning,
    withdraw_meaning,
)

WHY = "It counts answers, not refusals."


def meaning(direction=Direction.LOWER, scale=Scale.SHARE) -> MetricDefinitionDraft:
    return MetricDefinitionDraft(tool=TOOL, metric=METRIC, direction=direction, scale=scale)


def definition(store) -> MetricDefinitionRecord:
    (found,) = metric_definitions(store)
    return found


def read_by_a_gate(store) -> None:
    a_defined_launch(store)
    a_gate(store)
    imported(store, a_file("a.eval"))


def asked(store) -> MetricDefinitionRecord:
    read_by_a_gate(store)
    propose_meaning(store, act(DANA, WHY), meaning())
    return definition(store)


def gate_of(store) -> GateState:
    return next(one.state for one in state(store).gates if one.gate.ref == G1)


def test_a_proposal_changes_nothing_before_a_second_person_confirms(store):
    found = asked(store)
    assert (found.direction, found.proposed_direction) == (Direction.HIGHER, Direction.LOWER)
    assert (found.proposed_by, found.proposed_because) == ("dana", WHY)
    assert gate_of(store) is GateState.PASSED
    confirm_meaning(store, act(HANA), found)
    after = definition(store)
    assert (after.direction, after.defined_by, after.proposed_by) == (Direction.LOWER, "dana", None)
    assert gate_of(store) is GateState.FAILED


def test_proposing_needs_a_reason_a_right_and_something_new(store):
    read_by_a_gate(store)
    with pytest.raises(InvalidInput, match="needs a reason"):
        propose_meaning(store, act(DANA), meaning())
    with pytest.raises(NotPermitted):
        propose_meaning(store, act(CLEO, WHY), meaning())
    with pytest.raises(RuleViolation, match="just this already"):
        propose_meaning(store, act(DANA, WHY), meaning(Direction.HIGHER))


def test_a_metric_that_nobody_defined_or_no_gate_reads_gets_no_proposal(store):
    with pytest.raises(NotFound):
        propose_meaning(store, act(DANA, WHY), meaning())
    a_definition(store)
    with pytest.raises(RuleViolation, match="No gate reads"):
        propose_meaning(store, act(DANA, WHY), meaning())


def test_neither_who_proposed_it_nor_the_owner_of_a_launch_that_reads_it_confirms(store):
    found = asked(store)
    with pytest.raises(SelfApproval, match="Dana proposed"):
        confirm_meaning(store, act(DANA), found)
    with pytest.raises(SelfApproval, match="Ada owns"):
        confirm_meaning(store, act(known(store, OWNER)), found)
    with pytest.raises(NotPermitted):
        confirm_meaning(store, act(CLEO), found)
    assert definition(store).direction is Direction.HIGHER


def test_who_confirms_confirms_what_they_saw(store):
    found = asked(store)
    propose_meaning(store, act(DANA, WHY), meaning(Direction.LOWER, Scale.PERCENT))
    with pytest.raises(StaleEdit):
        confirm_meaning(store, act(BEN), found)


def test_a_scale_on_which_a_threshold_of_a_gate_is_no_value_is_refused(store):
    read_by_a_gate(store)
    propose_meaning(store, act(DANA, WHY), meaning(Direction.HIGHER, Scale.COUNT))
    with pytest.raises(InvalidInput, match=f"the threshold of {G1} is no count"):
        confirm_meaning(store, act(GIL), definition(store))


def test_a_proposal_is_taken_back(store):
    found = asked(store)
    withdraw_meaning(store, act(DANA), TOOL, METRIC)
    assert definition(store).proposed_by is None
    with pytest.raises(RuleViolation, match="Nobody proposed"):
        confirm_meaning(store, act(GIL), found)
    with pytest.raises(RuleViolation, match="Nobody proposed"):
        withdraw_meaning(store, act(DANA), TOOL, METRIC)
