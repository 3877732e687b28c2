"""A launch is read with the evidence that its gates read, and with none besides."""

from typing import Any

import pytest

from tests.conftest import QueryCounter
from tests.evidence_factories import (
    METRIC,
    TASK,
    TOOL,
    a_confirmation,
    a_correction,
    a_determination,
    a_gate,
    a_link,
    a_metric,
    a_run,
    a_waiver,
    an_attestation,
    an_attested_gate,
    an_equivalence,
)
from tests.factories import AURORA, a_launch, a_mitigation, a_risk
from tracker.domain.evidence import RunInputs, Slot
from tracker.domain.state import LaunchInputs
from tracker.domain.words import CorrectionKind
from tracker.store import queries
from tracker.store.engine import Store

OTHER = "borealis-2"
ASIDE: dict[str, Any] = {"metric": "latency", "n": None, "passed": None, "failed": None}


def inputs_of(store: Store, *keys: str) -> tuple[LaunchInputs, ...]:
    with store.reading() as session:
        return queries.launch_inputs(session, keys or None)


def metrics_of(runs: tuple[RunInputs, ...]) -> dict[str, list[str]]:
    return {one.run.ref: [metric.metric for metric in one.evidence] for one in runs}


def remap(store: Store, evidence: int, metric: str, task: str = TASK) -> int:
    return a_correction(
        store,
        evidence,
        kind=CorrectionKind.REMAPPED,
        task=task,
        metric=metric,
        reason="Mislabelled",
    )


def ids_of(store: Store, run: str) -> list[int]:
    with store.reading() as session:
        return [metric.id for metric in queries.get_run(session, run).evidence]


@pytest.fixture
def scene(store: Store) -> Store:
    """Two launches and a metric that somebody defined."""
    a_launch(store)
    a_launch(store, OTHER)
    a_metric(store)
    return store


def fill(store: Store, launch: str, size: int) -> None:
    """Every kind of row that bears on the gates of a launch."""
    risk = a_risk(store, launch)
    for _ in range(size):
        baseline = a_run(store, launch)
        gate = a_gate(store, launch, baseline=baseline, margin=0.02)
        run = a_run(store, launch, {}, ASIDE)
        for evidence in ids_of(store, run):
            a_link(store, evidence, risk)
        a_correction(store, ids_of(store, run)[0])
        an_equivalence(store, run)
        a_confirmation(store, run)
        a_waiver(store, gate)
        an_attestation(store, an_attested_gate(store, launch))
        a_determination(store, launch, [a_mitigation(store)])


def test_statements_do_not_grow_with_gates_and_evidence(
    scene: Store, query_counter: QueryCounter
) -> None:
    def counts() -> list[int]:
        found: list[int] = []
        for keys in ((), (AURORA,), (AURORA, OTHER)):
            with query_counter(scene) as counted:
                inputs_of(scene, *keys)
            found.append(len(counted))
        return found

    empty = counts()
    fill(scene, AURORA, 1)
    fill(scene, OTHER, 4)
    assert counts() == empty == [32, 32, 32]


def test_the_ledger_is_seven_statements(scene: Store, query_counter: QueryCounter) -> None:
    fill(scene, AURORA, 3)
    with query_counter(scene) as counted, scene.reading() as session:
        assert len(queries.ledger(session, AURORA)) == 6
    assert len(counted) == 7


def test_named_launches_alone_are_read_just_as_among_all(scene: Store) -> None:
    fill(scene, AURORA, 2)
    fill(scene, OTHER, 1)
    foreign = a_run(scene, OTHER, {"metric": "harm rate"})
    a_metric(scene, "harm rate")
    a_gate(scene, AURORA, metric="harm rate", baseline=foreign, margin=0.0)
    first, second = inputs_of(scene)
    assert inputs_of(scene, AURORA) == (first,)
    assert inputs_of(scene, OTHER) == (second,)
    assert foreign not in metrics_of(second.runs)


def test_only_metrics_in_the_slot_of_a_gate_are_read(scene: Store) -> None:
    a_gate(scene)
    run = a_run(scene, AURORA, {}, ASIDE, {"task": "weapons"}, {"slice": "German"})
    a_run(scene, AURORA, ASIDE)
    a_run(scene, AURORA, tool="garak")
    a_run(scene, OTHER)
    (launch,) = inputs_of(scene, AURORA)
    assert metrics_of(launch.runs) == {run: [METRIC, METRIC]}
    assert [metric.slice for metric in launch.runs[0].evidence] == ["", "German"]
    assert launch.gates[0].slot == Slot(TOOL, TASK, METRIC)


def test_runs_of_every_release_and_configuration_are_read_in_order_of_number(scene: Store) -> None:
    a_gate(scene)
    refs = [a_run(scene, model_version=f"v{number}") for number in range(11)]
    refs.append(a_run(scene, configuration="without the filter"))
    (launch,) = inputs_of(scene, AURORA)
    assert [one.run.ref for one in launch.runs] == refs


