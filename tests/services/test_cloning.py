"""What a new launch takes over from the last one, and what it leaves behind."""

from typing import Any

import pytest
from sqlmodel import select

from tests.cast import ADA, FAY, NOW, TODAY
from tests.factories import (
    AURORA,
    a_closed_risk,
    a_mitigation,
    a_placement,
    a_risk,
    a_scope,
    a_verification,
    an_assessment,
    stamp,
)
from tests.services.acts import a_launch_draft, act, state
from tests.services.decided import IN_A_WEEK, a_condition, a_decision
from tests.services.evidence_files import a_definition, a_gate, a_reviewed_launch, imported
from tracker.domain.errors import InvalidInput
from tracker.domain.review_drafts import DroppedRisk
from tracker.domain.review_words import Capacity, ExposureStep, Vote, WithheldClass
from tracker.domain.words import (
    Confidence,
    ExposureStage,
    GateState,
    Level,
    MitigationStatus,
    ReviewStatus,
    ThresholdOutcome,
)
from tracker.services.history import history
from tracker.services.launches import clone_launch
from tracker.store import queries, tables
from tracker.store.engine import Store

WHY = "The new release has no voice."
R1, R2 = f"{AURORA}/R-1", f"{AURORA}/R-2"
NEXT = "borealis-1"


def cloned(store: Store, *dropped: DroppedRisk) -> str:
    return clone_launch(store, act(ADA), AURORA, a_launch_draft(NEXT), (), dropped)


def dropped_rows(store: Store) -> list[tuple[str, str, str]]:
    with store.reading() as session:
        rows = session.exec(select(tables.DroppedRisk))
        return [(row.risk, row.reason, row.dropped_by) for row in rows]


def everything_signed(store: Store) -> None:
    """Aurora with one of each thing that somebody judged or signed."""
    a_reviewed_launch(store)
    a_scope(store)
    risk = a_risk(store)
    an_assessment(store, risk)
    shield = a_mitigation(store, {risk: (0.5, 0.7, 0.9)})
    a_placement(store, shield, status=MitigationStatus.VERIFIED)
    a_verification(store, shield, risk, 0.5)
    a_definition(store)
    gate = a_gate(store)
    imported(store)
    decision = a_decision(store)
    a_condition(store, decision)
    release: dict[str, Any] = {"model_version": "v1", "configuration": "as shipped"}
    stage = ExposureStage.STAGED_ROLLOUT
    with store.writing(stamp(FAY)) as session:
        session.add(
            tables.GateWaiver(
                gate=gate,
                state=GateState.MISSING,
                latest_run=0,
                threshold="≥ 95 %",
                reason="It is booked.",
                compensation="Every answer is read.",
                until=IN_A_WEEK,
                requested_by="ada",
                requested_at=NOW,
                officer="eli",
                approver="fay",
                **release,
                exposure_stage=stage,
            )
        )
        session.add(
            tables.ThresholdDetermination(
                launch=AURORA,
                area="cbrn",
                outcome=ThresholdOutcome.BELOW,
                confidence=Confidence.HIGH,
                rationale="Far below.",
                determined_by="dana",
                determined_on=TODAY,
                **release,
                exposure_stage=stage,
            )
        )
        session.add(
            tables.Acceptance(
                ref=f"{AURORA}/A-1",
                launch=AURORA,
                number=1,
                risk=risk,
                level=Level.HIGH,
                harm_score=6.0,
                justification="Worth it.",
                fails_if=["Complaints double."],
                compensating=[],
                until=IN_A_WEEK,
                requested_by="ada",
                requested_at=NOW,
                officer="eli",
                approver="fay",
                **release,
                exposure_stage=stage,
            )
        )
        session.add(
            tables.SignOff(
                launch=AURORA,
                review=f"{AURORA}/REV-1",
                snapshot=f"{AURORA}/S-1",
                person="eli",
                capacity=Capacity.RESPONSIBLE_OFFICER,
                vote=Vote.APPROVE,
                sections={"launch": "0" * 64},
                signed_at=NOW,
                authenticated=False,
            )
        )
        session.add(
            tables.Exposure(
                launch=AURORA,
                step=ExposureStep.EXPOSE,
                before=ExposureStage.NONE,
                after=stage,
                **release,
                decision=decision,
                covered=True,
                recorded_by="ada",
                recorded_at=NOW,
            )
        )


