"""Gates and what answers and overrides them: kept as written, and refused where they cannot be."""

from datetime import timedelta
from typing import Any

import pytest
from sqlmodel import Session

from tests.cast import NOW, TODAY
from tests.evidence_factories import (
    METRIC,
    TASK,
    TOOL,
    a_determination,
    a_gate,
    a_metric,
    a_run,
    a_waiver,
    an_attestation,
    an_attested_gate,
)
from tests.factories import AURORA, a_launch, a_mitigation, stamp
from tracker.domain.errors import InvalidInput, NotFound, RuleViolation, StaleEdit
from tracker.domain.gates import (
    AttestationRecord,
    DeterminationRecord,
    GateRecord,
    WaiverRecord,
)
from tracker.domain.words import (
    Confidence,
    Direction,
    ExposureStage,
    GateCoverage,
    GateKind,
    GateState,
    Origin,
    ThresholdOutcome,
)
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Gate, GateWaiver, MetricDefinition, RequiredSafeguard

GATE = f"{AURORA}/G-1"
RUN = f"{AURORA}/E-1"
RELEASE = ("v1", "as shipped", ExposureStage.STAGED_ROLLOUT)


@pytest.fixture(scope="module")
def scene(shared_store: Store) -> Store:
    """A launch with a run, a measured and an attested gate; every test leaves it as it is."""
    return set_up(shared_store)


@pytest.fixture
def own(store: Store) -> Store:
    """The same, of a test's own."""
    return set_up(store)


def set_up(store: Store) -> Store:
    a_launch(store)
    a_metric(store)
    a_run(store)
    a_gate(store)
    an_attested_gate(store)
    a_mitigation(store)
    return store


def by_hand(store: Store, statement: str) -> str:
    with pytest.raises(InvalidInput) as error, store.writing(stamp()) as session:
        session.connection().exec_driver_sql(statement)
    return str(error.value)


def test_a_measured_gate_comes_back_as_it_was_written(own: Store) -> None:
    ref = a_gate(
        own,
        coverage=GateCoverage.EVERY_SLICE,
        confidence=0.99,
        min_n=300,
        max_age_days=90,
        must_pass=False,
        baseline=RUN,
        margin=0.0,
        rationale="Agreed with the area lead.",
        planned_on=TODAY,
        planned_by="eli",
        planned_n=500,
        withdrawal_asked_by="ben",
        withdrawal_reason="A better one is written.",
        withdrawal_confirmed_by="dana",
    )
    with own.reading() as session:
        gate = queries.get_gate(session, ref)
    assert gate == GateRecord(
        *(ref, AURORA, 3, "Gate 3", "fraud_scams", GateKind.MEASURED, TOOL, TASK, METRIC),
        *("as shipped", 0.9, GateCoverage.EVERY_SLICE, 0.99, 300, 90, False, RUN, 0.0, ""),
        *("Agreed with the area lead.", TODAY, "eli", 500, "ben", "ben"),
        *("A better one is written.", "dana", Origin.ENTERED, 1),
    )
    assert (gate.short_ref, gate.withdrawn) == ("G-3", True)


def test_an_attested_gate_has_no_slot(scene: Store) -> None:
    with scene.reading() as session:
        gate = queries.get_gate(session, f"{AURORA}/G-2")
    assert (gate.kind, gate.slot, gate.threshold) == (GateKind.ATTESTED, None, None)
    assert gate.statement == "Legal has read the terms of use."


def test_an_attestation_comes_back_as_it_was_made(own: Store) -> None:
    number = an_attestation(own, f"{AURORA}/G-2", met=False)
    with own.reading() as session:
        (launch,) = queries.launch_inputs(session)
    assert launch.attestations == (
        AttestationRecord(
            *(number, f"{AURORA}/G-2", False, "Read on this day.", "Minutes of legal", "a" * 64),
            *("dana", TODAY, TODAY + timedelta(days=30), *RELEASE, Origin.ENTERED),
        ),
    )