def test_evidence_withdrawn_or_moved_away_is_still_read_in_its_slot(scene: Store) -> None:
    a_gate(scene)
    withdrawn, moved = a_run(scene), a_run(scene)
    a_correction(scene, ids_of(scene, withdrawn)[0])
    remap(scene, ids_of(scene, moved)[0], "harm rate")
    (launch,) = inputs_of(scene, AURORA)
    kinds = [one.evidence[0].corrections[0].kind for one in launch.runs]
    assert kinds == [CorrectionKind.WITHDRAWN, CorrectionKind.REMAPPED]


def test_evidence_moved_into_the_slot_of_a_gate_is_read(scene: Store) -> None:
    a_gate(scene)
    run = a_run(scene, AURORA, ASIDE, {"metric": "speed"})
    remap(scene, ids_of(scene, run)[0], METRIC)
    (launch,) = inputs_of(scene, AURORA)
    assert metrics_of(launch.runs) == {run: ["latency"]}
    assert launch.runs[0].evidence[0].corrections[0].metric == METRIC


def test_every_correction_of_a_metric_is_read_oldest_first(scene: Store) -> None:
    a_gate(scene)
    run = a_run(scene)
    (evidence,) = ids_of(scene, run)
    made = [remap(scene, evidence, "harm rate"), a_correction(scene, evidence)]
    (launch,) = inputs_of(scene, AURORA)
    assert [one.id for one in launch.runs[0].evidence[0].corrections] == made


def test_a_baseline_of_another_launch_is_read_with_the_gates_metric_only(scene: Store) -> None:
    baseline = a_run(scene, OTHER, {}, ASIDE)
    a_gate(scene, baseline=baseline, margin=0.02)
    (launch,) = inputs_of(scene, AURORA)
    assert launch.runs == ()
    assert {*launch.baselines} == {baseline}
    assert [one.metric for one in launch.baselines[baseline].evidence] == [METRIC]


def test_a_baseline_without_the_metric_is_read_as_a_run_without_any(scene: Store) -> None:
    baseline = a_run(scene, OTHER, ASIDE)
    a_gate(scene, baseline=baseline, margin=0.02)
    (launch,) = inputs_of(scene, AURORA)
    assert launch.baselines[baseline].evidence == ()


def test_each_gate_of_a_shared_baseline_adds_its_metric(scene: Store) -> None:
    a_metric(scene, "harm rate")
    baseline = a_run(scene, OTHER, {}, {"metric": "harm rate"}, ASIDE)
    for metric in (METRIC, "harm rate"):
        a_gate(scene, metric=metric, baseline=baseline, margin=0.02)
    (launch,) = inputs_of(scene, AURORA)
    assert [one.metric for one in launch.baselines[baseline].evidence] == [METRIC, "harm rate"]


def test_a_withdrawn_gate_comes_with_its_runs(scene: Store) -> None:
    a_gate(scene, withdrawal_asked_by="ben", withdrawal_confirmed_by="dana")
    run = a_run(scene)
    (launch,) = inputs_of(scene, AURORA)
    assert launch.gates[0].withdrawn
    assert [one.run.ref for one in launch.runs] == [run]


def test_what_was_said_about_a_run_comes_with_it(scene: Store) -> None:
    a_gate(scene)
    risks = [a_risk(scene) for _ in range(11)]
    run = a_run(scene)
    (evidence,) = ids_of(scene, run)
    for risk in reversed(risks):
        a_link(scene, evidence, risk)
    equivalences = [an_equivalence(scene, run), an_equivalence(scene, run, stated_by="eli")]
    confirmed = a_confirmation(scene, run, note="Table 4.")
    (found,) = inputs_of(scene, AURORA)[0].runs
    assert [one.id for one in found.run.equivalences] == equivalences
    assert [(one.id, one.note) for one in found.run.confirmations] == [(confirmed, "Table 4.")]
    assert found.evidence[0].risks == tuple(risks)


def test_attestations_waivers_and_determinations_come_oldest_first(scene: Store) -> None:
    gate, attested = a_gate(scene), an_attested_gate(scene)
    waivers = [a_waiver(scene, gate), a_waiver(scene, gate)]
    attestations = [an_attestation(scene, attested, met=met) for met in (False, True)]
    safeguards = [a_mitigation(scene) for _ in range(11)]
    determinations = [
        a_determination(scene, safeguards=[*reversed(safeguards)]),
        a_determination(scene, confirmed_by="dana"),
    ]
    launch, other = inputs_of(scene)
    assert [one.id for one in launch.waivers] == waivers
    assert [(one.id, one.met) for one in launch.attestations] == [
        (attestations[0], False),
        (attestations[1], True),
    ]
    assert [one.id for one in launch.determinations] == determinations
    assert [one.safeguards for one in launch.determinations] == [tuple(safeguards), ()]
    assert (other.gates, other.waivers, other.attestations, other.determinations) == ((),) * 4


@pytest.mark.parametrize("keys", [(), (AURORA,)])
def test_a_safeguard_that_is_not_on_the_launch_is_read_with_it(
    scene: Store, keys: tuple[str, ...]
) -> None:
    safeguard = a_mitigation(scene)
    a_determination(scene, safeguards=[safeguard])
    launch = inputs_of(scene, *keys)[0]
    assert safeguard in launch.mitigations
    assert safeguard not in {one.mitigation for one in launch.placements}
