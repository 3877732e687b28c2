"""The people of a register with what they do, and the teams with the days that they have."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import pandas as pd

from tracker.domain.records import PersonRecord, PolicyAreaRecord, TeamRecord
from tracker.views.figures import counted, frame

ANSWERS: Final = "Who acts in this register, in which role, and how many days do the teams have?"
NO_PEOPLE: Final = "Nobody is in this register yet. Add the policy lead first."
NO_TEAMS: Final = "No team yet. Add the teams that deliver mitigations."

PEOPLE_DTYPES: Final = {
    "name": "str",
    "key": "str",
    "roles": "str",
    "leads": "str",
    "sign_in": "str",
    "active": "str",
}
TEAM_DTYPES: Final = {"name": "str", "key": "str", "people": "int64", "person_days": "float64"}


@dataclass(frozen=True, slots=True)
class PeopleView:
    """The people and teams of a register.

    Attributes:
        people: One line per person, by name.
        teams: One line per team, by name.
    """

    headline: str
    people: pd.DataFrame
    teams: pd.DataFrame


def people_view(
    people: Mapping[str, PersonRecord],
    teams: Mapping[str, TeamRecord],
    areas: Sequence[PolicyAreaRecord],
) -> PeopleView:
    """Return who is in the register, and which teams."""
    names = {area.code: area.name for area in areas}
    known = sorted(people.values(), key=lambda person: person.name)
    return PeopleView(
        headline=f"{counted(len(people), 'person', 'people')}, {counted(len(teams), 'team')}",
        people=frame([_person(person, names) for person in known], PEOPLE_DTYPES),
        teams=frame(
            [_team(team) for team in sorted(teams.values(), key=lambda team: team.name)],
            TEAM_DTYPES,
        ),
    )


def _person(person: PersonRecord, names: Mapping[str, str]) -> dict[str, str]:
    return {
        "name": person.name,
        "key": person.key,
        "roles": ", ".join(sorted(person.roles)),
        "leads": ", ".join(names.get(code, code) for code in person.leads),
        "sign_in": person.sign_in or "cannot sign in",
        "active": "active" if person.active else "inactive",
    }


def _team(team: TeamRecord) -> dict[str, object]:
    return {
        "name": team.name,
        "key": team.key,
        "people": team.people,
        "person_days": team.person_days,
    }