def test_a_waiver_comes_back_as_it_was_asked_for_and_signed(own: Store) -> None:
    number = a_waiver(own, GATE, evidence=RUN, latest_run=1, state=GateState.FAILED)
    with own.writing(stamp()) as session:
        row = session.get_one(GateWaiver, number)
        row.officer, row.approver = "ben", "eli"
    with own.reading() as session:
        waiver = queries.get_waiver(session, number)
    assert waiver == WaiverRecord(
        *(number, GATE, GateState.FAILED, RUN, 1, "at least 0.9", "The run takes two weeks."),
        *("Every answer is looked at.", TODAY + timedelta(days=30), "dana", NOW, "ben", "eli"),
        *(None, *RELEASE, Origin.ENTERED, 2),
    )


def test_a_determination_comes_back_with_its_safeguards(own: Store) -> None:
    number = a_determination(own, safeguards=["M-1"])
    with own.reading() as session:
        found = queries.get_determination(session, number)
    assert found == DeterminationRecord(
        *(number, AURORA, "cbrn", ThresholdOutcome.CANNOT_RULE_OUT, Confidence.MEDIUM),
        *("The test was passed by one of three teams.", ("M-1",), "ben", TODAY, None),
        *(*RELEASE, Origin.ENTERED, 1),
    )


def test_what_is_not_there_is_named(scene: Store) -> None:
    with scene.reading() as session:
        with pytest.raises(NotFound, match=f"G-7.*{GATE}"):
            queries.get_gate(session, f"{AURORA}/G-7")
        with pytest.raises(NotFound, match="no waiver “7”"):
            queries.get_waiver(session, 7)
        with pytest.raises(NotFound, match="no frontier determination “7”"):
            queries.get_determination(session, 7)


NOT_MEASURED: list[dict[str, Any]] = [
    {"tool": None},
    {"task": None},
    {"metric": None},
    {"configuration": None},
    {"threshold": None},
]


@pytest.mark.parametrize("fields", NOT_MEASURED)
def test_a_measured_gate_without_what_it_reads_is_refused(
    scene: Store, fields: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput, match="kind_has_its_columns"):
        a_gate(scene, **fields)


@pytest.mark.parametrize(
    "fields",
    [
        {"tool": TOOL, "metric": METRIC},
        {"task": TASK},
        {"configuration": "as shipped"},
        {"threshold": 0.5},
        {"min_n": 10},
        {"baseline": RUN, "margin": 0.1},
        {"statement": ""},
    ],
)
def test_an_attested_gate_with_a_metric_or_without_a_statement_is_refused(
    scene: Store, fields: dict[str, Any]
) -> None:
    with pytest.raises(InvalidInput, match="kind_has_its_columns"):
        an_attested_gate(scene, **fields)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"metric": "nobody defined it"}, "not in the register"),
        ({"area": "nowhere"}, "not in the register"),
        ({"baseline": f"{AURORA}/E-9", "margin": 0.1}, "not in the register"),
        ({"baseline": RUN}, "margin_with_baseline"),
        ({"margin": 0.1}, "margin_with_baseline"),
        ({"baseline": RUN, "margin": -0.1}, "margin_finite"),
        ({"confidence": 0.49}, "confidence_range"),
        ({"confidence": 1.0}, "confidence_range"),
        ({"min_n": 0}, "min_n_range"),
        ({"max_age_days": 0}, "max_age_days_range"),
        ({"max_age_days": 3651}, "max_age_days_range"),
        ({"planned_on": TODAY}, "plan_is_whole"),
        ({"planned_by": "eli"}, "plan_is_whole"),
        ({"planned_n": 5}, "plan_is_whole"),
        ({"planned_on": TODAY, "planned_by": "eli", "planned_n": 0}, "planned_n_range"),
        ({"withdrawal_confirmed_by": "ben"}, "confirmed_by_another"),
        (
            {"withdrawal_asked_by": "ben", "withdrawal_confirmed_by": "ben"},
            "confirmed_by_another",
        ),
        ({"threshold": float("nan")}, "threshold"),
        ({"threshold": float("inf")}, "threshold"),
        ({"confidence": float("nan")}, "confidence"),
        ({"baseline": RUN, "margin": float("inf")}, "margin"),
    ],
)
def test_a_gate_that_cannot_be_is_refused(scene: Store, fields: dict[str, Any], rule: str) -> None:
    before = scene.revision()
    with pytest.raises(InvalidInput, match=rule):
        a_gate(scene, **fields)
    assert scene.revision() == before


