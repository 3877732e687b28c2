"""Which status may follow which; anything not listed is refused."""

from collections.abc import Mapping
from typing import Final

from tracker.domain.errors import TransitionNotAllowed
from tracker.domain.words import MitigationStatus as M
from tracker.domain.words import ReviewStatus as R

MITIGATION_TRANSITIONS: Final[Mapping[M, frozenset[M]]] = {
    M.PROPOSED: frozenset({M.PLANNED, M.IN_PROGRESS, M.REJECTED}),
    M.PLANNED: frozenset({M.PROPOSED, M.IN_PROGRESS, M.REJECTED}),
    M.IN_PROGRESS: frozenset({M.PLANNED, M.IMPLEMENTED, M.REJECTED}),
    M.IMPLEMENTED: frozenset({M.IN_PROGRESS, M.VERIFIED, M.REJECTED}),
    M.VERIFIED: frozenset({M.IN_PROGRESS, M.IMPLEMENTED, M.REJECTED}),
    M.REJECTED: frozenset({M.PROPOSED}),
}
"""`verified` is reached only through a verification, never by a status change."""

REVIEW_TRANSITIONS: Final[Mapping[R, frozenset[R]]] = {
    R.DRAFT: frozenset({R.SCOPING}),
    R.SCOPING: frozenset({R.DRAFT, R.ASSESSING}),
    R.ASSESSING: frozenset({R.SCOPING, R.MITIGATING}),
    R.MITIGATING: frozenset({R.ASSESSING, R.READY_FOR_REVIEW}),
    R.READY_FOR_REVIEW: frozenset({R.MITIGATING, R.ASSESSING}),
    R.IN_REVIEW: frozenset(),
    R.DECIDED: frozenset({R.REASSESSMENT}),
    R.REASSESSMENT: frozenset({R.ASSESSING, R.MITIGATING}),
}
"""By hand; what a review does to the status stands in `REVIEW_STEPS`."""

REVIEW_STEPS: Final[Mapping[R, frozenset[R]]] = {
    R.READY_FOR_REVIEW: frozenset({R.IN_REVIEW}),
    R.IN_REVIEW: frozenset({R.DECIDED, R.MITIGATING}),
}
"""By starting a review, deciding and closing it, and in no other way."""

COUNTED_IN_PROJECTION: Final = frozenset({M.PLANNED, M.IN_PROGRESS, M.IMPLEMENTED, M.VERIFIED})


def require_mitigation_transition(ref: str, before: M, after: M) -> None:
    """Refuse a change of mitigation status that is not listed.

    Raises:
        TransitionNotAllowed: Naming the statuses that may follow.
    """
    _require(f"Mitigation {ref}", before, after, MITIGATION_TRANSITIONS[before])


def require_review_transition(launch: str, before: R, after: R) -> None:
    """Refuse a change of review status that is not listed.

    Raises:
        TransitionNotAllowed: Naming the statuses that may follow.
    """
    _require(f"Launch {launch}", before, after, REVIEW_TRANSITIONS[before])


def require_review_step(launch: str, before: R, after: R) -> None:
    """Refuse a step of the review that cannot follow the present status.

    Raises:
        TransitionNotAllowed: Naming the statuses that may follow.
    """
    _require(f"Launch {launch}", before, after, REVIEW_STEPS.get(before, frozenset()))


def _require(what: str, before: str, after: str, allowed: frozenset[M] | frozenset[R]) -> None:
    if after not in allowed:
        listed = ", ".join(f"“{status}”" for status in sorted(allowed)) or "nothing by this way"
        raise TransitionNotAllowed(
            f"{what} cannot go from “{before}” to “{after}”.", f"From here it may go to {listed}."
        )
