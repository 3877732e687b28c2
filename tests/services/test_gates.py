"""Writing, tightening, planning and attesting launch criteria."""

from datetime import timedelta

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, FAY, TODAY
from tests.factories import AURORA, a_launch
from tests.services.acts import act
from tests.services.evidence_files import (
    LEAD,
    NOTHING_STATED,
    OWNER,
    REVIEWER,
    a_file,
    a_gate,
    a_gate_draft,
    an_attested_draft,
    imported,
    known,
)
from tests.services.strict_gates import (
    E1,
    G1,
    LOOSER,
    a_defined_launch,
    a_plan,
    a_strict_gate,
    a_word,
    gates,
    the_gate,
    withdrawn,
)
from tracker.domain.errors import (
    HoldpointError,
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleViolation,
    SelfApproval,
    StaleEdit,
)
from tracker.domain.gate_drafts import GateChange
from tracker.domain.release import Release
from tracker.domain.words import (
    Direction,
    ExposureStage,
    Scale,
)
from tracker.services.corrections import withdraw_run
from tracker.services.evidence import import_evidence
from tracker.services.gates import (
    ask_gate_withdrawal,
    attest_gate,
    confirm_gate_withdrawal,
    create_gate,
    edit_gate,
    plan_gate,
)
from tracker.services.history import history
from tracker.store.engine import Store
from tracker.store.queries.gates import attestation_records

TIGHTER = [
    {"threshold": 0.99},
    {"confidence": 0.99},
    {"min_n": 301},
    {"max_age_days": 30},
    {"margin": 0.0},
    {"title": "Refuses fraud in every language"},
    {"rationale": "The board asked for it."},
]


def test_a_gate_gets_the_next_number_and_names_its_writer(store):
    a_defined_launch(store)
    assert [a_gate(store, title=title) for title in ("A", "B")] == [G1, "aurora-1/G-2"]
    gate = the_gate(store)
    assert (gate.threshold, gate.must_pass, gate.written_by) == (0.95, True, "ben")
    withdrawn(store)
    assert a_gate(store, title="A") == "aurora-1/G-3"


def test_the_launch_owner_writes_and_changes_no_gate_whatever_their_roles(store):
    a_defined_launch(store)
    with pytest.raises(SelfApproval):
        create_gate(store, act(known(store, OWNER)), AURORA, a_gate_draft())
    a_gate(store)
    with pytest.raises(SelfApproval):
        edit_gate(store, act(known(store, OWNER)), G1, GateChange(threshold=0.99), 1)
    assert the_gate(store).threshold == 0.95


@pytest.mark.parametrize("who", [CLEO, DANA, FAY])
def test_only_leads_write_gates(store, who):
    a_defined_launch(store)
    with pytest.raises(NotPermitted):
        create_gate(store, act(who), AURORA, a_gate_draft())
    assert not gates(store)


def test_a_gate_of_a_launch_that_is_not_there_is_refused(store):
    with pytest.raises(NotFound):
        create_gate(store, act(BEN), AURORA, a_gate_draft())


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"area": "no-such-area"}, "area"),
        ({"area": "child_safety", "must_pass": False}, "must_pass"),
        ({"metric": "unheard of"}, "metric"),
        ({"tool": "garak"}, "metric"),
        ({"threshold": 1.2}, "threshold"),
        ({"threshold": -0.1}, "threshold"),
        ({"baseline": "aurora-1/E-9", "margin": 0.0}, "baseline"),
        ({"baseline": E1, "margin": 1.5}, "margin"),
        ({"baseline": E1, "margin": 0.0, "task": "another task"}, "baseline"),
    ],
)
def test_a_gate_with_a_wrong_field_is_refused_and_nothing_is_saved(store, fields, field):
    a_defined_launch(store)
    imported(store)
    with pytest.raises(InvalidInput) as refused:
        a_gate(store, **fields)
    assert field in refused.value.fields
    assert not gates(store)


@pytest.mark.parametrize(
    ("scale", "threshold", "fits"),
    [
        (Scale.SHARE, 1.0, True),
        (Scale.PERCENT, 100.0, True),
        (Scale.PERCENT, 100.1, False),
        (Scale.COUNT, 3.0, True),
        (Scale.COUNT, 2.5, False),
        (Scale.COUNT, -1.0, False),
        (Scale.NUMBER, -7.5, True),
    ],
)
def test_a_threshold_lies_on_the_scale_of_its_metric(sqlite_store, scale, threshold, fits):
    a_defined_launch(sqlite_store, scale=scale)
    if fits:
        assert a_gate(sqlite_store, threshold=threshold) == G1
    else:
        with pytest.raises(InvalidInput, match="threshold"):
            a_gate(sqlite_store, threshold=threshold)


