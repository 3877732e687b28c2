"""The only place where stored rows become a `LaunchState`."""

from collections.abc import Sequence
from datetime import date

from sqlmodel import Session

from tracker.domain.records import LaunchRecord
from tracker.domain.scales import ScoringProfile
from tracker.domain.state import LaunchInputs, LaunchState
from tracker.readiness.kept import kept_inputs, kept_state, withheld_on
from tracker.readiness.launch import Setting
from tracker.readiness.launch import launch_states as states_of
from tracker.readiness.withheld import Hidden
from tracker.services.pausing import collection_paused
from tracker.store import queries
from tracker.store.engine import Store


def read_setting(session: Session, profile: ScoringProfile, today: date) -> Setting:
    """Read what all launches share."""
    return Setting(
        areas=queries.policy_areas(session),
        people=queries.people(session),
        teams=queries.teams(session),
        profile=profile,
        today=today,
        definitions=queries.metric_definitions(session),
    )


def launch_states(
    store: Store,
    profile: ScoringProfile,
    today: date,
    keys: Sequence[str] | None = None,
    hidden: Hidden | None = None,
) -> tuple[LaunchState, ...]:
    """Return the state of the named launches, or of all: under way first, then by target date.

    The number of database statements does not depend on how many rows there are.

    Args:
        store: The register.
        profile: Scoring profile.
        today: The day whose clocks count.
        keys: Keys of launches; all where None.
        hidden: References whose detail the reader may not see; everything withheld where None.
    """
    with collection_paused():
        with store.reading() as session:
            setting = read_setting(session, profile, today)
            inputs = queries.launch_inputs(session, keys)
        ordered = sorted(inputs, key=lambda item: _board_order(item.launch))
        return _shown(ordered, setting, hidden)


def launch_state(
    store: Store, profile: ScoringProfile, today: date, key: str, hidden: Hidden | None = None
) -> LaunchState:
    """Return the state of one launch as a reader may see it; `hidden` as in `launch_states`.

    Raises:
        NotFound: No launch has this key.
    """
    with store.reading() as session:
        queries.get_launch(session, key)
        setting = read_setting(session, profile, today)
        return _shown(queries.launch_inputs(session, [key]), setting, hidden)[0]


def _shown(
    inputs: Sequence[LaunchInputs], setting: Setting, hidden: Hidden | None
) -> tuple[LaunchState, ...]:
    """Judge what the reader may see: no text that is withheld enters a sentence."""
    states = states_of([kept_inputs(one, hidden) for one in inputs], setting)
    return tuple(
        kept_state(state, withheld_on(one) if hidden is None else hidden)
        for state, one in zip(states, inputs, strict=True)
    )


def state_within(session: Session, profile: ScoringProfile, today: date, key: str) -> LaunchState:
    """Return the whole state of one launch as a transaction sees it, withheld detail too.

    Raises:
        NotFound: No launch has this key.
    """
    queries.get_launch(session, key)
    setting = read_setting(session, profile, today)
    return states_of(queries.launch_inputs(session, [key]), setting)[0]


def launches_on_board(store: Store) -> tuple[LaunchRecord, ...]:
    """Return every launch without its state, in the order of `launch_states`."""
    with store.reading() as session:
        return tuple(sorted(queries.launches(session), key=_board_order))


def _board_order(launch: LaunchRecord) -> tuple[bool, date, str]:
    return launch.as_of is not None, launch.target_date, launch.key
