"""Who is in the register and who acts."""

import pytest

from tests.cast import BEN, CLEO
from tests.services.acts import act
from tracker.domain.drafts import PersonDraft, TeamDraft
from tracker.domain.errors import InvalidInput, NotFound, NotPermitted
from tracker.domain.words import Role
from tracker.services.people import actor_for, add_person, add_team, people

GINA = PersonDraft(
    key="gina", name="Gina", roles=frozenset({Role.AREA_LEAD}), leads=("privacy", "youth")
)


def test_a_person_is_added_with_roles_and_areas(store):
    add_person(store, act(BEN), GINA)
    found = people(store)["gina"]
    assert found.roles == {Role.AREA_LEAD}
    assert set(found.leads) == {"privacy", "youth"}


def test_only_admin_and_policy_lead_add_people_and_teams(store):
    with pytest.raises(NotPermitted):
        add_person(store, act(CLEO), GINA)
    with pytest.raises(NotPermitted):
        add_team(store, act(CLEO), TeamDraft(key="data", name="Data", people=2, person_days=9))


@pytest.mark.parametrize(
    ("fields", "field"),
    [({"key": "ada"}, "key"), ({"name": "ADA"}, "name"), ({"leads": ("no-area",)}, "leads")],
)
def test_a_person_with_a_wrong_field_is_refused_by_name(store, fields, field):
    with pytest.raises(InvalidInput) as refused:
        add_person(store, act(BEN), GINA.model_copy(update=fields))
    assert field in refused.value.fields


def test_a_team_has_a_name_of_its_own(store):
    add_team(store, act(BEN), TeamDraft(key="data", name="Data", people=2, person_days=9))
    with pytest.raises(InvalidInput, match="name of another team"):
        add_team(store, act(BEN), TeamDraft(key="data-2", name="data", people=2, person_days=9))


def test_a_stranger_cannot_act(store):
    with pytest.raises(NotFound):
        actor_for(store, "stranger")
