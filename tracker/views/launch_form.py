"""What stands beside the forms of a launch: its areas by family, and what a clone takes along."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

import pandas as pd

from tracker.domain.drafts import ScopeDraft
from tracker.domain.records import Actor, PersonRecord, PolicyAreaRecord, ScopeRecord
from tracker.domain.roles import PERMISSIONS, Action, may
from tracker.domain.state import AreaStatus, LaunchState
from tracker.domain.transitions import REVIEW_TRANSITIONS
from tracker.domain.validation import build
from tracker.domain.words import Applicability, MitigationStatus, Origin, ReviewStatus
from tracker.views.figures import counted, frame

NEW_ANSWERS: Final = "What asks to go out, and which policy areas does it have to answer?"
SCOPE_ANSWERS: Final = "Which policy areas does this launch have to answer, and who says so?"

NOBODY_CONFIRMS: Final = (
    "Nobody active in this register is left who may. Add somebody in one of these roles under "
    "Library, People and teams."
)

DECISION_DTYPES: Final = {
    "area": "str",
    "decision": "str",
    "decided_by": "str",
    "confirmed_by": "str",
    "reason": "str",
    "basis": "str",
}


@dataclass(frozen=True, slots=True)
class Family:
    """The policy areas of one family, in order."""

    name: str
    areas: tuple[PolicyAreaRecord, ...]


def families(areas: Sequence[PolicyAreaRecord]) -> tuple[Family, ...]:
    """Return policy areas by family, in the order of the areas."""
    names = dict.fromkeys(area.family for area in sorted(areas, key=lambda area: area.position))
    grouped = {name: tuple(a for a in areas if a.family == name) for name in names}
    return tuple(Family(members[0].family_name, members) for members in grouped.values())


Seen = tuple[str, str, int]
"""A decision as somebody saw it: applicability, reason, row version."""


def as_seen(record: ScopeRecord | None) -> Seen | None:
    """Return a decision on record as plain values, None where nobody decided."""
    return record and (str(record.applicability), record.reason, record.version)


def scope_drafts(
    values: Mapping[str, Any], seen: Mapping[str, Seen | None] | None = None
) -> tuple[ScopeDraft, ...]:
    """Return the scope decisions that somebody typed and that differ from those they saw.

    What somebody did not touch is no decision of theirs, even where others changed it meanwhile.

    Args:
        values: `scope.AREA` to the applicability or None, `reason.AREA` to the reason.
        seen: The decisions as they were when the form opened, by area.

    Raises:
        InvalidInput: An exclusion has no reason, or a text is not acceptable.
    """
    typed = {
        field.removeprefix("scope."): choice
        for field, choice in values.items()
        if field.startswith("scope.") and choice is not None
    }
    drafts = [_scope_draft(area, choice, values) for area, choice in typed.items()]
    return tuple(draft for draft in drafts if _differs(draft, (seen or {}).get(draft.area)))


def _scope_draft(area: str, choice: str, values: Mapping[str, Any]) -> ScopeDraft:
    excluded = choice != Applicability.IN_SCOPE
    reason = (values.get(f"reason.{area}") or "") if excluded else ""
    return build(ScopeDraft, {"area": area, "applicability": choice, "reason": reason})


def _differs(draft: ScopeDraft, seen: Seen | None) -> bool:
    return seen is None or (str(draft.applicability), draft.reason) != seen[:2]


def what_a_clone_takes(source: LaunchState) -> tuple[str, str]:
    """Say what comes along from a launch that is cloned, and what does not."""
    kept = [
        item
        for item in source.mitigations
        if item.placement.status is not MitigationStatus.REJECTED
    ]
    comes = (
        f"Comes along: {counted(len(source.open_risks), 'open risk')} with areas, tags and owners, "
        f"and {counted(len(kept), 'mitigation')}, unverified here; what was implemented or "
        "verified there is in progress here."
    )
    stays = (
        "Does not come along: assessments (every risk starts UNASSESSED), scope decisions (every "
        "area starts undecided), verifications, closed risks, rejected mitigations, due dates."
    )
    return comes, stays


@dataclass(frozen=True, slots=True)
class ScopeView:
    """The policy areas of one launch.

    Attributes:
        headline: How many are undecided or unconfirmed.
        families: The areas by family.
        statuses: What stands on each area, by code.
        decided: The decisions on record, by code.
        unconfirmed: Exclusions that nobody has confirmed yet.
        who_confirms: Who may confirm each of these, by code; and what to do where nobody could.
        illustrative: Codes of the areas whose decision was made for the demo.
    """

    headline: str
    families: tuple[Family, ...]
    statuses: Mapping[str, AreaStatus]
    decided: Mapping[str, ScopeRecord]
    unconfirmed: tuple[AreaStatus, ...]
    who_confirms: Mapping[str, str]
    illustrative: frozenset[str]


def scope_view(state: LaunchState) -> ScopeView:
    """Return the policy areas of a launch with what was decided about each."""
    statuses = {status.area.code: status for status in state.areas}
    decided = {code: s.scope for code, s in statuses.items() if s.scope is not None}
    unconfirmed = tuple(s for s in state.areas if _waits_for_confirmation(s.scope))
    undecided = len(statuses) - len(decided)
    return ScopeView(
        headline=(
            f"{counted(undecided, 'policy area')} undecided, "
            f"{counted(len(unconfirmed), 'exclusion')} unconfirmed"
        ),
        families=families([status.area for status in state.areas]),
        statuses=statuses,
        decided=decided,
        unconfirmed=unconfirmed,
        who_confirms={
            s.area.code: _who_confirms(s.scope, state) for s in unconfirmed if s.scope is not None
        },
        illustrative=frozenset(
            code for code, record in decided.items() if record.origin is Origin.ILLUSTRATIVE
        ),
    )


def decisions(shown: ScopeView, state: LaunchState) -> pd.DataFrame:
    """Return per decided area what was decided, by whom, and who confirmed it."""
    return frame(
        [
            _decision(shown.statuses[code].area.name, record, state)
            for code, record in shown.decided.items()
        ],
        DECISION_DTYPES,
    )


def _decision(name: str, record: ScopeRecord, state: LaunchState) -> dict[str, str]:
    excluded = record.applicability is not Applicability.IN_SCOPE
    nobody = "nobody yet" if excluded else "needs none"
    return {
        "area": name,
        "decision": str(record.applicability),
        "decided_by": state.person_name(record.decided_by),
        "confirmed_by": (state.person_name(record.confirmed_by) if record.confirmed_by else nobody),
        "reason": record.reason,
        "basis": str(record.origin),
    }


def _waits_for_confirmation(record: ScopeRecord | None) -> bool:
    return (
        record is not None
        and record.applicability is not Applicability.IN_SCOPE
        and record.confirmed_by is None
    )


def _who_confirms(record: ScopeRecord, state: LaunchState) -> str:
    roles = " or ".join(sorted(PERMISSIONS[Action.CONFIRM_SCOPE]))
    barred = {record.decided_by: ["decided it"]}
    if state.launch.owner:
        barred.setdefault(state.launch.owner, []).append("launch owner")
    but = " nor ".join(f"{state.person_name(key)} ({', '.join(x)})" for key, x in barred.items())
    said = f"May confirm: {roles}, but not {but}."
    if any(_may_confirm(person, record, state) for person in state.people.values()):
        return said
    return f"{said} {NOBODY_CONFIRMS}"


def _may_confirm(person: PersonRecord, record: ScopeRecord, state: LaunchState) -> bool:
    return person.key != record.decided_by and may(
        Actor(person), Action.CONFIRM_SCOPE, state.launch
    )


def next_review_statuses(status: ReviewStatus) -> tuple[ReviewStatus, ...]:
    """Return where a review status may go by hand, in the order of the work."""
    return tuple(after for after in ReviewStatus if after in REVIEW_TRANSITIONS[status])
