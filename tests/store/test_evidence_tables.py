"""Runs and metrics go in and come out as they were read; what cannot be is refused."""

from datetime import UTC, datetime
from typing import Any

import pytest
from sqlmodel import SQLModel

from tests.cast import NOW
from tests.evidence_factories import (
    METRIC,
    TASK,
    TOOL,
    a_confirmation,
    a_correction,
    a_metric,
    a_run,
    metric_row,
)
from tests.factories import AURORA, a_launch, a_risk, stamp
from tracker.domain.errors import HoldpointError, InvalidInput, NotFound
from tracker.domain.evidence import EvidenceRecord, MetricDefinitionRecord
from tracker.domain.words import (
    CorrectionKind,
    Direction,
    EvidenceFlag,
    EvidenceFormat,
    ExposureStage,
    Origin,
    Safeguards,
    Scale,
)
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import (
    EvidenceCorrection,
    EvidenceRisk,
    EvidenceRun,
    MetricDefinition,
)

RUN = f"{AURORA}/E-1"
TWICE = "already|in the place of another"
NOT_FINITE = [float("nan"), float("inf"), float("-inf")]


@pytest.fixture(scope="module")
def scene(shared_store: Store) -> Store:
    """A launch with a risk and a run of one metric; every test leaves it as it is."""
    a_launch(shared_store)
    a_risk(shared_store)
    a_run(shared_store)
    a_metric(shared_store)
    return shared_store


def refused(store: Store, row: SQLModel) -> str:
    before = store.revision()
    with pytest.raises(InvalidInput) as error, store.writing(stamp()) as session:
        session.add(row)
    assert store.revision() == before
    return str(error.value)


def by_hand(store: Store, statement: str) -> str:
    with pytest.raises(InvalidInput) as error, store.writing(stamp()) as session:
        session.connection().exec_driver_sql(statement)
    return str(error.value)


def a_run_row(**fields: Any) -> EvidenceRun:
    values: dict[str, Any] = {
        "ref": f"{AURORA}/E-2",
        "launch": AURORA,
        "number": 2,
        "file_name": "b.json",
        "sha256": "b" * 64,
        "size": 1,
        "format": EvidenceFormat.GARAK,
        "tool": "garak",
        "model_version": "v1",
        "configuration": "as shipped",
        "imported_by": "dana",
        "exposure_stage": ExposureStage.NONE,
        "imported_at": NOW,
    }
    return EvidenceRun(**(values | fields))


def test_a_run_comes_back_as_it_was_read(store: Store) -> None:
    a_launch(store)
    ref = a_run(
        store,
        file_name="größe 漢字.eval",
        size=5_000_000_000,
        part="accuracy",
        format=EvidenceFormat.INSPECT_EVAL,
        tool_version="0.3.1",
        run_id="9Zq",
        ran_at=datetime(2026, 3, 1, 23, 59, 59, 999999, UTC),
        model_version="openai/v1",
        safeguards=Safeguards.ON,
        flags=[EvidenceFlag.EDITED, EvidenceFlag.LIMITED],
        warnings=["Only 100 of 2,000 samples were asked for.", "Edited by hand."],
        source="System card, section 2",
        origin=Origin.PUBLISHED,
    )
    with store.reading() as session:
        run = queries.get_run(session, ref).run
        assert queries.run_hashes(session, AURORA) == {(run.sha256, "accuracy")}
    assert (run.short_ref, run.file_name, run.size) == ("E-1", "größe 漢字.eval", 5_000_000_000)
    assert run.ran_at == datetime(2026, 3, 1, 23, 59, 59, 999999, UTC)
    assert run.flags == {EvidenceFlag.LIMITED, EvidenceFlag.EDITED}
    assert all(isinstance(flag, EvidenceFlag) for flag in run.flags)
    assert run.warnings == ("Only 100 of 2,000 samples were asked for.", "Edited by hand.")
    assert (run.format, run.safeguards) == (EvidenceFormat.INSPECT_EVAL, Safeguards.ON)
    assert run.release == ("openai/v1", "as shipped", ExposureStage.STAGED_ROLLOUT)
    assert (run.origin, run.equivalences, run.confirmations) == (Origin.PUBLISHED, (), ())


def test_a_run_without_a_date_or_flags_comes_back_so(store: Store) -> None:
    a_launch(store)
    ref = a_run(store, ran_at=None, model_version="")
    with store.reading() as session:
        run = queries.get_run(session, ref).run
    assert (run.ran_at, run.model_version, run.flags, run.warnings) == (None, "", frozenset(), ())