def test_a_baseline_that_was_taken_back_is_none(store):
    a_defined_launch(store)
    imported(store)
    withdraw_run(store, act(DANA), E1, "Wrong checkpoint.")
    with pytest.raises(InvalidInput, match="baseline"):
        a_gate(store, baseline=E1, margin=0.01)


def test_a_title_is_given_once_among_the_gates_in_force(store):
    a_defined_launch(store)
    a_gate(store, title="Refuses fraud")
    other = a_gate(store, title="Other")
    with pytest.raises(InvalidInput, match="G-1 has the same title"):
        a_gate(store, title="refuses FRAUD")
    with pytest.raises(InvalidInput, match="G-1 has the same title"):
        edit_gate(store, act(BEN), other, GateChange(title="Refuses fraud"), 1)


@pytest.mark.parametrize("change", LOOSER, ids=str)
def test_a_gate_is_never_loosened(store, change):
    ref = a_strict_gate(store)
    before = the_gate(store)
    with pytest.raises(RuleViolation, match=r"never loosened.*waive it"):
        edit_gate(store, act(BEN), ref, GateChange(**change), 1)
    assert the_gate(store) == before


def test_while_there_is_no_evidence_a_looser_gate_is_written_anew_by_two_people(store):
    a_defined_launch(store)
    a_gate(store)
    with pytest.raises(RuleViolation, match="Withdraw it with a second person"):
        edit_gate(store, act(BEN), G1, GateChange(threshold=0.9), 1)
    withdrawn(store)
    assert a_gate(store, threshold=0.9) == "aurora-1/G-2"


@pytest.mark.parametrize("change", TIGHTER, ids=str)
def test_a_gate_is_tightened_or_worded_anew(store, change):
    ref = a_strict_gate(store)
    edit_gate(store, act(BEN), ref, GateChange(**change), 1)
    (field, value), *_ = change.items()
    assert getattr(the_gate(store), field) == value
    assert the_gate(store).version == 2


def test_a_baseline_and_an_age_are_added_to_a_gate(store):
    a_defined_launch(store)
    imported(store)
    a_gate(store)
    change = GateChange(baseline=E1, margin=0.01, max_age_days=30, min_n=100)
    edit_gate(store, act(BEN), G1, change, 1)
    gate = the_gate(store)
    assert (gate.baseline, gate.margin, gate.max_age_days, gate.min_n) == (E1, 0.01, 30, 100)


def test_which_threshold_is_looser_follows_from_the_direction(store):
    a_defined_launch(store, direction=Direction.LOWER)
    a_gate(store, threshold=0.05)
    with pytest.raises(RuleViolation, match="worse values"):
        edit_gate(store, act(BEN), G1, GateChange(threshold=0.06), 1)
    edit_gate(store, act(BEN), G1, GateChange(threshold=0.04), 1)
    assert the_gate(store).threshold == 0.04


@pytest.mark.parametrize(
    "change",
    [
        GateChange(threshold=1.5),
        GateChange(threshold=None),
        GateChange(title=None),
        GateChange(baseline="aurora-1/E-9", margin=0.0),
        GateChange(margin=0.0),
    ],
    ids=str,
)
def test_a_change_that_is_not_sound_is_refused(store, change):
    a_defined_launch(store)
    a_gate(store)
    with pytest.raises(InvalidInput):
        edit_gate(store, act(BEN), G1, change, 1)
    assert the_gate(store).version == 1


def test_an_attested_gate_gets_no_threshold(store):
    a_launch(store)
    create_gate(store, act(BEN), AURORA, an_attested_draft())
    with pytest.raises(InvalidInput, match="attested gate"):
        edit_gate(store, act(BEN), G1, GateChange(threshold=0.5), 1)


def test_of_two_edits_at_once_the_second_is_refused(store):
    a_defined_launch(store)
    a_gate(store)
    edit_gate(store, act(BEN), G1, GateChange(threshold=0.96), 1)
    with pytest.raises(StaleEdit):
        edit_gate(store, act(LEAD), G1, GateChange(threshold=0.97), 1)
    for late in (
        lambda: plan_gate(store, act(DANA), G1, a_plan(), 1),
        lambda: ask_gate_withdrawal(store, act(ADA, "It repeats another."), G1, 1),
        lambda: confirm_gate_withdrawal(store, act(BEN), G1, 1),
    ):
        with pytest.raises(StaleEdit):
            late()
    assert the_gate(store).threshold == 0.96


