"""Two people at once: nobody's work is lost, and nobody overwrites another unseen."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.cast import BEN, DANA, NOW
from tests.factories import AURORA, a_launch, a_risk, an_assessment, stamp
from tracker.domain.errors import StaleEdit, StoreLocked
from tracker.store import connect, queries
from tracker.store.engine import Store
from tracker.store.history import Stamp, verify_chain
from tracker.store.tables import Launch, Risk, Team
from tracker.store.writes import remember_request

THREADS = 8
EACH = 12


def together(work: Callable[[int], object]) -> list[object]:
    """Run the work on several threads that start at the same moment."""
    start = threading.Barrier(THREADS)

    def run(number: int) -> object:
        start.wait()
        return work(number)

    with ThreadPoolExecutor(THREADS) as pool:
        return [*pool.map(run, range(THREADS))]


def test_the_second_of_two_edits_of_what_both_have_read_is_refused(store: Store) -> None:
    a_launch(store)
    risk = a_risk(store, title="As both saw it")

    def rename(title: str, seen: int) -> None:
        with store.writing(stamp(BEN)) as session:
            row = session.get_one(Risk, risk)
            if row.row_version != seen:
                raise StaleEdit("risk", risk)
            row.title = title

    with store.reading() as session:
        seen = queries.get_risk(session, risk).version
    rename("First", seen)
    with pytest.raises(StaleEdit, match=risk):
        rename("Second", seen)
    with store.reading() as session:
        kept = queries.get_risk(session, risk)
    assert (kept.title, kept.version) == ("First", seen + 1)


def test_a_row_changed_behind_an_open_edit_is_not_overwritten(store: Store) -> None:
    """The belt beneath the write lock: somebody wrote past the store, the version shows it."""
    a_launch(store)
    risk = a_risk(store)

    def edit_while_somebody_else_does() -> None:
        with store.writing(stamp()) as session:
            row = session.get_one(Risk, risk)
            connection = session.connection()
            connection.exec_driver_sql("UPDATE risk SET row_version = 7, title = 'Theirs'")
            row.title = "Mine"

    with pytest.raises(StaleEdit, match=f"changed the risk {risk}"):
        edit_while_somebody_else_does()
    with store.reading() as session:
        assert queries.get_risk(session, risk).title == "Risk 1"


def test_no_update_of_many_threads_is_lost(store: Store) -> None:
    def spend(_number: int) -> None:
        for _ in range(EACH):
            with store.writing(stamp()) as session:
                session.get_one(Team, "safety").person_days += 1

    with store.reading() as session:
        before = queries.teams(session)["safety"].person_days
    together(spend)
    with store.reading() as session:
        assert queries.teams(session)["safety"].person_days == before + THREADS * EACH
        assert verify_chain(session) is None


def test_many_threads_get_numbers_without_gap_or_repeat(store: Store) -> None:
    a_launch(store)
    refs = together(lambda _number: [a_risk(store) for _ in range(EACH)])
    given = {ref for thread in refs for ref in thread}  # type: ignore[attr-defined]
    assert given == {f"{AURORA}/R-{n}" for n in range(1, THREADS * EACH + 1)}
    with store.reading() as session:
        assert verify_chain(session) is None


def test_a_save_sent_twice_at_once_is_done_once(store: Store) -> None:
    a_launch(store)

    def save(_number: int) -> str:
        mark = Stamp(DANA, "create or edit a risk", at=NOW, request_id="form-1")
        with store.writing(mark) as session:
            earlier = queries.find_request(session, "form-1")
            if earlier is not None:
                return earlier.outcome
            session.get_one(Launch, AURORA).note += "x"
            remember_request(session, mark, "done")
        return "done"

    assert together(save) == ["done"] * THREADS
    with store.reading() as session:
        assert queries.get_launch(session, AURORA).note == "x"


def test_a_reader_sees_one_state_while_others_write(store: Store) -> None:
    a_launch(store)
    with store.reading() as session:
        before = queries.launches(session)
        a_risk(store)
        a_launch(store, "aurora-2")
        assert queries.launches(session) == before
        assert queries.launch_inputs(session)[0].risks == ()
    with store.reading() as session:
        assert len(queries.launches(session)) == 2


def test_a_writer_that_waits_too_long_is_told_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connect, "PATIENCE_MS", 100)
    monkeypatch.setattr(connect, "_PRAGMAS", ("PRAGMA busy_timeout = 100",))
    other = Store(connect.make_engine(store.engine.url))
    with (
        store.writing(stamp()),
        pytest.raises(StoreLocked, match="nothing was saved"),
        other.writing(stamp()),
    ):
        pass
    other.dispose()


def test_a_writer_that_failed_leaves_the_register_open_to_the_next(store: Store) -> None:
    a_launch(store)
    for _ in range(70):  # more than the pool holds
        with pytest.raises(ZeroDivisionError), store.writing(stamp()):
            _ = 1 / 0
    assert an_assessment(store, a_risk(store)) == 1


def test_readers_do_not_wait_for_a_writer(store: Store) -> None:
    a_launch(store)
    with store.writing(stamp()) as session:
        session.get_one(Launch, AURORA).name = "Borealis"
        session.flush()
        with store.reading() as other:
            assert queries.get_launch(other, AURORA).name == "Aurora 1"