def test_a_metric_comes_back_as_it_was_read(store: Store) -> None:
    a_launch(store)
    full: dict[str, Any] = {
        "task": "harm",
        "metric": "rate",
        "slice": "German",
        "value": 0.1 + 0.2,
        "stderr": 1e-9,
        "n": 10,
        "passed": 3,
        "failed": 7,
        "errored": 2,
        "qualifier": "more than",
        "unit": "% of completions",
        "higher_is_better": False,
        "conditions": {"task version": "2", "judge": "gpt-4"},
    }
    bare = dict.fromkeys(("value", "stderr", "n", "passed", "failed", "higher_is_better"))
    ref = a_run(store, AURORA, full, {**bare, "conditions": {}})
    with store.reading() as session:
        first, second = queries.get_run(session, ref).evidence
        assert queries.get_evidence(session, first.id) == first
    assert first == EvidenceRecord(id=first.id, run=ref, **full)
    assert second == EvidenceRecord(
        second.id, ref, TASK, METRIC, "", None, None, None, None, None, 0, "", "", None, {}
    )


def test_a_definition_comes_back_by_tool_and_metric(scene: Store) -> None:
    with scene.reading() as session:
        found = queries.metric_definitions(session)
    assert found == {
        (TOOL, METRIC): MetricDefinitionRecord(
            TOOL, METRIC, Direction.HIGHER, Scale.SHARE, "", "ben", Origin.ENTERED
        )
    }


def test_the_ledger_holds_every_run_of_the_launch_and_every_metric(store: Store) -> None:
    for launch in (AURORA, "borealis-2"):
        a_launch(store, launch)
    refs = [a_run(store, AURORA, {}, {"metric": "b"}) for _ in range(11)]
    a_run(store, "borealis-2")
    with store.reading() as session:
        ledger = queries.ledger(session, AURORA)
    assert [one.run.ref for one in ledger] == refs
    assert [[metric.metric for metric in one.evidence] for one in ledger] == [[METRIC, "b"]] * 11


def test_a_run_or_metric_that_is_not_there_is_named(scene: Store) -> None:
    with scene.reading() as session:
        with pytest.raises(NotFound, match=f"E-2.*{RUN}"):
            queries.get_run(session, f"{AURORA}/E-2")
        with pytest.raises(NotFound, match="no evidence “999”"):
            queries.get_evidence(session, 999)


def test_every_kind_of_row_leaves_its_record(store: Store) -> None:
    a_launch(store)
    ref = a_run(store, AURORA, {}, {"metric": "b"}, flags=[EvidenceFlag.LIMITED])
    a_correction(store, 1)
    with store.reading() as session:
        found = queries.changes(session, subject=ref)
    assert [change.entity for change in found] == [
        *("correction of evidence", "evidence", "evidence", "evidence run")
    ]
    assert {change.launch for change in found} == {AURORA}
    assert found[-1].fields["flags"] == (None, '["limited"]')
    assert found[-2].fields["value"] == (None, "0.95")


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"number": 3}, "ref_fits"),
        ({"number": 0, "ref": f"{AURORA}/E-0"}, "number_from_one"),
        ({"size": -1}, "size_not_negative"),
        ({"sha256": "b" * 63}, "sha256_digits"),
        ({"sha256": "B" * 64}, "sha256_digits"),
        ({"sha256": "g" * 64}, "sha256_digits"),
        ({"launch": "nothing", "ref": "nothing/E-2"}, "not in the register"),
        ({"imported_by": "nobody"}, "not in the register"),
        ({"flags": ["made up"]}, "flags"),
        ({"tool": "x" * 121}, "tool"),
        ({"part": "x" * 201}, "part"),
    ],
)
def test_a_run_that_cannot_be_is_refused(scene: Store, fields: dict[str, Any], rule: str) -> None:
    with pytest.raises(InvalidInput, match=rule), scene.writing(stamp()) as session:
        session.add(a_run_row(**fields))