def test_whatever_was_judged_or_signed_stays_behind(store):
    everything_signed(store)
    cloned(store)
    with store.reading() as session:
        before, after = queries.launch_inputs(session, [AURORA, NEXT])
    signed = (
        *("scopes", "gates", "runs", "waivers", "determinations", "verifications"),
        *("acceptances", "conditions", "decisions", "sign_offs", "exposures"),
    )
    assert [name for name in signed if not getattr(before, name)] == []
    assert [name for name in signed if getattr(after, name)] == []
    assert before.risks[0].assessments
    assert [item.assessments for item in after.risks] == [()]
    assert after.launch.review_status is ReviewStatus.DRAFT
    assert after.launch.exposure_now is ExposureStage.NONE


def test_a_dropped_risk_stays_behind_with_its_reason(store):
    a_reviewed_launch(store)
    a_risk(store)
    kept = a_risk(store)
    cloned(store, DroppedRisk(risk=R1, reason=WHY))
    assert [risk.risk.title for risk in state(store, NEXT).risks] == ["Risk 2"]
    assert kept == R2
    assert dropped_rows(store) == [(R1, WHY, "ada")]
    assert history(store, subject=R1, limit=1)[0].launch == NEXT


def test_a_risk_is_not_dropped_without_a_reason():
    with pytest.raises(ValueError, match="reason"):
        DroppedRisk(risk=R1, reason="")


def test_only_open_risks_of_the_source_are_dropped_and_each_once(store):
    a_reviewed_launch(store)
    closed, risk = a_closed_risk(store), a_risk(store)
    for ref in (closed, f"{AURORA}/R-9", "elsewhere/R-1"):
        with pytest.raises(InvalidInput, match="no open risk of the last launch"):
            cloned(store, DroppedRisk(risk=ref, reason=WHY))
    twice = DroppedRisk(risk=risk, reason=WHY)
    with pytest.raises(InvalidInput, match="named twice"):
        cloned(store, twice, twice)
    assert dropped_rows(store) == []


def test_what_was_withheld_stays_withheld(store):
    a_reviewed_launch(store)
    a_risk(store, withheld=WithheldClass.SECURITY)
    a_risk(store)
    cloned(store)
    assert [risk.risk.withheld for risk in state(store, NEXT).risks] == [
        WithheldClass.SECURITY,
        None,
    ]


def test_an_effect_on_a_dropped_risk_goes_with_it(store):
    a_reviewed_launch(store)
    first, second = a_risk(store), a_risk(store)
    shield = a_mitigation(store, {first: (0.1, 0.2, 0.3), second: (0.4, 0.5, 0.6)})
    a_placement(store, shield)
    cloned(store, DroppedRisk(risk=first, reason=WHY))
    (item,) = state(store, NEXT).mitigations
    assert [(effect.risk, effect.best) for effect in item.effects] == [(f"{NEXT}/R-1", 0.5)]


def test_cloning_takes_no_mandatory_mark_away_not_even_of_what_was_rejected(store):
    a_reviewed_launch(store)
    kept, rejected = a_mitigation(store), a_mitigation(store)
    a_placement(store, kept, mandatory=True)
    a_placement(store, rejected, mandatory=True, status=MitigationStatus.REJECTED)
    cloned(store)
    found = {one.mitigation.ref: one.placement.mandatory for one in state(store, NEXT).mitigations}
    assert found == {kept: True, rejected: True}
