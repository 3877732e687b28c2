"""What can never improve a gate, over gates and runs that Hypothesis makes."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from tests.readiness.gates import (
    METRIC,
    TASK,
    a_definition,
    a_gate,
    a_run,
    a_value,
    a_waiver,
    an_evidence,
    confirmed,
    corrected,
    equivalent,
    moment,
)
from tests.readiness.gates_today import status_of
from tests.readiness.launches import LAUNCH, TODAY
from tracker.domain.evidence import EvidenceRecord, RunInputs
from tracker.domain.gate_state import GateStatus
from tracker.domain.gates import GateRecord, WaiverRecord
from tracker.domain.words import (
    UNTRUSTED_FLAGS,
    CorrectionKind,
    Direction,
    EvidenceFlag,
    GateCoverage,
    GateState,
    Scale,
    WaiverState,
)
from tracker.readiness.bounds import needed_n, share_low

SLICES = ("", "", "", "a", "b")
flags = st.lists(st.sampled_from(EvidenceFlag), max_size=1).map(tuple)


@st.composite
def figures(draw: st.DrawFn, slice: str = "") -> EvidenceRecord:
    """A figure near the threshold, counted or not."""
    n = draw(st.sampled_from([20, 60, 200, 2000]))
    passed = n - draw(st.integers(0, n // 10))
    errored = draw(st.sampled_from([0, 0, 0, 1, 30]))
    if draw(st.booleans()):
        return an_evidence(passed, n, slice, errored=errored)
    known = draw(st.sampled_from([None, n]))
    stderr = draw(st.sampled_from([None, 0.0, 0.002]))
    return replace(a_value(passed / n, known, stderr=stderr, errored=errored), slice=slice)


@st.composite
def runs_in_slot(draw: st.DrawFn, number: int) -> RunInputs:
    """A run of the last days, perhaps flagged, of another version, undated or taken back."""
    slices = ["", *draw(st.lists(st.sampled_from(["a", "b"]), unique=True))]
    run = a_run(
        number,
        *(draw(figures(one)) for one in slices),
        days_ago=draw(st.integers(-1, 12)),
        flags=draw(flags) if draw(st.booleans()) else (),
        model_version=draw(st.sampled_from(["v1", "v1", "v1", "v0"])),
    )
    if draw(st.integers(0, 9)) == 0:
        run = replace(run, run=replace(run.run, ran_at=None))
    if draw(st.integers(0, 3)) == 0:
        run = equivalent(run, LAUNCH.release)
    if draw(st.integers(0, 3)) == 0:
        run = confirmed(run)
    return corrected(run, at=moment(8)) if draw(st.integers(0, 9)) == 0 else run


@st.composite
def several_runs(draw: st.DrawFn) -> tuple[RunInputs, ...]:
    count = draw(st.integers(1, 4))
    return tuple(draw(runs_in_slot(number)) for number in range(1, count + 1))


@st.composite
def gates(draw: st.DrawFn) -> GateRecord:
    return a_gate(
        threshold=draw(st.sampled_from([0.9, 0.95, 0.98])),
        coverage=draw(st.sampled_from(GateCoverage)),
        min_n=draw(st.sampled_from([None, 100])),
        max_age_days=draw(st.sampled_from([None, 5])),
        planned_on=draw(st.sampled_from([None, TODAY])),
    )


@st.composite
def waivers(draw: st.DrawFn) -> WaiverRecord:
    return a_waiver(
        state=draw(st.sampled_from(GateState)),
        latest_run=draw(st.integers(0, 4)),
        requested_at=moment(7),
        threshold=draw(st.sampled_from(["≥ 90 %", "≥ 95 %", "≥ 98 %", "≥ 98 %, every slice"])),
    )


def passes(status: GateStatus) -> bool:
    return status.state is GateState.PASSED


def opens(status: GateStatus) -> bool:
    return not status.holds


def in_force(status: GateStatus) -> bool:
    return status.waiver is not None and status.waiver.state is WaiverState.IN_FORCE


def changed(
    runs: tuple[RunInputs, ...], place: int, change: Callable[[RunInputs], RunInputs]
) -> tuple[RunInputs, ...]:
    return tuple(change(one) if index == place else one for index, one in enumerate(runs))


@given(gates(), several_runs(), waivers(), st.data())
def test_taking_evidence_back_never_opens_a_gate_nor_puts_a_waiver_into_force(
    gate, runs, waiver, data
):
    place = data.draw(st.integers(0, len(runs) - 1))
    kind = data.draw(st.sampled_from(CorrectionKind))
    task = data.draw(st.sampled_from([TASK, "elsewhere"]))
    before = status_of(gate, *runs, waivers=(waiver,))
    after = status_of(
        gate,
        *changed(runs, place, lambda one: corrected(one, kind, task, METRIC)),
        waivers=(waiver,),
    )
    assert passes(after) <= passes(before)
    assert in_force(after) <= in_force(before)
    assert opens(after) <= opens(before)


@given(gates(), several_runs(), waivers(), st.data())
def test_taking_back_a_single_slice_opens_nothing_either(gate, runs, waiver, data):
    place = data.draw(st.integers(0, len(runs) - 1))
    of_run = data.draw(st.integers(0, len(runs[place].evidence) - 1))

    def take_back(inputs: RunInputs) -> RunInputs:
        back = corrected(inputs).evidence
        kept = tuple(
            back[index] if index == of_run else one for index, one in enumerate(inputs.evidence)
        )
        return replace(inputs, evidence=kept)

    before = status_of(gate, *runs, waivers=(waiver,))
    after = status_of(gate, *changed(runs, place, take_back), waivers=(waiver,))
    assert passes(after) <= passes(before)
    assert opens(after) <= opens(before)


@given(gates(), several_runs(), runs_in_slot(5))
def test_re_mapped_evidence_never_opens_the_gate_that_it_is_moved_to(gate, runs, stranger):
    elsewhere = tuple(replace(one, task="elsewhere") for one in stranger.evidence)
    stranger = replace(stranger, evidence=elsewhere)
    before = status_of(gate, *runs, stranger)
    moved = corrected(stranger, CorrectionKind.REMAPPED, TASK, METRIC)
    assert passes(status_of(gate, *runs, moved)) <= passes(before)
    assert not passes(status_of(gate, moved))


@given(gates(), several_runs(), st.integers(1, 400))
def test_runs_that_all_grow_older_never_open_a_gate(gate, runs, days):
    def age(inputs: RunInputs) -> RunInputs:
        at = inputs.run.ran_at
        return replace(inputs, run=replace(inputs.run, ran_at=at and at - timedelta(days=days)))

    happened = tuple(one for one in runs if one.run.ran_at is None or one.run.ran_at <= moment(0))
    before = status_of(gate, *happened)
    after = status_of(gate, *(age(one) for one in happened))
    assert passes(after) <= passes(before)


@given(gates(), several_runs(), st.data())
def test_what_weakens_the_run_that_a_gate_reads_never_opens_it(gate, runs, data):
    before = status_of(gate, *runs)
    if before.run is None:
        return
    place = [one.run for one in runs].index(before.run)
    flag = data.draw(st.sampled_from(sorted(UNTRUSTED_FLAGS | {EvidenceFlag.NOT_FINISHED})))
    weaker = changed(
        runs,
        place,
        lambda one: replace(one, run=replace(one.run, flags=one.run.flags | {flag})),
    )
    assert not passes(status_of(gate, *weaker))


@given(gates(), several_runs(), st.integers(1, 50))
def test_more_samples_that_were_not_scored_never_open_a_gate(gate, runs, more):
    def lose(inputs: RunInputs) -> RunInputs:
        lost = tuple(replace(one, errored=one.errored + more) for one in inputs.evidence)
        return replace(inputs, evidence=lost)

    before = status_of(gate, *runs)
    assert passes(status_of(gate, *(lose(one) for one in runs))) <= passes(before)


@given(
    st.integers(1, 400),
    st.data(),
    st.sampled_from(Direction),
    st.sampled_from([Scale.SHARE, Scale.PERCENT]),
    st.floats(0, 1),
)
def test_one_more_failure_never_improves_a_state(n, data, direction, scale, threshold):
    passed = data.draw(st.integers(0, n - 1))
    better, worse = (passed + 1, passed)
    if direction is Direction.LOWER:
        better, worse = worse, better
    definition = a_definition(direction, scale)
    gate = a_gate(threshold=threshold * (scale.whole or 0))
    states = [
        status_of(
            gate, a_run(1, an_evidence(count, n, value=None)), definition=definition
        ).state.badness
        for count in (better, worse)
    ]
    assert states[0] <= states[1]


@given(gates(), several_runs(), waivers())
def test_a_waiver_changes_no_state(gate, runs, waiver):
    bare = status_of(gate, *runs)
    waived = status_of(gate, *runs, waivers=(waiver,))
    assert replace(waived, waiver=None) == bare


@given(gates(), several_runs(), st.randoms())
def test_the_order_of_rows_changes_nothing(gate, runs, random):
    shuffled = list(runs)
    random.shuffle(shuffled)
    assert status_of(gate, *shuffled) == status_of(gate, *runs)


@given(st.floats(0.01, 0.9999), st.integers(0, 40), st.sampled_from([0.8, 0.95, 0.99]))
def test_what_is_said_to_settle_a_gate_does(threshold, failures, confidence):
    n = needed_n(threshold, failures, confidence)
    assert n is not None
    gate = a_gate(threshold=threshold, confidence=confidence)
    run = a_run(1, an_evidence(n - failures, n))
    observed_meets = (n - failures) / n >= threshold
    assert passes(status_of(gate, run)) == observed_meets
    if n > failures + 1:
        assert share_low(n - 1 - failures, n - 1, confidence) < threshold
