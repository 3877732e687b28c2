from datetime import UTC, datetime
from pathlib import Path

import pytest

from tracker.domain.drafts import PersonDraft
from tracker.domain.errors import InvalidInput, StoreError
from tracker.domain.words import RegisterKind, Role
from tracker.readers.areas import packaged_areas
from tracker.services.people import people
from tracker.services.register import create_own_register, register_info
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import verify_chain

AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
IRIS = PersonDraft(
    key="iris",
    name="Iris",
    roles=frozenset({Role.POLICY_LEAD, Role.ADMIN}),
    leads=("child_safety",),
)


def test_an_own_register_begins_with_the_areas_and_its_first_person(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'register.db'}"
    create_own_register(url, IRIS, AT)
    store = Store.open(url)
    with store.reading() as session:
        assert queries.policy_areas(session) == packaged_areas()
        assert queries.launches(session) == ()
        assert verify_chain(session) is None
    found = people(store)
    assert list(found) == ["iris"]
    assert found["iris"].roles == IRIS.roles
    assert found["iris"].leads == IRIS.leads
    info = register_info(store)
    assert (info.kind, info.created_at, info.demo_loaded_on) == (RegisterKind.OWN, AT, None)
    store.dispose()


def test_a_person_who_leads_an_unknown_area_is_refused_before_anything_is_made(
    tmp_path: Path,
) -> None:
    path = tmp_path / "register.db"
    with pytest.raises(InvalidInput, match="astrology is not a policy area"):
        create_own_register(
            f"sqlite:///{path}", IRIS.model_copy(update={"leads": ("astrology",)}), AT
        )
    assert not path.exists()


def test_a_register_that_exists_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "register.db"
    create_own_register(f"sqlite:///{path}", IRIS, AT)
    before = path.read_bytes()
    with pytest.raises(StoreError, match="already a database"):
        create_own_register(f"sqlite:///{path}", IRIS, AT)
    assert path.read_bytes() == before
