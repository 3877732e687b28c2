"""What the bench measures is there: registers of the size asked for, and reads that do not grow."""

from pathlib import Path

from bench.__main__ import Results, page_part
from bench.measures import read_timings, statement_counts
from bench.register import TODAY, Size, make_register
from tracker.domain.words import Level, View
from tracker.readers.profile import packaged_profile
from tracker.services.history import verify_chain
from tracker.services.launch_state import launch_states


def test_a_register_is_as_large_as_asked_and_every_row_is_chained(tmp_path: Path) -> None:
    store = make_register(tmp_path / "a.db", Size(launches=2, risks=15))
    states = launch_states(store, packaged_profile(), TODAY)
    assert [len(state.open_risks) for state in states] == [15, 15]
    assert {len(risk.scores) for state in states for risk in state.risks} == {3}
    assert all(state.level_counts(View.CURRENT)[Level.UNASSESSED] == 0 for state in states)
    assert any(risk.current.remain < 1 for state in states for risk in state.risks)
    assert verify_chain(store) is None
    store.dispose()


def test_the_results_say_how_reads_grow(tmp_path: Path) -> None:
    path = tmp_path / "b.db"
    small = make_register(tmp_path / "a.db", Size(launches=1, risks=5))
    large = make_register(path, Size(launches=4, risks=30))
    timings = list(read_timings(large, path))
    counts = list(statement_counts(small, large))
    assert all(timing.seconds > 0 for timing in timings)
    assert all(count.small == count.large > 0 for count in counts)
    part = page_part(Results(Size(4, 30), Size(1, 5), 1.0, timings, counts))
    assert "rank, from the database" in part
    assert "120 risks" in part
    small.dispose()
    large.dispose()
