"""What the tests of the scoring room share: profile P1 and the published cases."""

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

from tests.scoring.builders import profile_p1
from tracker.domain.scales import ScoringProfile

HERE = Path(__file__).parent

# A slow machine is no wrong answer: examples have no time limit of their own.
settings.register_profile("scoring", deadline=None)
settings.load_profile("scoring")


@pytest.fixture(scope="session")
def profile() -> ScoringProfile:
    return profile_p1()


@pytest.fixture(scope="session")
def published() -> dict[str, Any]:
    return json.loads((HERE / "reference_cases.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="session")
def worked() -> dict[str, Any]:
    return json.loads((HERE / "worked_example.json").read_text(encoding="utf-8"))