@pytest.mark.parametrize("column", ["threshold", "margin", "confidence"])
@pytest.mark.parametrize("value", ["Infinity", "-Infinity", "NaN"])
def test_what_is_no_number_is_refused_by_the_database_too(
    scene: Store, column: str, value: str
) -> None:
    infinite = {"Infinity": "9e999", "-Infinity": "-9e999"}
    shown = infinite.get(value, f"'{value}'") if scene.is_sqlite else f"'{value}'"
    statement = f"UPDATE gate SET {column} = {shown} WHERE ref = '{GATE}'"
    assert f"ck_gate_{column}" in by_hand(scene, statement)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"expires": TODAY - timedelta(days=1)}, "expires_later"),
        ({"document_sha256": "a" * 63}, "sha256_digits"),
        ({"attested_by": "nobody"}, "not in the register"),
    ],
)
def test_an_attestation_that_cannot_be_is_refused(
    scene: Store, fields: dict[str, Any], rule: str
) -> None:
    with pytest.raises(InvalidInput, match=rule):
        an_attestation(scene, f"{AURORA}/G-2", **fields)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"state": GateState.PASSED}, "overrides_something"),
        ({"latest_run": -1}, "latest_run_not_negative"),
        ({"officer": "dana"}, "signed_by_others"),
        ({"approver": "dana"}, "signed_by_others"),
        ({"officer": "ben", "approver": "ben"}, "signed_by_others"),
        ({"evidence": f"{AURORA}/E-9"}, "not in the register"),
    ],
)
def test_a_waiver_that_cannot_be_is_refused(
    scene: Store, fields: dict[str, Any], rule: str
) -> None:
    with pytest.raises(InvalidInput, match=rule):
        a_waiver(scene, GATE, **fields)


def test_a_determination_is_not_confirmed_by_who_made_it(scene: Store) -> None:
    with pytest.raises(InvalidInput, match="confirmed_by_another"):
        a_determination(scene, confirmed_by="ben")


def test_a_safeguard_is_of_the_launch_of_its_determination(own: Store) -> None:
    a_launch(own, "borealis-2")
    number = a_determination(own)
    row = RequiredSafeguard(determination=number, mitigation="M-1", launch="borealis-2")
    with pytest.raises(InvalidInput, match="not in the register"), own.writing(stamp()) as session:
        session.add(row)


@pytest.mark.parametrize("withdrawn", [False, True])
def test_what_a_metric_means_stays_once_a_gate_reads_it(store: Store, withdrawn: bool) -> None:
    a_launch(store)
    a_metric(store)
    gone = {"withdrawal_asked_by": "ben", "withdrawal_confirmed_by": "dana"}
    a_gate(store, **(gone if withdrawn else {}))
    with (
        pytest.raises(RuleViolation, match="what a metric means that a gate reads"),
        store.writing(stamp()) as session,
    ):
        session.get_one(MetricDefinition, (TOOL, METRIC)).direction = Direction.LOWER
    with store.writing(stamp()) as session:
        session.get_one(MetricDefinition, (TOOL, METRIC)).note = "Of all prompts."
    with store.reading() as session:
        assert queries.metric_definitions(session)[TOOL, METRIC].note == "Of all prompts."


def test_the_second_of_two_edits_of_a_gate_is_refused(own: Store) -> None:
    with pytest.raises(StaleEdit, match="G-1"), own.writing(stamp()) as session:
        edit_twice(session)


def edit_twice(session: Session) -> None:
    """Change a gate that somebody else changes meanwhile."""
    row = session.get_one(Gate, GATE)
    session.connection().exec_driver_sql(f"UPDATE gate SET row_version = 2 WHERE ref = '{GATE}'")
    row.threshold = 0.95


def test_every_kind_of_row_leaves_its_record_under_what_it_belongs_to(own: Store) -> None:
    a_waiver(own, GATE)
    an_attestation(own, f"{AURORA}/G-2")
    a_determination(own, safeguards=["M-1"])
    with own.reading() as session:
        found = queries.changes(session, launch=AURORA, limit=4)
    assert [(change.entity, change.subject) for change in found] == [
        ("required safeguard", "M-1"),
        ("frontier determination", AURORA),
        ("attestation of a gate", f"{AURORA}/G-2"),
        ("waiver of a gate", GATE),
    ]
