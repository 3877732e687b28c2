"""The third belt: what the tables themselves refuse, told in words that name it."""

from typing import Any

import pytest
from sqlmodel import SQLModel

from tests.cast import NOW
from tests.factories import AURORA, a_launch, a_mitigation, a_risk, an_assessment, stamp
from tracker.domain.errors import InvalidInput
from tracker.domain.words import (
    Applicability,
    CloseReason,
    ExposureStage,
    Factor,
    LaunchRoleName,
    Layer,
    Mechanism,
    RiskStatus,
    Role,
    VerificationKind,
)
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import (
    Launch,
    LaunchRole,
    LaunchScope,
    Mitigation,
    MitigationEffect,
    MitigationEffort,
    MitigationVerification,
    PersonRole,
    Risk,
    RiskArea,
    Team,
)

RISK = f"{AURORA}/R-1"


def set_up(store: Store) -> Store:
    a_launch(store)
    a_risk(store)
    a_mitigation(store)
    return store


@pytest.fixture(scope="module")
def scene(shared_store: Store) -> Store:
    """A launch with one risk and one mitigation; every test leaves it as it is."""
    return set_up(shared_store)


def refused(store: Store, row: SQLModel) -> InvalidInput:
    """Add a row that breaks a rule; return how it was refused."""
    before = store.revision()
    with pytest.raises(InvalidInput) as error, store.writing(stamp()) as session:
        session.add(row)
    assert store.revision() == before
    return error.value


@pytest.mark.parametrize("factor", [*Factor])
def test_a_pick_outside_one_to_five_is_refused(scene: Store, factor: Factor) -> None:
    for pick in (0, 6):
        fields: dict[str, Any] = {factor.value: pick}
        with pytest.raises(InvalidInput, match=f"{factor}_range"):
            an_assessment(scene, RISK, **fields)


@pytest.mark.parametrize(
    ("table", "column", "value"),
    [
        ("risk", "status", "'fine'"),
        ("launch", "review_status", "'done'"),
        ("launch", "exposure_now", "'everywhere'"),
        ("mitigation", "mechanism", "'hope'"),
        ("policy_area", "gate_type", "'vibes'"),
    ],
)
def test_a_word_outside_the_vocabulary_is_refused(
    scene: Store, table: str, column: str, value: str
) -> None:
    with pytest.raises(InvalidInput, match="not acceptable"), scene.writing(stamp()) as session:
        session.connection().exec_driver_sql(f"UPDATE {table} SET {column} = {value}")


def shares(**values: Any) -> MitigationEffect:
    return MitigationEffect(mitigation="M-1", risk=RISK, **values)


@pytest.mark.parametrize(
    "effect",
    [
        {"low": 0.3, "best": 0.2, "high": 0.4},
        {"low": 0.1, "best": 0.2, "high": 1.0},
        {"low": -0.1, "best": 0.2, "high": 0.3},
        {"low": 0.1, "best": 0.2},
        {},
        {"introduces": True, "low": 0.1, "best": 0.2, "high": 0.3},
    ],
)
def test_shares_that_do_not_rise_within_zero_and_one_are_refused(
    scene: Store, effect: dict[str, Any]
) -> None:
    assert "shares_rise" in str(refused(scene, shares(**effect)))


@pytest.mark.parametrize("effect", [{"low": 0.0, "best": 0.0, "high": 0.99}, {"introduces": True}])
def test_shares_that_fit_are_taken(store: Store, effect: dict[str, Any]) -> None:
    set_up(store)
    with store.writing(stamp()) as session:
        session.add(shares(**effect))
    with store.reading() as session:
        assert len(queries.effects_on(session, RISK)) == 1


@pytest.mark.parametrize(
    ("kind", "risk", "share"),
    [
        (VerificationKind.EFFECT_MEASURED, RISK, None),
        (VerificationKind.EFFECT_MEASURED, None, 0.5),
        (VerificationKind.EFFECT_MEASURED, RISK, 1.0),
        (VerificationKind.IN_PLACE, None, 0.5),
        (VerificationKind.IN_PLACE, RISK, -0.1),
    ],
)
def test_a_verified_share_must_fit_what_was_verified(
    scene: Store, kind: VerificationKind, risk: str | None, share: float | None
) -> None:
    row = MitigationVerification(
        mitigation="M-1",
        launch=AURORA,
        risk=risk,
        kind=kind,
        share=share,
        evidence="Looked.",
        verified_by="ben",
        verified_on=NOW.date(),
        model_version="v1",
        configuration="as shipped",
        exposure_stage=ExposureStage.STAGED_ROLLOUT,
    )
    assert "share_fits_kind" in str(refused(scene, row))


