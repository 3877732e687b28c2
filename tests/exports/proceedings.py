"""A review of the small launch: signed, objected to, decided against the verdict, and after it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from tests.exports.rows import KEY, LAUNCH, SHOWN
from tracker.domain.changes import ChangeLine
from tracker.domain.report import Proceedings
from tracker.domain.review_state import (
    AcceptanceStatus,
    ConditionStatus,
    Cover,
    Seat,
    SignOffStatus,
)
from tracker.domain.review_words import (
    AcceptanceState,
    Capacity,
    ConditionState,
    CoverState,
    ExposureStep,
    Materiality,
    Outcome,
    SignOffStanding,
    Vote,
)
from tracker.domain.reviews import (
    AcceptanceRecord,
    ConditionRecord,
    DecisionRecord,
    ExposureRecord,
    NoteRecord,
    RecommendationRecord,
    ReviewRecord,
    SignOffRecord,
    SnapshotRecord,
)
from tracker.domain.snapshots import Difference
from tracker.domain.words import ExposureStage, Verdict

REVIEW, SNAPSHOT, DECISION = f"{KEY}/REV-1", f"{KEY}/S-1", f"{KEY}/D-1"
STAGE = ExposureStage.LIMITED_PREVIEW


def at(day: int, hour: int = 12) -> datetime:
    return datetime(2026, 11, day, hour, tzinfo=UTC)


def a_sign_off(number: int, person: str, vote: Vote, **fields: object) -> SignOffRecord:
    record = SignOffRecord(
        id=number,
        launch=KEY,
        review=REVIEW,
        snapshot=SNAPSHOT,
        person=person,
        capacity=Capacity.REVIEWER,
        area=None,
        vote=vote,
        comment="Read in full.",
        dissent="",
        would_change="",
        sections={"launch": f"{1:064x}"},
        signed_at=at(16),
        authenticated=False,
        answer="",
        answered_by=None,
        answered_at=None,
        origin=SHOWN,
    )
    return replace(record, **fields)  # type: ignore[arg-type]


CHANGE = Difference(
    sections=("area:self_harm",),
    kind="risk result",
    label="R-1",
    field="level",
    old="High",
    new="Critical",
    materiality=Materiality.MATERIAL,
    words="R-1 rose from High to Critical",
)


def sign_offs() -> tuple[SignOffStatus, ...]:
    officer = a_sign_off(
        1, "eli", Vote.APPROVE_WITH_CONDITIONS, capacity=Capacity.RESPONSIBLE_OFFICER
    )
    objection = a_sign_off(
        2,
        "cleo",
        Vote.OBJECT,
        dissent="Nobody measured it in German.",
        would_change="A run in German.",
        answer="German is not offered in this stage.",
        answered_by="fay",
        answered_at=at(17),
    )
    lead = a_sign_off(
        3, "ben", Vote.APPROVE, capacity=Capacity.AREA_LEAD, area="self_harm", authenticated=True
    )
    return (
        SignOffStatus(officer, SignOffStanding.STANDS, ()),
        SignOffStatus(objection, SignOffStanding.STANDS, ()),
        SignOffStatus(lead, SignOffStanding.VOID, (CHANGE,)),
    )


def a_decision() -> DecisionRecord:
    return DecisionRecord(
        ref=DECISION,
        launch=KEY,
        number=1,
        review=REVIEW,
        snapshot=SNAPSHOT,
        outcome=Outcome.GO_WITH_CONDITIONS,
        model_version=LAUNCH.model_version,
        configuration=LAUNCH.configuration,
        exposure_stage=STAGE,
        until=date(2026, 12, 31),
        reason="Few people, watched closely.",
        benefits="Blind people can read letters.",
        gate_result=Verdict.NOT_READY,
        recommended=Outcome.RESTRICTED,
        override_reason="The partner’s date does not move; the pilot is watched by hand.",
        decided_by="fay",
        decided_at=at(18),
        authenticated=False,
        origin=SHOWN,
    )


def a_condition(number: int, decision: str | None) -> ConditionRecord:
    return ConditionRecord(
        ref=f"{KEY}/C-{number}",
        launch=KEY,
        number=number,
        text="Run the set in German.",
        test="Gate G-5 passes.",
        owner="dan",
        due=date(2026, 11, 30),
        blocking=True,
        raised_by="eli",
        raised_at=at(16),
        review=REVIEW,
        decision=decision,
        state=ConditionState.OPEN,
        settled_by=None,
        settled_on=None,
        settled_because="",
        origin=SHOWN,
        version=1,
    )


def an_acceptance() -> AcceptanceRecord:
    return AcceptanceRecord(
        ref=f"{KEY}/A-1",
        launch=KEY,
        number=1,
        risk=f"{KEY}/R-2",
        level="High",
        harm_score=6.25,
        justification="High by the floor; no tool is attached.",
        fails_if=("a tool is attached", "an expert calls an answer useful"),
        compensating=("M-7",),
        until=date(2026, 11, 27),
        requested_by="ben",
        requested_at=at(10),
        lead=None,
        officer="eli",
        approver="fay",
        fired_on=None,
        ended_by=None,
        ended_because="",
        model_version=LAUNCH.model_version,
        configuration=LAUNCH.configuration,
        exposure_stage=STAGE,
        origin=SHOWN,
        version=1,
    )


def an_exposure(number: int, covered: bool) -> ExposureRecord:
    return ExposureRecord(
        id=number,
        launch=KEY,
        step=ExposureStep.EXPOSE,
        before=ExposureStage.NONE,
        after=ExposureStage.INTERNAL_BROAD,
        model_version=LAUNCH.model_version,
        configuration=LAUNCH.configuration,
        decision=DECISION if covered else None,
        covered=covered,
        reason="Staff try it first.",
        recorded_by="ada",
        recorded_at=at(18 + number),
        origin=SHOWN,
    )


def an_edit() -> ChangeLine:
    return ChangeLine(
        seq=40,
        at=at(15),
        actor="cleo",
        actor_name="Cleo",
        authenticated=False,
        action="confirm that a mandatory mark goes",
        entity="mitigation on a launch",
        subject="M-7",
        launch=KEY,
        fields={"mandatory": ("yes", "no"), "release_asked_by": ("ben", None)},
        reason="The stage has no such surface.",
        hash=f"{40:064x}",
        previous_hash=f"{39:064x}",
        first_seq=40,
    )


def standard() -> Proceedings:
    """Everything that can stand in the proceedings of a launch, once."""
    return Proceedings(
        review=ReviewRecord(
            REVIEW, KEY, 1, "ada", at(12), date(2026, 11, 18), "fay", at(18), "Decided.", SHOWN, 1
        ),
        snapshot=SnapshotRecord(
            SNAPSHOT, KEY, 1, REVIEW, at(14), "ada", False, date(2026, 11, 14), f"{7:064x}", "M1",
            (), SHOWN,
        ),
        made_from_snapshot=False,
        changes=(CHANGE,),
        seats=(
            Seat(Capacity.APPROVER, "fay", None, "decides", (), True, None),
            Seat(
                Capacity.RESPONSIBLE_OFFICER, "eli", None, "answers for it", (), True,
                sign_offs()[0],
            ),
        ),
        missing=("the approver has not signed",),
        sign_offs=sign_offs(),
        recommendations=(
            RecommendationRecord(
                1, KEY, REVIEW, SNAPSHOT, Outcome.RESTRICTED, ExposureStage.TRUSTED_TESTERS,
                "Stay with the pilot.", "eli", at(17), False, SHOWN,
            ),
        ),
        decisions=(a_decision(),),
        cover=Cover(a_decision(), CoverState.SUSPENDED, "R-1 rose to Critical"),
        uncovered=True,
        conditions=(
            ConditionStatus(a_condition(1, DECISION), ConditionState.OPEN, "due in 10 days"),
            ConditionStatus(a_condition(2, None), ConditionState.OPEN, ""),
        ),
        acceptances=(
            AcceptanceStatus(an_acceptance(), AcceptanceState.IN_FORCE, "until 2026-11-27"),
        ),
        exposures=(an_exposure(1, True), an_exposure(2, False)),
        notes=(NoteRecord(1, REVIEW, "", "German was asked about.", "ada", at(18, 9)),),
        edits=(an_edit(),),
    )  # fmt: skip


def with_hostile_text(text: str) -> Proceedings:
    """The standard proceedings with one text in every place that people type into."""
    known = standard()
    signed = (
        replace(
            one,
            sign_off=replace(
                one.sign_off,
                comment=text,
                dissent=text if one.sign_off.dissent else "",
                would_change=text if one.sign_off.would_change else "",
                answer=text if one.sign_off.answer else "",
            ),
        )
        for one in known.sign_offs
    )
    return replace(
        known,
        sign_offs=tuple(signed),
        recommendations=tuple(replace(one, reason=text) for one in known.recommendations),
        decisions=tuple(
            replace(one, reason=text, benefits=text, override_reason=text)
            for one in known.decisions
        ),
        conditions=tuple(
            replace(one, condition=replace(one.condition, text=text, test=text))
            for one in known.conditions
        ),
        acceptances=tuple(
            replace(one, acceptance=replace(one.acceptance, justification=text, fails_if=(text,)))
            for one in known.acceptances
        ),
        exposures=tuple(replace(one, reason=text) for one in known.exposures),
        notes=tuple(replace(one, text=text) for one in known.notes),
        edits=tuple(replace(one, reason=text) for one in known.edits),
    )
