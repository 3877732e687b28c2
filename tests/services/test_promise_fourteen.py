"""Promise 14: nobody alone betters a verdict without new evidence or work.

Every edit that could is tried on launches with drawn flaws: by one person who holds every role of
the register, by the launch owner, without a reason, and by two people who may.
"""

from collections.abc import Generator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cast import BEN
from tests.conftest import opened_copy
from tests.services import reviewing
from tests.services.acts import act, state
from tests.services.evidence_files import known
from tests.services.improving import (
    COVERED,
    EDITS,
    MANY_ROLES,
    NO_SUCH_EDIT,
    OWNER,
    SECOND,
    WHY,
    Edit,
)
from tracker.domain.errors import InvalidInput, NotFound, RuleViolation
from tracker.domain.records import Actor
from tracker.domain.roles import Action
from tracker.domain.words import Verdict
from tracker.store.engine import Store

WORST_FIRST = (Verdict.NOT_READY, Verdict.READY_WITH_CONDITIONS, Verdict.READY)
EACH = pytest.mark.parametrize("name", list(EDITS))
SETTINGS = settings(
    max_examples=2, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def ready(register_with_cast: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A register whose one launch is Ready."""
    folder = tmp_path_factory.mktemp("ready")
    with opened_copy(register_with_cast, folder) as store:
        reviewing.a_ready_launch(store)
        known(store, SECOND)
        assert state(store).verdict is Verdict.READY
    return folder / "register.db"


@contextmanager
def flawed(ready: Path, edit: Edit, others: list[str]) -> Generator[Store]:
    """The launch with what the edit would take away, and with further flaws beside it."""
    with TemporaryDirectory() as folder, opened_copy(ready, Path(folder)) as store:
        edit.flaw(store)
        for name in others:
            with suppress(RuleViolation, InvalidInput, NotFound):
                EDITS[name].flaw(store)
        assert edit.lifts in {reason.code for reason in state(store).reasons}
        yield store


def standing(store: Store) -> tuple[int, int]:
    """How good the verdict is, and how few things hold it; higher is better."""
    now = state(store)
    held = {reason.subject for reason in now.reasons if reason.holds}
    return WORST_FIRST.index(now.verdict), -len(held)


def attempt(store: Store, edit: Edit, asking: Actor, agreeing: Actor, why: str = WHY) -> None:
    """Ask and agree, each as far as the register lets them."""
    for step, actor in ((edit.ask, asking), *((edit.agree, agreeing),) * 2):
        with suppress(RuleViolation, InvalidInput, NotFound):
            step(store, act(actor, why))


def flaws_beside(name: str) -> st.SearchStrategy[list[str]]:
    """Some of the other flaws; one that would take the place of what the edit is about is none."""
    others = sorted({"accept a High", "take a mandatory mark away", "close a risk"} - {name})
    return st.lists(st.sampled_from(others), max_size=2, unique=True)


def test_every_action_is_part_of_such_an_edit_or_says_why_it_is_not():
    assert set(COVERED) | set(NO_SUCH_EDIT) == set(Action)
    assert not set(COVERED) & set(NO_SUCH_EDIT)
    assert {name for names in COVERED.values() for name in names} == set(EDITS)


@EACH
@pytest.mark.parametrize("who", [MANY_ROLES, OWNER], ids=["every role", "launch owner"])
def test_one_person_alone_betters_nothing(ready, name, who):
    @SETTINGS
    @given(flaws_beside(name))
    def holds(others: list[str]) -> None:
        edit = EDITS[name]
        with flawed(ready, edit, others) as store:
            known(store, who)
            before = standing(store)
            attempt(store, edit, who, who)
            assert standing(store) <= before

    holds()


@EACH
def test_the_launch_owner_is_no_second_person(ready, name):
    edit = EDITS[name]
    with flawed(ready, edit, []) as store:
        known(store, OWNER)
        before = standing(store)
        attempt(store, edit, BEN, OWNER)
        assert standing(store) <= before


@pytest.mark.parametrize("name", [name for name, edit in EDITS.items() if edit.reasoned])
def test_nothing_gets_better_without_a_reason(ready, name):
    edit = EDITS[name]
    with flawed(ready, edit, []) as store:
        before = standing(store)
        attempt(store, edit, BEN, SECOND, why="")
        assert standing(store) <= before


@pytest.mark.parametrize("name", [name for name, edit in EDITS.items() if edit.by])
def test_two_people_who_may_take_the_reason_away(ready, name):
    edit = EDITS[name]
    with flawed(ready, edit, []) as store:
        before = [reason.code for reason in state(store).reasons if reason.holds]
        edit.ask(store, act(BEN, WHY))
        for actor in edit.by:
            edit.agree(store, act(actor, WHY))
        after = [reason.code for reason in state(store).reasons if reason.holds]
        assert after.count(edit.lifts) == before.count(edit.lifts) - 1
