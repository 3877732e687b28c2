"""Whose signatures a review asks for, and why.

A decision waits for the leads of every area in scope, the responsible officer and the approver.
Reviewers are asked where a flag names them. The owner of the launch never has a seat; somebody who
holds two seats signs each.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from tracker.domain.records import PersonRecord
from tracker.domain.review_rules import ReviewRules
from tracker.domain.review_state import Seat, SignOffStatus
from tracker.domain.review_words import Capacity, SignOffStanding
from tracker.domain.state import AreaStatus, LaunchState
from tracker.domain.words import LaunchRoleName, Role
from tracker.readiness.flags import Flagged, flagged, in_scope

_ON_LAUNCH = {
    Capacity.RESPONSIBLE_OFFICER: LaunchRoleName.RESPONSIBLE_OFFICER,
    Capacity.APPROVER: LaunchRoleName.APPROVER,
}


def seats(
    state: LaunchState, sign_offs: Sequence[SignOffStatus], rules: ReviewRules
) -> tuple[Seat, ...]:
    """Return every signature that a review of the launch asks for, required ones first.

    Args:
        state: The launch today, with the people of the register.
        sign_offs: Of the review, oldest first.
        rules: What the flags ask for.
    """
    table = _Table(state, sign_offs, rules, flagged(state, rules))
    return (*_leads(table), *_on_launch(table), *_reviewers(table))


def leads_of(area: str, state: LaunchState) -> tuple[str, ...]:
    """Return who leads a policy area and may sign for it, by key; never the launch owner."""
    return _people(state, lambda one: Role.AREA_LEAD in one.roles and area in one.leads)


def _people(state: LaunchState, wanted: Callable[[PersonRecord], bool]) -> tuple[str, ...]:
    """The active people who are wanted, without the launch owner, in order of their keys."""
    return tuple(
        key
        for key, one in sorted(state.people.items())
        if one.active and key != state.launch.owner and wanted(one)
    )


@dataclass(frozen=True, slots=True)
class _Table:
    state: LaunchState
    sign_offs: Sequence[SignOffStatus]
    rules: ReviewRules
    flags: Sequence[Flagged]

    def seat(
        self, capacity: Capacity, person: str | None, because: str, area: str | None = None
    ) -> Seat:
        """A seat with the flags that bear on it and the latest signature on it."""
        raised = _raised(self.rules, self.flags, capacity, area)
        word = "asked" if capacity is Capacity.REVIEWER else "required"
        reasons = [because, *(words for words, _checks in raised)]
        return Seat(
            capacity=capacity,
            person=person,
            area=area,
            because=f"{word} because {'; '.join(one for one in reasons if one)}",
            checks=(
                *self.rules.checks[capacity],
                *(check for _words, checks in raised for check in checks),
            ),
            required=capacity is not Capacity.REVIEWER,
            sign_off=_latest(self.sign_offs, (person, capacity, area)),
        )


def _leads(table: _Table) -> Iterator[Seat]:
    for status in in_scope(table.state):
        code = status.area.code
        for person in leads_of(code, table.state) or (None,):
            yield table.seat(Capacity.AREA_LEAD, person, _lead_words(status, person), code)


def _lead_words(status: AreaStatus, person: str | None) -> str:
    if person is None:
        return (
            f"{status.area.name} is in scope, and nobody but the launch owner leads it: name an "
            "area lead"
        )
    return f"{status.area.name} is in scope"


def _on_launch(table: _Table) -> Iterator[Seat]:
    for capacity, role in _ON_LAUNCH.items():
        held = _holder(role, table.state)
        words = f"every decision needs the {capacity}"
        named = "" if held else f", and nobody is: name a {capacity}"
        yield table.seat(capacity, held, f"{words}{named}")


def _holder(role: LaunchRoleName, state: LaunchState) -> str | None:
    """Who holds a role on the launch and can act in it: neither its owner nor somebody inactive."""
    person = state.launch.holders.get(role)
    if person is None or person == state.launch.owner:
        return None
    known = state.people.get(person)
    return person if known is None or known.active else None


def _reviewers(table: _Table) -> Iterator[Seat]:
    """The reviewers of the register who hold no role on the launch, where a flag asks for them."""
    if not _raised(table.rules, table.flags, Capacity.REVIEWER, None):
        return
    holders = set(table.state.launch.holders.values())
    for person in _people(table.state, lambda one: Role.REVIEWER in one.roles):
        if person not in holders:
            yield table.seat(Capacity.REVIEWER, person, "")


def _raised(
    rules: ReviewRules, flags: Iterable[Flagged], capacity: Capacity, area: str | None
) -> list[tuple[str, tuple[str, ...]]]:
    """What the flags that bear on a seat say and ask to look at, in the order of the rules."""
    listed = [one for one in flags if area is None or area in one.areas]
    found: list[tuple[str, tuple[str, ...]]] = []
    for rule in rules.rules:
        named = [one.named for one in listed if one.flag is rule.flag]
        if named and capacity in rule.asks:
            found.append((f"{rule.because} ({', '.join(named)})", rule.checks))
    return found


def _latest(
    sign_offs: Iterable[SignOffStatus], key: tuple[str | None, Capacity, str | None]
) -> SignOffStatus | None:
    """The signature of a seat that nobody replaced, the last one given."""
    own = [
        one
        for one in sign_offs
        if (one.sign_off.person, one.sign_off.capacity, one.sign_off.area) == key
        and one.standing is not SignOffStanding.REPLACED
    ]
    return max(own, key=lambda one: one.sign_off.id, default=None)
