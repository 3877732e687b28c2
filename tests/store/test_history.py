"""Every row that is written leaves its record, in the same transaction, or is not written."""

from datetime import date, timedelta

import pytest
from sqlalchemy import insert, text, update
from sqlalchemy.orm.attributes import flag_modified

from tests.cast import ADA, BEN, DANA, NOW
from tests.factories import (
    AURORA,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    a_scope,
    a_verification,
    an_assessment,
    stamp,
)
from tracker.domain.changes import ChangeRecord
from tracker.domain.drafts import PartialAssessment
from tracker.domain.errors import InvalidInput
from tracker.domain.words import Applicability, MitigationStatus, Origin
from tracker.sealing.chain import GENESIS, first_break
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.failures import UnrecordedWrite
from tracker.store.history import Stamp, all_changes, verify_chain
from tracker.store.tables import (
    Launch,
    LaunchMitigation,
    LaunchScope,
    Person,
    Risk,
    RiskTag,
)
from tracker.store.writes import keep_draft, remember_request


def last_changes(store: Store, count: int = 1) -> tuple[ChangeRecord, ...]:
    with store.reading() as session:
        return queries.changes(session, limit=count)


def test_an_edit_records_who_when_what_and_why(store: Store) -> None:
    a_launch(store)
    later = NOW + timedelta(days=1, microseconds=5)
    with store.writing(Stamp(BEN, "edit a launch", "The date slipped.", later)) as session:
        launch = session.get_one(Launch, AURORA)
        launch.target_date = date(2026, 5, 1)
        launch.origin = Origin.ILLUSTRATIVE
    (change,) = last_changes(store)
    assert (change.actor, change.actor_name, change.authenticated) == ("ben", "Ben", False)
    assert (change.at, change.action, change.reason) == (
        later,
        "edit a launch",
        "The date slipped.",
    )
    assert (change.entity, change.subject, change.launch) == ("launch", AURORA, AURORA)
    assert change.fields == {
        "target_date": ("2026-04-01", "2026-05-01"),
        "origin": ("entered", "illustrative judgement"),
    }


def test_a_new_row_records_all_its_fields(store: Store) -> None:
    a_launch(store)
    risk = a_risk(store, due=date(2026, 3, 20))
    (change,) = last_changes(store)
    assert (change.entity, change.subject, change.launch) == ("risk", risk, AURORA)
    assert change.fields["number"] == (None, "1")
    assert change.fields["due"] == (None, "2026-03-20")
    assert change.fields["created_at"] == (None, "2026-03-02T09:30:00Z")
    assert change.fields["owner"] == (None, None)
    assert "row_version" not in change.fields


def test_a_deleted_row_records_what_it_held(store: Store) -> None:
    a_launch(store)
    risk = a_risk(store, tags=(("nist_600_1", "GAI-2"),))
    with store.writing(stamp()) as session:
        session.delete(session.get_one(RiskTag, (risk, "nist_600_1", "GAI-2")))
    (change,) = last_changes(store)
    assert (change.entity, change.subject, change.launch) == ("tag of a risk", risk, AURORA)
    assert change.fields == {
        "risk": (risk, None),
        "taxonomy": ("nist_600_1", None),
        "code": ("GAI-2", None),
    }


def test_an_edit_of_a_row_without_a_reference_of_its_own_says_which(store: Store) -> None:
    a_launch(store)
    a_scope(store)
    with store.writing(stamp(BEN)) as session:
        scope = session.get_one(LaunchScope, (AURORA, "fraud_scams"))
        scope.applicability = Applicability.NONE_FOUND
    (change,) = last_changes(store)
    assert change.fields == {
        "launch": (AURORA, AURORA),
        "area": ("fraud_scams", "fraud_scams"),
        "applicability": ("in scope", "none found"),
    }


