"""What is permanent stays as it is, whoever holds the database; and tampering shows."""

import pytest
from sqlalchemy import create_engine
from sqlalchemy.exc import DBAPIError

from tests.cast import NOW
from tests.evidence_factories import (
    METRIC,
    TOOL,
    a_confirmation,
    a_correction,
    a_determination,
    a_gate,
    a_metric,
    a_run,
    a_waiver,
    an_attestation,
    an_attested_gate,
    an_equivalence,
)
from tests.factories import (
    AURORA,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    a_verification,
    an_assessment,
    stamp,
)
from tests.review_factories import (
    a_condition,
    a_decision,
    a_dropped_risk,
    a_note,
    a_recommendation,
    a_review,
    a_snapshot,
    a_stored_export,
    a_withholding,
    an_acceptance,
    an_answer,
    an_export,
    an_exposure,
    an_objection,
)
from tracker.domain.errors import RuleViolation
from tracker.domain.review_words import WithheldClass
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import verify_chain
from tracker.store.tables import (
    Assessment,
    Evidence,
    EvidenceRun,
    Gate,
    GateWaiver,
    Launch,
    MetricDefinition,
    Mitigation,
    MitigationVerification,
    Person,
    Risk,
    ThresholdDetermination,
)

KEYS = {
    "assessment": "id",
    "mitigation_verification": "id",
    "change": "seq",
    "evidence_run": "number",
    "evidence": "id",
    "evidence_correction": "id",
    "evidence_equivalence": "id",
    "evidence_confirmation": "id",
    "gate_attestation": "id",
    "required_safeguard": "determination",
    "snapshot": "number",
    "stored_export": "product_version",
    "export_log": "id",
    "sign_off": "id",
    "objection_answer": "sign_off",
    "recommendation": "id",
    "decision": "number",
    "exposure": "id",
    "meeting_note": "id",
    "evidence_withholding": "id",
    "dropped_risk": "reason",
}
KEPT = [
    *("metric_definition", "gate", "gate_waiver", "threshold_determination"),
    *("review", "condition", "acceptance"),
]


def fill(store: Store) -> Store:
    a_launch(store)
    risk = a_risk(store)
    an_assessment(store, risk)
    mitigation = a_placement(store, a_mitigation(store, {risk: (0.1, 0.2, 0.3)}))
    a_verification(store, mitigation, risk, 0.1)
    a_metric(store)
    run = a_run(store)
    a_correction(store, 1)
    an_equivalence(store, run)
    a_confirmation(store, run)
    a_waiver(store, a_gate(store, withdrawal_asked_by="ben", withdrawal_confirmed_by="dana"))
    a_waiver(store, f"{AURORA}/G-1", ended_by="ben")
    an_attestation(store, an_attested_gate(store))
    a_determination(store, safeguards=[mitigation], confirmed_by="dana")
    proceedings(store, risk, run)
    return store


def proceedings(store: Store, risk: str, run: str) -> None:
    """A review with all that came of it, in part signed and ended."""
    review = a_review(store, closed_by="ben", closed_at=NOW)
    snapshot = a_snapshot(store, review)
    a_stored_export(store, snapshot)
    an_export(store, snapshot=snapshot)
    an_answer(store, an_objection(store, snapshot))
    a_recommendation(store, snapshot)
    a_condition(store, review, decision=a_decision(store, snapshot))
    an_exposure(store)
    signed = {"lead": "gil", "officer": "eli", "approver": "hana"}
    an_acceptance(store, risk, **signed, fired_on=NOW.date(), ended_by="ben")
    a_note(store, review)
    a_withholding(store, run, WithheldClass.SECURITY)
    a_launch(store, "aurora-2", name="Aurora 2")
    a_dropped_risk(store, "aurora-2", risk)


@pytest.fixture(scope="module")
def filled(shared_store: Store) -> Store:
    """A register with one of everything that is permanent; every test leaves it as it is."""
    return fill(shared_store)


@pytest.fixture
def to_tamper_with(store: Store) -> Store:
    """The same, of a test's own."""
    return fill(store)


