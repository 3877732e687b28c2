"""The states of the demo's launches on a pinned day, computed once."""

from collections.abc import Mapping
from datetime import UTC, date, datetime

import pytest

from tests.conftest import opened
from tracker.domain.state import LaunchState, RankedRisk, RiskState
from tracker.readers.profile import packaged_profile
from tracker.services.demo import create_demo_register
from tracker.services.launch_state import launch_states
from tracker.services.portfolio import ranked_queue

TODAY = date(2026, 3, 2)
PROFILE = packaged_profile()
GPT_4V = "gpt-4v-2023-09"


@pytest.fixture(scope="session")
def states(tmp_path_factory: pytest.TempPathFactory) -> tuple[LaunchState, ...]:
    url = f"sqlite:///{tmp_path_factory.mktemp('views') / 'demo.db'}"
    create_demo_register(url, TODAY, datetime(2026, 3, 2, 9, tzinfo=UTC))
    with opened(url) as store:
        return launch_states(store, PROFILE, TODAY)


@pytest.fixture(scope="session")
def by_key(states: tuple[LaunchState, ...]) -> Mapping[str, LaunchState]:
    return {state.launch.key: state for state in states}


@pytest.fixture(scope="session")
def queue(states: tuple[LaunchState, ...]) -> tuple[RankedRisk, ...]:
    return ranked_queue(states)


@pytest.fixture
def gpt_4v(by_key: Mapping[str, LaunchState]) -> LaunchState:
    return by_key[GPT_4V]


def risk_of(state: LaunchState, short: str) -> RiskState:
    """Return a risk of a launch by its short reference."""
    return next(risk for risk in state.risks if risk.risk.short_ref == short)