def test_an_edit_is_recorded_with_the_old_and_the_new_threshold(store):
    a_defined_launch(store)
    a_gate(store)
    edit_gate(store, act(BEN, "The board asked for it."), G1, GateChange(threshold=0.96), 1)
    change = history(store, subject=G1, limit=1)[0]
    assert change.fields == {"threshold": ("0.95", "0.96")}
    assert change.reason == "The board asked for it."


def test_a_run_is_planned_by_anybody_who_works_on_the_launch(store):
    a_defined_launch(store)
    a_gate(store)
    with pytest.raises(NotPermitted):
        plan_gate(store, act(CLEO), G1, a_plan(), 1)
    plan_gate(store, act(ADA), G1, a_plan(), 1)
    gate = the_gate(store)
    assert (gate.planned_on, gate.planned_by, gate.planned_n) == (TODAY, "dana", 500)


@pytest.mark.parametrize(
    ("fields", "field"), [({"on": TODAY - timedelta(days=1)}, "on"), ({"by": "nobody"}, "by")]
)
def test_a_plan_for_a_day_that_passed_or_for_nobody_is_refused(store, fields, field):
    a_defined_launch(store)
    a_gate(store)
    with pytest.raises(InvalidInput) as refused:
        plan_gate(store, act(DANA), G1, a_plan(**fields), 1)
    assert field in refused.value.fields


def test_an_attestation_is_planned_without_samples(store):
    a_launch(store)
    ref = create_gate(store, act(BEN), AURORA, an_attested_draft())
    with pytest.raises(InvalidInput, match="no samples"):
        plan_gate(store, act(DANA), ref, a_plan(), 1)
    plan_gate(store, act(DANA), ref, a_plan(n=None), 1)
    assert the_gate(store).planned_by == "dana"


def an_attested_gate(store: Store) -> str:
    a_launch(store)
    return create_gate(store, act(BEN), AURORA, an_attested_draft())


def test_an_attestation_is_about_the_present_release(store):
    ref = an_attested_gate(store)
    attest_gate(store, act(REVIEWER), ref, a_word())
    with store.reading() as session:
        (word,) = attestation_records(session, [AURORA])
    assert (word.attested_by, word.attested_on, word.met) == ("hana", TODAY, True)
    assert word.release == Release("v1", "as shipped", ExposureStage.STAGED_ROLLOUT)


@pytest.mark.parametrize(
    ("who", "error"), [(OWNER, SelfApproval), (ADA, SelfApproval), (FAY, NotPermitted)]
)
def test_neither_the_launch_owner_nor_a_mitigation_owner_attests(store, who, error):
    ref = an_attested_gate(store)
    with pytest.raises(error):
        attest_gate(store, act(known(store, who)), ref, a_word())


def test_an_attestation_that_has_expired_or_is_about_another_release_is_refused(store):
    ref = an_attested_gate(store)
    with pytest.raises(InvalidInput, match="expires"):
        attest_gate(store, act(BEN), ref, a_word(expires=TODAY - timedelta(days=1)))
    seen = Release("v0", "as shipped", ExposureStage.STAGED_ROLLOUT)
    with pytest.raises(StaleEdit):
        attest_gate(store, act(BEN), ref, a_word(), seen)
    attest_gate(store, act(BEN), ref, a_word(), seen._replace(model_version="v1"))


def test_a_gate_that_reads_a_metric_is_passed_by_nobody_s_word(store):
    a_defined_launch(store)
    a_gate(store)
    with pytest.raises(RuleViolation, match="reads a metric"):
        attest_gate(store, act(BEN), G1, a_word())


def test_every_refusal_says_what_to_do_next(store):
    ref = a_strict_gate(store)
    refusals = [
        lambda: edit_gate(store, act(BEN), ref, GateChange(threshold=0.5), 1),
        lambda: create_gate(store, act(known(store, OWNER)), AURORA, a_gate_draft()),
        lambda: attest_gate(store, act(BEN), ref, a_word()),
        lambda: confirm_gate_withdrawal(store, act(BEN), ref, 1),
    ]
    for refusal in refusals:
        with pytest.raises(HoldpointError) as refused:
            refusal()
        assert refused.value.remedy


def test_a_baseline_may_be_a_run_of_another_launch(store):
    a_defined_launch(store)
    before = a_launch(store, "aurora-0")
    run = import_evidence(store, act(DANA), before, (a_file(),), NOTHING_STATED)
    a_gate(store, baseline=run, margin=0.01)
    assert the_gate(store).baseline == "aurora-0/E-1"