def test_a_part_of_a_file_is_on_a_launch_once_and_on_another_again(store: Store) -> None:
    for launch in (AURORA, "borealis-2"):
        a_launch(store, launch)
        a_run(store, launch, sha256="c" * 64, part="one")
    a_run(store, sha256="c" * 64, part="two")
    with pytest.raises(HoldpointError, match=TWICE):
        a_run(store, sha256="c" * 64, part="one")


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"stderr": -0.1}, "stderr_finite"),
        ({"n": -1, "passed": None, "failed": None}, "n_range"),
        ({"n": 2_000_000_000, "passed": None, "failed": None}, "n_range"),
        ({"errored": -1}, "errored_range"),
        ({"passed": 96}, "outcomes_make_n"),
        ({"passed": -5, "failed": 105}, "outcomes_make_n"),
        ({"passed": 105, "failed": -5}, "outcomes_make_n"),
        ({"failed": None}, "outcomes_make_n"),
        ({"passed": None}, "outcomes_make_n"),
        ({"n": None}, "outcomes_make_n"),
        ({"run": f"{AURORA}/E-9"}, "not in the register"),
    ],
)
def test_a_metric_that_cannot_be_is_refused(
    scene: Store, fields: dict[str, Any], rule: str
) -> None:
    assert rule in refused(scene, metric_row(**({"run": RUN} | fields)))


@pytest.mark.parametrize("value", NOT_FINITE)
@pytest.mark.parametrize("column", ["value", "stderr"])
def test_what_is_no_number_is_refused_before_the_database(
    scene: Store, column: str, value: float
) -> None:
    with pytest.raises(InvalidInput, match=column), scene.writing(stamp()) as session:
        session.add(metric_row(RUN, **{column: value}))


@pytest.mark.parametrize("value", ["9e999", "-9e999", "'NaN'"])
@pytest.mark.parametrize("column", ["value", "stderr"])
def test_what_is_no_number_is_refused_by_the_database_too(
    scene: Store, column: str, value: str
) -> None:
    if not scene.is_sqlite:
        value = {"9e999": "'Infinity'", "-9e999": "'-Infinity'"}.get(value, value)
    insert = (
        f"INSERT INTO evidence (run, task, metric, slice, {column}, errored, qualifier, unit,"
        f" conditions) VALUES ('{RUN}', 't', 'm', '', {value}, 0, '', '', '{{}}')"
    )
    assert f"{column}_finite" in by_hand(scene, insert)


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"kind": CorrectionKind.REMAPPED, "task": "t"}, "slot_fits_kind"),
        ({"kind": CorrectionKind.REMAPPED}, "slot_fits_kind"),
        ({"task": "t", "metric": "m"}, "slot_fits_kind"),
        ({"run": f"{AURORA}/E-7"}, "not in the register"),
        ({"evidence": 99}, "not in the register"),
    ],
)
def test_a_correction_that_cannot_be_is_refused(
    scene: Store, fields: dict[str, Any], rule: str
) -> None:
    values: dict[str, Any] = {
        "run": RUN,
        "evidence": 1,
        "kind": CorrectionKind.WITHDRAWN,
        "reason": "Wrong key.",
        "corrected_by": "ben",
        "corrected_at": NOW,
    }
    assert rule in refused(scene, EvidenceCorrection(**(values | fields)))


def test_somebody_confirms_a_run_once(store: Store) -> None:
    a_launch(store)
    ref = a_run(store)
    a_confirmation(store, ref)
    a_confirmation(store, ref, confirmed_by="eli")
    with pytest.raises(HoldpointError, match=TWICE):
        a_confirmation(store, ref)


def test_evidence_is_linked_to_risks_that_are_there(scene: Store) -> None:
    assert "not in the register" in refused(scene, EvidenceRisk(evidence=1, risk=f"{AURORA}/R-9"))
    assert "not in the register" in refused(scene, EvidenceRisk(evidence=9, risk=f"{AURORA}/R-1"))


@pytest.mark.parametrize(
    ("table", "column"),
    [("metric_definition", "direction"), ("metric_definition", "scale")],
)
def test_a_word_outside_the_vocabulary_is_refused(scene: Store, table: str, column: str) -> None:
    assert "not acceptable" in by_hand(scene, f"UPDATE {table} SET {column} = 'sideways'")


def test_a_definition_that_no_gate_reads_may_be_corrected(store: Store) -> None:
    a_metric(store)
    with store.writing(stamp()) as session:
        session.get_one(MetricDefinition, (TOOL, METRIC)).direction = Direction.LOWER
    with store.reading() as session:
        assert queries.metric_definitions(session)[TOOL, METRIC].direction is Direction.LOWER
        (last, _) = queries.changes(session, subject=TOOL)
    assert last.fields["direction"] == ("higher is better", "lower is better")
    assert last.fields["metric"] == (METRIC, METRIC)
