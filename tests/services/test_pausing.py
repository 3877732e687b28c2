import gc

import pytest

from tracker.services.pausing import collection_paused


def fail_inside() -> None:
    with collection_paused():
        assert not gc.isenabled()
        raise KeyError


def test_the_collector_rests_inside_and_runs_again_outside_whatever_happens() -> None:
    assert gc.isenabled()
    with pytest.raises(KeyError):
        fail_inside()
    assert gc.isenabled()


def test_it_stays_off_where_it_was_off() -> None:
    gc.disable()
    try:
        with collection_paused():
            assert not gc.isenabled()
        assert not gc.isenabled()
    finally:
        gc.enable()
