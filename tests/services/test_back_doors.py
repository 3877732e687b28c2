"""What the rows of acceptances and conditions refuse, whoever writes them."""

from datetime import timedelta

import pytest

from tests.cast import NOW, TODAY
from tests.factories import AURORA, a_risk, stamp
from tests.services.decided import a_condition, a_decided_launch
from tests.services.evidence_files import a_reviewed_launch
from tracker.domain.errors import InvalidInput
from tracker.domain.review_words import ConditionState
from tracker.domain.words import ExposureStage, Level
from tracker.store.engine import Store
from tracker.store.tables import Acceptance, Condition

SIGNED = {"requested_by": "ben", "officer": "eli", "approver": "fay"}


def written(store: Store, **fields: object) -> None:
    values: dict[str, object] = {
        "ref": f"{AURORA}/A-1",
        "launch": AURORA,
        "number": 1,
        "risk": f"{AURORA}/R-1",
        "level": Level.HIGH,
        "harm_score": 6.0,
        "justification": "Worth it.",
        "fails_if": ["Complaints double."],
        "compensating": [],
        "until": TODAY + timedelta(days=30),
        "requested_at": NOW,
        "model_version": "v1",
        "configuration": "as shipped",
        "exposure_stage": ExposureStage.STAGED_ROLLOUT,
    }
    with store.writing(stamp()) as session:
        session.add(Acceptance.model_validate(values | SIGNED | fields))


@pytest.mark.parametrize(
    "fields",
    [
        {"level": Level.CRITICAL},
        {"level": Level.UNASSESSED},
        {"requested_by": "eli"},
        {"requested_by": "fay"},
        {"approver": "eli"},
    ],
)
def test_no_row_accepts_a_critical_or_is_signed_by_one_person_twice(store, fields):
    a_reviewed_launch(store)
    a_risk(store)
    with pytest.raises(InvalidInput, match="ck_acceptance"):
        written(store, **fields)
    written(store)


def test_no_row_of_a_condition_is_met_by_its_owner(store):
    ref = a_condition(store, a_decided_launch(store))
    with pytest.raises(InvalidInput, match="ck_condition_met_says_another"):
        met_by(store, ref, "dana")
    met_by(store, ref, "hana")


def met_by(store: Store, ref: str, person: str) -> None:
    with store.writing(stamp()) as session:
        row = session.get_one(Condition, ref)
        row.state, row.settled_by, row.settled_on = ConditionState.MET, person, TODAY
