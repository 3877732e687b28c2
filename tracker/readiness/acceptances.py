"""Whether an acceptance of a residual risk counts today, and why not.

It counts for the release, the level and the harm score that it was asked for, until its last day.
A higher score or level ends it, a lower one never does. What it counts on (its signers' roles, its
compensating mitigations) has to hold today too.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from tracker.domain.records import LaunchRecord, PersonRecord, RiskRecord
from tracker.domain.review_state import AcceptanceStatus
from tracker.domain.review_words import AcceptanceState
from tracker.domain.reviews import AcceptanceRecord
from tracker.domain.state import LaunchInputs, MitigationState, RiskState
from tracker.domain.words import LaunchRoleName, Level, Role
from tracker.readiness.authority import ACCEPTANCE_DAYS, Signature, signatures_for
from tracker.readiness.bounds import reaches


@dataclass(frozen=True, slots=True)
class Grounds:
    """What acceptances of a launch depend on today.

    Attributes:
        people: Those of the register, by key.
        verified: References of the mitigations that are verified on the launch's release.
    """

    launch: LaunchRecord
    people: Mapping[str, PersonRecord]
    verified: frozenset[str]
    today: date

    def name(self, person: str) -> str:
        """Name of a person; their key where the register does not know them."""
        return self.people[person].name if person in self.people else person


def grounds_of(
    launch: LaunchRecord,
    people: Mapping[str, PersonRecord],
    mitigations: Iterable[MitigationState],
    today: date,
) -> Grounds:
    """Return what acceptances of a launch depend on today."""
    verified = frozenset(one.mitigation.ref for one in mitigations if one.verified_now)
    return Grounds(launch, people, verified, today)


def acceptance_statuses(
    inputs: LaunchInputs, risks: Sequence[RiskState], grounds: Grounds
) -> tuple[AcceptanceStatus, ...]:
    """Return the latest acceptance of each risk that has one, in the order of the risks."""
    latest: dict[str, AcceptanceRecord] = {}
    for one in sorted(inputs.acceptances, key=lambda one: one.number):
        latest[one.risk] = one
    return tuple(_status(latest[risk.ref], risk, grounds) for risk in risks if risk.ref in latest)


def counts(acceptance: AcceptanceRecord, risk: RiskState, grounds: Grounds) -> bool:
    """Tell whether an acceptance is in force for a risk as it is, or as it may become."""
    return _status(acceptance, risk, grounds).state is AcceptanceState.IN_FORCE


def _status(acceptance: AcceptanceRecord, risk: RiskState, grounds: Grounds) -> AcceptanceStatus:
    ended = next(_ends(acceptance, risk, grounds), "")
    if ended:
        return AcceptanceStatus(acceptance, AcceptanceState.ENDED, ended)
    needed = signatures_for(Level(acceptance.level))
    unsigned = [one.words for one in needed if _signer(acceptance, one) is None]
    if unsigned:
        why = f"not yet signed by the {' and the '.join(unsigned)}"
        return AcceptanceStatus(acceptance, AcceptanceState.ASKED, why)
    signers = [_signer(acceptance, one) for one in needed]
    names = " and ".join(grounds.name(one) for one in signers if one is not None)
    why = f"until {acceptance.until.isoformat()} by {names}"
    return AcceptanceStatus(acceptance, AcceptanceState.IN_FORCE, why)


def _signer(acceptance: AcceptanceRecord, signature: Signature) -> str | None:
    return {
        Signature.LEAD: acceptance.lead,
        Signature.OFFICER: acceptance.officer,
        Signature.APPROVER: acceptance.approver,
    }[signature]


def _ends(acceptance: AcceptanceRecord, risk: RiskState, grounds: Grounds) -> Iterator[str]:
    """Every reason why an acceptance counts no more, or never did."""
    if acceptance.fired_on is not None:
        because = f": {acceptance.ended_because}" if acceptance.ended_because else ""
        yield f"a failure condition came true on {acceptance.fired_on.isoformat()}{because}"
    if acceptance.ended_by is not None:
        yield f"ended early by {grounds.name(acceptance.ended_by)}: {acceptance.ended_because}"
    if acceptance.release != grounds.launch.release:
        yield "it is about another model version, configuration or stage"
    if grounds.today > acceptance.until:
        yield f"it ran out on {acceptance.until.isoformat()}"
    yield from _asks_too_much(acceptance)
    yield from _rose(acceptance, risk)
    yield from _wrong_signatures(acceptance, risk.risk, grounds)
    for ref in acceptance.compensating:
        if ref not in grounds.verified:
            yield f"{ref}, which it counts on, is not verified on this version"


def _asks_too_much(acceptance: AcceptanceRecord) -> Iterator[str]:
    days = ACCEPTANCE_DAYS.get(Level(acceptance.level))
    if days is None:
        yield f"nobody may accept a risk that is {acceptance.level}"
    elif acceptance.until > acceptance.requested_at.date() + timedelta(days=days):
        yield f"it asks for more than the {days} days of {acceptance.level}"


def _rose(acceptance: AcceptanceRecord, risk: RiskState) -> Iterator[str]:
    level, score = risk.current.level, risk.current.harm_score
    if score is None:
        yield "the risk is UNASSESSED"
        return
    if level.severity_rank > Level(acceptance.level).severity_rank:
        yield f"the risk is {level} today, above the accepted {acceptance.level}"
    if not reaches(acceptance.harm_score, score):
        yield "its harm score rose above the accepted one"


def _wrong_signatures(
    acceptance: AcceptanceRecord, risk: RiskRecord, grounds: Grounds
) -> Iterator[str]:
    level = Level(acceptance.level)
    for signature in signatures_for(level):
        person = _signer(acceptance, signature)
        if person is None:
            continue
        if person == acceptance.requested_by:
            yield f"{grounds.name(person)} asked for it and signed it"
        if not _holds(person, signature, level, risk, grounds):
            yield f"{grounds.name(person)}, who signed it, may not accept {level} now"
    if acceptance.officer is not None and acceptance.officer == acceptance.approver:
        yield f"{grounds.name(acceptance.officer)} signed it twice"


def _holds(
    person: str, signature: Signature, level: Level, risk: RiskRecord, grounds: Grounds
) -> bool:
    """Whether a signer still holds the authority; somebody inactive holds none."""
    known = grounds.people.get(person)
    if known is not None and not known.active:
        return False
    if signature is not Signature.LEAD:
        return _holder(signature, grounds.launch) == person
    return known is not None and _leads(known, level, risk, grounds.launch)


def _holder(signature: Signature, launch: LaunchRecord) -> str | None:
    """Who holds the role on the launch; its owner never does."""
    role = {
        Signature.OFFICER: LaunchRoleName.RESPONSIBLE_OFFICER,
        Signature.APPROVER: LaunchRoleName.APPROVER,
    }[signature]
    person = launch.holders.get(role)
    return None if person == launch.owner else person


def _leads(person: PersonRecord, level: Level, risk: RiskRecord, launch: LaunchRecord) -> bool:
    if level is Level.MODERATE:
        return Role.POLICY_LEAD in person.roles and person.key != launch.owner
    return Role.AREA_LEAD in person.roles and risk.area in person.leads
