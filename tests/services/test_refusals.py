"""Every action, asked for by somebody without the right: refused, and nothing was written."""

from collections.abc import Generator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cast import BEN, CLEO
from tests.conftest import opened_copy
from tests.services.acts import act
from tests.services.refusals import ASKED_NOWHERE, CALLS, R1, WHY, set_the_scene
from tracker.domain.changes import ChainHead
from tracker.domain.errors import NotPermitted
from tracker.domain.records import Actor
from tracker.domain.review_words import WithheldClass
from tracker.domain.roles import Action, allows
from tracker.domain.words import Role
from tracker.services.withholding import hidden_within, withhold_risk
from tracker.store.engine import Store
from tracker.store.history import chain_head


@pytest.fixture(scope="module")
def scene(register_with_cast: Path, tmp_path_factory: pytest.TempPathFactory) -> Generator[Store]:
    """A register in which something waits for somebody, whatever the action."""
    with opened_copy(register_with_cast, tmp_path_factory.mktemp("refusals")) as store:
        set_the_scene(store)
        yield store


def without_the_right(action: Action) -> Actor:
    """Cleo, who may only look; where looking is enough, Cleo after she left."""
    if allows(action, Role.VIEWER):
        return Actor(replace(CLEO.person, active=False))
    return CLEO


def head(store: Store) -> ChainHead:
    with store.reading() as session:
        return chain_head(session)


def test_every_action_has_a_call_or_a_reason_why_nobody_asks_for_it():
    assert set(CALLS) | set(ASKED_NOWHERE) == set(Action)
    assert not set(CALLS) & set(ASKED_NOWHERE)


@pytest.mark.parametrize("action", list(CALLS), ids=str)
def test_somebody_without_the_right_is_refused_and_the_register_stays_as_it_was(scene, action):
    before = head(scene), scene.revision()
    with pytest.raises(NotPermitted):
        CALLS[action](scene, act(without_the_right(action), WHY))
    assert (head(scene), scene.revision()) == before


def test_what_is_withheld_is_hidden_from_somebody_without_the_right(sqlite_store):
    set_the_scene(sqlite_store)
    withhold_risk(sqlite_store, act(BEN, WHY), R1, next(iter(WithheldClass)), 1)
    with sqlite_store.reading() as session:
        assert R1 in hidden_within(session, CLEO)
        assert R1 not in hidden_within(session, BEN)
