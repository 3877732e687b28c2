"""A launch as a snapshot and a signature see it, read within one transaction."""

from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

from tracker.domain.reviews import SectionHash
from tracker.domain.scales import ScoringProfile
from tracker.domain.snapshots import Difference, MaterialityPolicy, Section
from tracker.domain.state import LaunchInputs, LaunchState
from tracker.readiness.document import read_document, sections_in
from tracker.readiness.launch import Setting, launch_states
from tracker.readiness.materiality import Since, differences, section_hashes
from tracker.readiness.sections import sections_of
from tracker.services.launch_state import read_setting
from tracker.store import queries
from tracker.store.queries.people import seal_key
from tracker.store.queries.reviews import snapshot_document


@dataclass(frozen=True, slots=True)
class Present:
    """A launch today.

    Attributes:
        inputs: Restricted text included; show none of it to somebody without the right.
    """

    inputs: LaunchInputs
    setting: Setting
    state: LaunchState
    sections: tuple[Section, ...]
    hashes: tuple[SectionHash, ...]


def present_within(
    session: Session,
    profile: ScoringProfile,
    policy: MaterialityPolicy,
    today: date,
    launch: str,
) -> Present:
    """Read a launch with its state, its sections and their hashes.

    Raises:
        NotFound: No launch has this key.
    """
    queries.get_launch(session, launch)
    setting = read_setting(session, profile, today)
    inputs = queries.launch_inputs(session, [launch])[0]
    state = launch_states([inputs], setting)[0]
    sections = sections_of(inputs, setting, state, policy, seal_key(session))
    return Present(inputs, setting, state, sections, section_hashes(sections, policy))


def since_within(
    session: Session, present: Present, snapshot: str, policy: MaterialityPolicy
) -> Since:
    """Return the launch since one of its snapshots: both hashes of each section, and what differs.

    The hashes of the snapshot are worked out anew under the policy in force, from its items.

    Raises:
        NotFound: No snapshot has this reference.
    """
    taken = sections_in(read_document(snapshot_document(session, snapshot)))
    changes: tuple[Difference, ...] = differences(taken, present.sections, policy)
    return Since(section_hashes(taken, policy), present.hashes, changes)