def by_hand(store: Store, *statements: str) -> None:
    """Run statements on a connection of one's own, past everything of the store."""
    engine = create_engine(store.engine.url)
    try:
        with engine.begin() as connection:
            for statement in statements:
                connection.exec_driver_sql(statement)
    finally:
        engine.dispose()


@pytest.mark.parametrize("table", [*KEYS])
def test_a_permanent_row_is_neither_changed_nor_deleted_by_any_hand(
    filled: Store, table: str
) -> None:
    for statement in (f"UPDATE {table} SET {KEYS[table]} = 999", f"DELETE FROM {table}"):
        with pytest.raises(DBAPIError, match="holdpoint refuses"):
            by_hand(filled, statement)


@pytest.mark.parametrize("table", [*KEYS])
def test_a_permanent_row_is_not_replaced_or_emptied_away(filled: Store, table: str) -> None:
    trick = (
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        if filled.is_sqlite
        else f"TRUNCATE {table} CASCADE"
    )
    with pytest.raises(DBAPIError, match="holdpoint refuses"):
        by_hand(filled, trick)


@pytest.mark.parametrize("table", ["launch", "risk", "mitigation", "person", *KEPT])
def test_what_has_a_reference_is_never_deleted(filled: Store, table: str) -> None:
    with pytest.raises(DBAPIError, match="holdpoint refuses"):
        by_hand(filled, f"DELETE FROM {table}")


@pytest.mark.parametrize("table", KEPT)
def test_what_is_decided_upon_is_not_replaced_or_emptied_away(filled: Store, table: str) -> None:
    trick = (
        f"INSERT OR REPLACE INTO {table} SELECT * FROM {table}"
        if filled.is_sqlite
        else f"TRUNCATE {table} CASCADE"
    )
    with pytest.raises(DBAPIError, match="holdpoint refuses"):
        by_hand(filled, trick)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
@pytest.mark.parametrize("fields", [("2", "sha256"), ("number", "replace(sha256, 'a', 'b')")])
def test_a_run_gives_way_to_no_other_of_its_file_or_number(
    to_tamper_with: Store, fields: tuple[str, str]
) -> None:
    number, digits = fields
    columns = "file_name, size, part, format, tool, tool_version, run_id, model_version"
    rest = (
        f"{columns}, configuration, exposure_stage, safeguards, flags, warnings, source,"
        " imported_by, imported_at, origin"
    )
    twin = (
        f"INSERT OR REPLACE INTO evidence_run (ref, launch, number, sha256, {rest})"
        f" SELECT launch || '/E-' || {number}, launch, {number}, {digits}, {rest}"
        " FROM evidence_run WHERE number = 1"
    )
    with pytest.raises(DBAPIError, match="in the place of another"):
        by_hand(to_tamper_with, twin)


@pytest.mark.parametrize(
    ("table", "change"),
    [
        ("gate", "withdrawal_confirmed_by = 'eli'"),
        ("gate", "withdrawal_confirmed_by = NULL"),
        ("gate_waiver", "ended_by = NULL"),
        ("threshold_determination", "confirmed_by = NULL"),
        ("threshold_determination", "confirmed_by = 'eli'"),
    ],
)
def test_who_confirmed_or_ended_something_stays_written(
    filled: Store, table: str, change: str
) -> None:
    with pytest.raises(DBAPIError, match="holdpoint refuses: to change who"):
        by_hand(filled, f"UPDATE {table} SET {change}")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        *(("review", name) for name in ("closed_by", "closed_at")),
        ("condition", "decision"),
        *(("acceptance", name) for name in ("lead", "officer", "approver", "fired_on", "ended_by")),
    ],
)
def test_who_closed_signed_or_ended_something_stays_written(
    filled: Store, table: str, column: str
) -> None:
    with pytest.raises(DBAPIError, match="holdpoint refuses: to change what was written once"):
        by_hand(filled, f"UPDATE {table} SET {column} = NULL")