def test_durations_must_rise_and_be_whole(scene: Store) -> None:
    for days in ((3.0, 2.0, 4.0), (1.0, 2.0, None), (-1.0, 2.0, 3.0)):
        row = Mitigation(
            ref="M-2",
            number=2,
            title="x",
            mechanism=Mechanism.PREVENT,
            layer=Layer.MODEL,
            duration_shortest=days[0],
            duration_likely=days[1],
            duration_longest=days[2],
        )
        assert "duration_rises" in str(refused(scene, row))


def test_an_effort_or_capacity_below_zero_is_refused(scene: Store) -> None:
    effort = MitigationEffort(mitigation="M-1", team="safety", days=-1.0)
    assert "days_not_negative" in str(refused(scene, effort))
    team = Team(key="tiny", name="Tiny", people=0, person_days=1.0)
    assert "people_range" in str(refused(scene, team))


def a_risk_row(**fields: Any) -> Risk:
    values: dict[str, Any] = {
        "ref": f"{AURORA}/R-2",
        "launch": AURORA,
        "number": 2,
        "title": "x",
        "scenario": "x",
        "area": "privacy",
        "created_at": NOW,
    }
    return Risk(**(values | fields))


@pytest.mark.parametrize(
    ("fields", "rule"),
    [
        ({"status": RiskStatus.CLOSED}, "closed_by_two"),
        (
            {
                "status": RiskStatus.CLOSED,
                "close_reason": CloseReason.CANNOT_OCCUR,
                "closure_asked_by": "ada",
            },
            "closed_by_two",
        ),
        (
            {"closure_asked_by": "ada", "closure_confirmed_by": "ada"},
            "closure_confirmed_by_another",
        ),
        ({"duplicate_of": f"{AURORA}/R-2"}, "no_twin_of_itself"),
        ({"number": 3}, "ref_fits"),
        ({"number": 0, "ref": f"{AURORA}/R-0"}, "number_from_one"),
    ],
)
def test_a_risk_that_contradicts_itself_is_refused(
    scene: Store, fields: dict[str, Any], rule: str
) -> None:
    assert rule in str(refused(scene, a_risk_row(**fields)))


def test_a_scope_confirmed_by_who_decided_it_is_refused(scene: Store) -> None:
    row = LaunchScope(
        launch=AURORA,
        area="privacy",
        applicability=Applicability.NOT_APPLICABLE,
        reason="No personal data.",
        decided_by="ada",
        confirmed_by="ada",
    )
    assert "confirmed_by_another" in str(refused(scene, row))


@pytest.mark.parametrize(
    "row",
    [
        lambda: a_risk_row(area="no_such_area"),
        lambda: a_risk_row(owner="nobody"),
        lambda: a_risk_row(duplicate_of="aurora-1/R-99"),
        lambda: RiskArea(risk="aurora-1/R-99", area="privacy"),
        lambda: MitigationEffect(mitigation="M-1", risk="aurora-1/R-99", introduces=True),
        lambda: PersonRole(person="nobody", role=Role.VIEWER),
    ],
)
def test_a_reference_to_nothing_is_refused(scene: Store, row: Any) -> None:
    assert "not in the register" in str(refused(scene, row()))


def test_rows_that_refer_to_each_other_may_come_in_any_order(store: Store) -> None:
    with store.writing(stamp()) as session:
        session.add(a_risk_row(ref="late-1/R-1", launch="late-1", number=1))
        session.flush()
        session.add(
            Launch(
                key="late-1",
                name="Late",
                model_version="v1",
                configuration="x",
                exposure_asked=ExposureStage.STAGED_ROLLOUT,
                exposure_now=ExposureStage.NONE,
                target_date=NOW.date(),
            )
        )
    with store.reading() as session:
        assert queries.get_risk(session, "late-1/R-1").launch == "late-1"


@pytest.mark.parametrize(
    "row",
    [
        lambda: Team(key="safety", name="Again", people=1, person_days=1.0),
        lambda: a_risk_row(ref=RISK, number=1),
        lambda: LaunchRole(launch=AURORA, role=LaunchRoleName.APPROVER, person="ada"),
        lambda: LaunchRole(launch=AURORA, role=LaunchRoleName.LAUNCH_OWNER, person="ben"),
    ],
)
def test_what_is_there_already_is_refused(scene: Store, row: Any) -> None:
    assert "already in the register" in str(refused(scene, row()))


def test_a_second_launch_of_the_same_name_is_refused(scene: Store) -> None:
    with pytest.raises(InvalidInput, match="already in the register"):
        a_launch(scene, "aurora-2", name="Aurora 1")


def test_a_missing_field_is_named(scene: Store) -> None:
    with pytest.raises(InvalidInput, match="title"), scene.writing(stamp()) as session:
        session.add(a_risk_row(title=None))


def test_an_assignment_that_a_type_refuses_is_told_as_bad_input(scene: Store) -> None:
    with pytest.raises(InvalidInput, match="number"), scene.writing(stamp()) as session:
        session.get_one(Risk, RISK).number = "six"  # type: ignore[assignment]
