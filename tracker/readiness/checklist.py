"""What keeps a launch from review, and what it goes into the review with.

A review judges a launch that is known: its scope, risks, criteria and duty holders. It does not
need a launch that is Ready: restricting, asking for evidence and refusing are decisions too. So
what is *unknown* keeps a launch from review, and what is known to be *bad* goes into it open.
"""

from collections import Counter
from collections.abc import Iterator

from tracker.domain.review_state import CheckItem
from tracker.domain.state import LaunchState
from tracker.domain.words import LaunchRoleName, ReasonCode
from tracker.readiness.flags import in_scope
from tracker.readiness.seats import leads_of
from tracker.readiness.words import counted_reason

_ASSESSED = (ReasonCode.RISK_UNASSESSED, ReasonCode.RISK_OUTDATED)
_KNOWN: tuple[tuple[str, tuple[ReasonCode, ...]], ...] = (
    (
        "The scope of every policy area is decided and confirmed",
        (ReasonCode.SCOPE_UNDECIDED, ReasonCode.SCOPE_UNCONFIRMED),
    ),
    ("Every policy area in scope has a risk", (ReasonCode.AREA_WITHOUT_RISK,)),
    (
        "Every open risk is assessed for this release",
        _ASSESSED,
    ),
    ("Every frontier threshold in scope is determined", (ReasonCode.DETERMINATION_MISSING,)),
    ("Every policy area that needs one has a must-pass gate", (ReasonCode.AREA_WITHOUT_GATE,)),
)
_FIRST_SCOPE = "Decide the scope of every policy area first."
_HARD = frozenset(code for _text, codes in _KNOWN for code in codes)


def checklist(state: LaunchState) -> tuple[CheckItem, ...]:
    """Return what a review needs, met or not, and after it what goes into the review open."""
    needed = [*_known(state), *_holders(state), _leads(state)]
    return (*needed, *_open(state))


def _known(state: LaunchState) -> Iterator[CheckItem]:
    settled = not _undecided(state)
    for text, codes in _KNOWN:
        found = [one for one in state.reasons if one.code in codes]
        if not found and (settled or (codes == _ASSESSED and state.open_risks)):
            yield CheckItem(True, text, "")
            continue
        if not found:
            yield CheckItem(False, f"{text}: cannot be said yet", _FIRST_SCOPE)
            continue
        counts = Counter(one.code for one in found)
        words = ", ".join(counted_reason(code, counts[code]) for code in codes if counts[code])
        yield CheckItem(False, f"{text}: {words}", f"{found[0].text}. {found[0].remedy}")


def _holders(state: LaunchState) -> Iterator[CheckItem]:
    holders = state.launch.holders
    unnamed = [str(role) for role in LaunchRoleName if role not in holders]
    names = "Launch owner, responsible officer and approver are named"
    if unnamed:
        listed = " and ".join(unnamed)
        yield CheckItem(False, f"{names}: nobody is {listed}", f"Name the {listed}.")
    else:
        yield CheckItem(True, names, "")
    distinct = len(set(holders.values())) == len(holders)
    text = "Launch owner, responsible officer and approver are different people"
    if unnamed:
        yield CheckItem(False, f"{text}: cannot be said yet", "Name all three first.")
        return
    remedy = "" if distinct else "Name somebody else for one of the roles: one person holds one."
    yield CheckItem(distinct, text, remedy)


def _undecided(state: LaunchState) -> bool:
    """Whether nobody has said of some area that it is in scope: then nothing holds of them all."""
    return any(one.code is ReasonCode.SCOPE_UNDECIDED for one in state.reasons)


def _leads(state: LaunchState) -> CheckItem:
    text = "Every policy area in scope has an area lead who is not the launch owner"
    missing = [one.area.name for one in in_scope(state) if not leads_of(one.area.code, state)]
    if not missing and _undecided(state):
        return CheckItem(False, f"{text}: cannot be said yet", _FIRST_SCOPE)
    if not missing:
        return CheckItem(True, text, "")
    return CheckItem(
        False, f"{text}: {', '.join(missing)}", "Name an area lead for each, on the page of people."
    )


def _open(state: LaunchState) -> Iterator[CheckItem]:
    """What a review may judge as it is: listed, and no hindrance."""
    counts = Counter(one.code for one in state.reasons if one.code not in _HARD)
    for code, count in counts.items():
        first = next(one for one in state.reasons if one.code is code)
        words = counted_reason(code, count)
        yield CheckItem(True, f"Goes into the review open: {words}", f"First: {first.text}.")