def test_what_belongs_to_something_is_recorded_under_its_reference(store: Store) -> None:
    a_launch(store)
    risk = a_risk(store, touches=("privacy",), tags=(("mitre", "T1"),))
    mitigation = a_mitigation(store, {risk: (0.1, 0.2, 0.3)}, efforts={"safety": 2.5})
    a_placement(store, mitigation)
    a_verification(store, mitigation, risk, 0.1)
    an_assessment(store, risk)
    found = {(c.entity, c.subject, c.launch) for c in last_changes(store, 9)}
    assert found == {
        ("risk", risk, AURORA),
        ("area touched by a risk", risk, AURORA),
        ("tag of a risk", risk, AURORA),
        ("mitigation", mitigation, None),
        ("effect of a mitigation", mitigation, AURORA),
        ("effort of a mitigation", mitigation, None),
        ("mitigation on a launch", mitigation, AURORA),
        ("verification of a mitigation", mitigation, AURORA),
        ("assessment", risk, AURORA),
    }


def test_an_assessment_is_recorded_with_its_number_and_reasons(store: Store) -> None:
    a_launch(store)
    risk = a_risk(store)
    number = an_assessment(store, risk, reasons={"severity": "It “hurts”."})
    (change,) = last_changes(store)
    assert change.fields["id"] == (None, str(number))
    assert change.fields["reasons"] == (None, '{"severity":"It “hurts”."}')


def test_a_row_set_to_what_it_was_leaves_no_record(store: Store) -> None:
    a_launch(store)
    before = store.revision()
    with store.writing(stamp()) as session:
        session.get_one(Launch, AURORA).name = "Aurora 1"
    assert store.revision() == before


def test_a_row_touched_only_to_raise_its_version_leaves_no_record(store: Store) -> None:
    a_launch(store)
    before = store.revision()
    with store.writing(stamp()) as session:
        flag_modified(session.get_one(Launch, AURORA), "name")
    assert store.revision() == before
    with store.reading() as session:
        assert queries.get_launch(session, AURORA).version == 2


def test_a_value_set_without_looking_is_recorded_with_what_it_replaced(store: Store) -> None:
    a_launch(store)
    with store.writing(stamp()) as session:
        launch = session.get_one(Launch, AURORA)
        session.expire(launch)
        launch.name = "Borealis"
    (change,) = last_changes(store)
    assert change.fields == {"name": ("Aurora 1", "Borealis")}


def test_several_flushes_of_one_transaction_continue_the_chain(store: Store) -> None:
    before = store.revision()
    with store.writing(stamp()) as session:
        for key in ("gus", "hal", "ida"):
            session.add(Person(key=key, name=key))
            session.flush()
    assert store.revision() == before + 3
    with store.reading() as session:
        assert verify_chain(session) is None


def test_what_is_rolled_back_leaves_neither_row_nor_record(store: Store) -> None:
    before = store.revision()

    def change_my_mind() -> None:
        with store.writing(stamp()) as session:
            session.add(Person(key="gus", name="Gus"))
            session.flush()
            raise RuntimeError("changed my mind")

    with pytest.raises(RuntimeError, match="changed my mind"):
        change_my_mind()
    assert store.revision() == before
    with store.reading() as session:
        assert "gus" not in queries.people(session)


def test_a_savepoint_rolled_back_leaves_no_gap(store: Store) -> None:
    before = store.revision()
    with store.writing(stamp()) as session:
        savepoint = session.begin_nested()
        session.add(Person(key="gus", name="Gus"))
        session.flush()
        savepoint.rollback()
        session.add(Person(key="hal", name="Hal"))
    assert store.revision() == before + 1
    with store.reading() as session:
        assert verify_chain(session) is None


def test_an_act_of_the_system_says_so(bare_store: Store) -> None:
    with bare_store.writing(Stamp(None, "create", at=NOW)) as session:
        session.add(Person(key="ada", name="Ada"))
    (change,) = last_changes(bare_store)
    assert (change.actor, change.actor_name, change.seq) == ("system", "system", 1)
    assert change.previous_hash == GENESIS


def test_drafts_requests_and_their_absence_leave_no_record(store: Store) -> None:
    a_launch(store)
    risk = a_risk(store)
    before = store.revision()
    with store.unaudited() as session:
        keep_draft(session, "dana", risk, PartialAssessment(rationale="Not yet"), NOW)
    with store.writing(Stamp(DANA, "assess a risk", at=NOW, request_id="r-1")) as session:
        remember_request(session, Stamp(DANA, "assess a risk", at=NOW, request_id="r-1"), "1")
    assert store.revision() == before


