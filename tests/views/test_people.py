from tracker.domain.records import TeamRecord
from tracker.domain.state import LaunchState
from tracker.readers.areas import packaged_areas
from tracker.views.people import PEOPLE_DTYPES, TEAM_DTYPES, people_view


def test_people_stand_with_roles_and_the_areas_that_they_lead(gpt_4v: LaunchState) -> None:
    shown = people_view(gpt_4v.people, gpt_4v.teams, packaged_areas())
    assert {name: str(kind) for name, kind in shown.people.dtypes.items()} == PEOPLE_DTYPES
    bio = shown.people.set_index("key").to_dict("index")["assessor-bio"]
    assert bio["roles"] == "area lead, assessor"
    assert "CBRN and mass-casualty weapons uplift" in bio["leads"]
    assert bio["sign_in"] == "cannot sign in"
    assert shown.headline == "16 people, 5 teams"


def test_teams_stand_with_their_free_days() -> None:
    team = TeamRecord(key="red", name="Red team", people=3, person_days=12.5)
    shown = people_view({}, {"red": team}, packaged_areas())
    assert {name: str(kind) for name, kind in shown.teams.dtypes.items()} == TEAM_DTYPES
    assert shown.teams["person_days"].iloc[0] == 12.5
    assert shown.headline == "0 people, 1 team"