@pytest.mark.parametrize(
    ("table", "column"),
    [
        ("launch", "key"),
        ("risk", "ref"),
        ("risk", "launch"),
        ("risk", "number"),
        ("mitigation", "ref"),
        ("mitigation", "number"),
        ("person", "key"),
        ("metric_definition", "tool"),
        ("metric_definition", "metric"),
        *(("gate", name) for name in ("ref", "number", "tool", "task", "metric", "configuration")),
        *(("gate_waiver", name) for name in ("gate", "state", "until", "threshold", "latest_run")),
        *(("threshold_determination", name) for name in ("area", "outcome", "determined_by")),
        *(("review", name) for name in ("ref", "launch", "number", "opened_by", "origin")),
        *(("condition", name) for name in ("text", "test", "owner", "due", "blocking", "review")),
        *(("acceptance", name) for name in ("risk", "level", "until", "fails_if", "requested_by")),
    ],
)
def test_a_reference_never_changes(filled: Store, table: str, column: str) -> None:
    with pytest.raises(DBAPIError, match="holdpoint refuses"):
        by_hand(filled, f"UPDATE {table} SET {column} = {column}")


def test_an_assessment_cannot_be_edited_through_the_store(filled: Store) -> None:
    with (
        pytest.raises(RuleViolation, match="to change an assessment, which is permanent"),
        filled.writing(stamp()) as session,
    ):
        session.get_one(Assessment, 1).likelihood = 1
    with filled.reading() as session:
        (assessment,) = queries.risk_assessments(session, f"{AURORA}/R-1")
        assert assessment.picks.likelihood == 3


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        (Assessment, 1),
        (MitigationVerification, 1),
        (Risk, f"{AURORA}/R-1"),
        (Mitigation, "M-1"),
        (Launch, AURORA),
        (Person, "cleo"),
        (EvidenceRun, f"{AURORA}/E-1"),
        (Evidence, 1),
        (Gate, f"{AURORA}/G-1"),
        (GateWaiver, 1),
        (ThresholdDetermination, 1),
        (MetricDefinition, (TOOL, METRIC)),
    ],
)
def test_nothing_permanent_is_deleted_through_the_store(
    filled: Store, kind: type, key: object
) -> None:
    before = filled.revision()
    with pytest.raises(RuleViolation, match="delete"), filled.writing(stamp()) as session:
        session.delete(session.get_one(kind, key))
    assert filled.revision() == before


def unlock(store: Store) -> list[str]:
    """What somebody has to run who wants to change the record after all."""
    on = "" if store.is_sqlite else " ON change"
    return [f"DROP TRIGGER change_no_update{on}", f"DROP TRIGGER change_no_delete{on}"]


@pytest.mark.parametrize(
    "tampering",
    [
        "UPDATE change SET reason = 'I was never here' WHERE seq = 5",
        "UPDATE change SET actor = 'cleo' WHERE seq = 5",
        "UPDATE change SET subject = 'M-9' WHERE seq = 5",
        "UPDATE change SET fields = '{}' WHERE seq = 5",
        "UPDATE change SET authenticated = true WHERE seq = 5",
        "UPDATE change SET launch = 'aurora-2' WHERE seq = 5",
        "DELETE FROM change WHERE seq = 5",
    ],
)
def test_tampering_with_the_record_shows_where_it_happened(
    to_tamper_with: Store, tampering: str
) -> None:
    with to_tamper_with.reading() as session:
        assert verify_chain(session) is None
    by_hand(to_tamper_with, *unlock(to_tamper_with), tampering)
    with to_tamper_with.reading() as session:
        assert verify_chain(session) == 5


def test_a_record_slipped_in_at_the_end_shows(to_tamper_with: Store) -> None:
    end = to_tamper_with.revision()
    by_hand(
        to_tamper_with,
        "INSERT INTO change (seq, at, actor, actor_name, authenticated, action, entity, subject,"
        " fields, reason, previous_hash, hash) SELECT seq + 1, at, actor, actor_name,"
        " authenticated, action, entity, subject, fields, reason, hash, 'made up'"
        f" FROM change WHERE seq = {end}",
    )
    with to_tamper_with.reading() as session:
        assert verify_chain(session) == end + 1