def test_a_write_while_reading_is_refused(store: Store) -> None:
    with store.reading() as session:
        session.add(Person(key="gus", name="Gus"))
        with pytest.raises(UnrecordedWrite, match="would leave no record"):
            session.flush()


def test_a_write_that_is_no_change_cannot_smuggle_one_in(store: Store) -> None:
    with (
        pytest.raises(UnrecordedWrite, match="would leave no record"),
        store.unaudited() as session,
    ):
        session.add(Person(key="gus", name="Gus"))
    with store.reading() as session:
        assert "gus" not in queries.people(session)


@pytest.mark.parametrize(
    "statement",
    [
        update(Person).values(name="Nobody"),
        insert(Person).values(key="gus", name="Gus", active=True, row_version=1),
        Person.metadata.tables["person"].delete(),
        text("UPDATE person SET name = 'Nobody'"),
    ],
)
def test_a_statement_that_writes_past_the_rows_is_refused(store: Store, statement: object) -> None:
    with pytest.raises(UnrecordedWrite, match="past the rows"), store.writing(stamp()) as session:
        session.exec(statement)  # type: ignore[call-overload]
    with store.reading() as session:
        assert "Nobody" not in {person.name for person in queries.people(session).values()}


def test_the_database_itself_refuses_a_write_of_any_other_session(store: Store) -> None:
    with pytest.raises(UnrecordedWrite, match="outside of"), store.reading() as session:
        session.connection().exec_driver_sql("UPDATE person SET name = 'Nobody'")
    with store.reading() as session:
        assert "Nobody" not in {person.name for person in queries.people(session).values()}


def test_the_chain_is_read_in_order_and_is_sound(store: Store) -> None:
    a_launch(store)
    for _ in range(3):
        a_risk(store)
    with store.reading() as session:
        records = [*all_changes(session)]
        head = queries.chain_head(session)
    assert [record.seq for record in records] == [*range(1, head.length + 1)]
    assert records[-1].hash == head.hash
    assert first_break(records) is None


def test_the_chain_of_an_empty_register_has_no_length(bare_store: Store) -> None:
    with bare_store.reading() as session:
        head = queries.chain_head(session)
        assert verify_chain(session) is None
    assert (head.length, head.hash, bare_store.revision()) == (0, GENESIS, 0)


def test_a_status_of_a_placement_is_recorded_with_its_launch(store: Store) -> None:
    a_launch(store)
    mitigation = a_placement(store, a_mitigation(store))
    with store.writing(stamp(ADA)) as session:
        placed = session.get_one(LaunchMitigation, (mitigation, AURORA))
        placed.status = MitigationStatus.IN_PROGRESS
    (change,) = last_changes(store)
    assert change.fields["status"] == ("planned", "in progress")
    assert change.fields["launch"] == (AURORA, AURORA)


def test_text_of_every_script_is_recorded_as_typed(store: Store) -> None:
    a_launch(store)
    title = "=HYPERLINK(“x”) <script> \u202e 火 e\u0301 🧨"
    risk = a_risk(store, title=title)
    (change,) = last_changes(store)
    assert change.fields["title"] == (None, title)
    with store.reading() as session:
        assert session.get_one(Risk, risk).title == title
        assert verify_chain(session) is None


def test_a_reason_is_kept_as_typed_but_for_white_space_around_it() -> None:
    assert Stamp(ADA, "edit a launch", "  Because.\r\nTwice. ").reason == "Because.\nTwice."


@pytest.mark.parametrize("reason", ["x" * 10_000, "nul \x00", "escape \x1b[2J"])
def test_a_reason_that_the_record_cannot_hold_is_refused(reason: str) -> None:
    with pytest.raises(InvalidInput, match="reason"):
        Stamp(ADA, "edit a launch", reason)


def test_text_that_is_too_long_is_refused_on_both_databases(store: Store) -> None:
    a_launch(store)
    risk = a_risk(store)
    with pytest.raises(InvalidInput, match="title"), store.writing(stamp()) as session:
        session.get_one(Risk, risk).title = "x" * 201
