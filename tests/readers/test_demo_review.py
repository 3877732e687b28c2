from collections import defaultdict
from datetime import UTC, date, datetime

import pytest

from tests.readers.demo_copy import demo_files, rejected_with
from tracker.domain.review_drafts import AcceptanceDraft
from tracker.domain.review_words import ConditionState, Outcome, Vote
from tracker.domain.reviews import SignOffRecord
from tracker.domain.words import ExposureStage, Level, Origin, Verdict
from tracker.readers import portfolio_review
from tracker.readers.areas import packaged_areas
from tracker.readers.demo import packaged_demo
from tracker.readers.loading import Loading

G4, V, D2, D3 = "gpt-4-2023-03", "gpt-4v-2023-09", "dall-e-2-2022-04", "dall-e-3-2023-10"
TODAY = date(2026, 11, 24)
APPROVER = "  decision:\n    ref: D-1\n    by: approver"


def loading() -> Loading:
    names = {area.code: area.name for area in packaged_areas()}
    return Loading(packaged_demo(), names, TODAY, datetime(2026, 11, 24, 9, tzinfo=UTC))


def signed() -> tuple[SignOffRecord, ...]:
    return tuple(portfolio_review.sign_offs(loading(), lambda *_: {"launch": "0" * 64}))


def test_every_file_of_a_review_says_whose_it_is() -> None:
    for name, content in demo_files().items():
        if name.endswith("review.yaml"):
            head = " ".join(content.decode().split("\nlaunch:")[0].replace("\n# ", " ").split())
            assert " Origin: " in head, name
            assert "for the demo" in head, name
            assert "may be quoted as" in head, name


def test_one_review_is_open_two_are_closed_and_one_launch_has_none() -> None:
    found = {one.launch: one for one in portfolio_review.reviews(loading())}
    assert set(found) == {G4, V, D2}
    assert found[V].closed_at is None
    assert found[V].meeting_on == date(2026, 11, 26)
    assert {found[G4].closed_by, found[D2].closed_by} == {"policy-lead"}


def test_the_open_review_has_an_objection_that_nobody_answered() -> None:
    votes: dict[Vote, list[str]] = defaultdict(list)
    for one in signed():
        votes[one.vote].append(one.person)
    assert votes[Vote.OBJECT] == ["reviewer-2"]
    assert votes[Vote.RECUSE] == ["reviewer-3"]
    (objection,) = [one for one in signed() if one.vote is Vote.OBJECT]
    assert objection.answer == ""
    assert objection.dissent
    assert objection.would_change
    assert {one.authenticated for one in signed()} == {False}


def test_an_area_lead_signs_once_for_each_area_in_scope() -> None:
    areas = [(one.person, one.area) for one in signed() if one.area]
    assert areas == [
        ("assessor-fairness", "bias_fairness"),
        ("assessor-fairness", "hate_harassment"),
        ("assessor-fairness", "over_refusal"),
        ("assessor-bio", "cbrn"),
    ]


def test_the_two_decisions_are_overrides_that_say_so_and_keep_their_sources() -> None:
    verdicts = {G4: Verdict.NOT_READY, D2: Verdict.NOT_READY}
    decided = tuple(portfolio_review.decisions(loading(), verdicts))
    assert [(one.launch, one.outcome, one.until) for one in decided] == [
        (G4, Outcome.GO_WITH_CONDITIONS, date(2023, 9, 10)),
        (D2, Outcome.GO_WITH_CONDITIONS, date(2022, 7, 5)),
    ]
    for one in decided:
        assert one.is_override
        assert one.gate_result is Verdict.NOT_READY
        assert one.recommended is Outcome.GO_WITH_CONDITIONS
        assert "Published: " in one.reason
        assert "system card" in one.reason.lower()
        assert one.origin is Origin.ILLUSTRATIVE


def test_a_decision_takes_its_conditions_over_and_the_open_review_only_proposes_them() -> None:
    found = {one.ref: one for one in portfolio_review.conditions(loading())}
    assert found[f"{G4}/C-1"].decision == f"{G4}/D-1"
    assert found[f"{D2}/C-1"].state is ConditionState.MET
    assert found[f"{D2}/C-1"].settled_because == "Published figures E-8, E-7."
    assert [found[f"{V}/C-{n}"].decision for n in (1, 2, 3)] == [None, None, None]


def test_every_acceptance_is_one_that_somebody_could_ask_for() -> None:
    scores = {f"{key}/R-{n}": 6.5 for key in (G4, V, D2, D3) for n in range(1, 30)}
    found = tuple(portfolio_review.acceptances(loading(), scores))
    assert len(found) == 11
    for one in found:
        draft = AcceptanceDraft(
            justification=one.justification,
            fails_if=one.fails_if,
            compensating=one.compensating,
            until=one.until,
        )
        assert draft.until > one.requested_at.date()
        assert one.level is not Level.CRITICAL
        assert one.harm_score == 6.5


def test_later_steps_of_exposure_are_published_and_covered_by_no_decision() -> None:
    found = [one for one in portfolio_review.exposures(loading()) if one.launch == D2]
    assert [(one.before, one.after, one.covered) for one in found] == [
        (ExposureStage.NONE, ExposureStage.TRUSTED_TESTERS, True),
        (ExposureStage.TRUSTED_TESTERS, ExposureStage.LIMITED_PREVIEW, False),
        (ExposureStage.LIMITED_PREVIEW, ExposureStage.STAGED_ROLLOUT, False),
    ]
    assert "DALL" in found[2].reason
    assert "whole post" in found[2].reason


@pytest.mark.parametrize(
    ("launch", "before", "after", "place", "problem"),
    [
        (V, "launch: gpt-4v", "launch: gpt-5v", "launch", "says “gpt-5v"),
        (V, "opened_by: policy-lead", "opened_by: nobody", "people, nobody", "not in portfolio"),
        (V, "document: g4vsc", "document: tea", "facts, tea", "not in sources"),
        (V, "risk: R-14", "risk: R-99", "A-1, R-99", "not a risk"),
        (V, "ref: A-2", "ref: A-4", "acceptances", "numbered A-1 to A-3"),
        (V, "level: High", "level: Critical", "A-1", "nobody may accept"),
        (V, "level: High", "level: Moderate", "A-1", "not signed by a lead"),
        (V, "officer: reviewer-1", "officer: reviewer-2", "A-1", "together"),
        (V, "requested_by: eng-product", "requested_by: approver", "A-1", "asked for it"),
        (V, "until: {day: 3}", "until: {day: 4}", "A-1", "more than 90 days"),
        (D3, "until: {day: 100}", "until: {day: 161}", "A-2", "more than 180 days"),
        (V, "ref: C-3", "ref: C-4", "conditions", "numbered C-1 to C-3"),
        (V, "conditions: [C-3]", "conditions: [C-9]", "assessor-fairness, C-9", "not a condition"),
        (V, "conditions: [C-3]", "conditions: [C-2]", "C-2", "raised by somebody else"),
        (V, "raised_by: assessor-fairness", "raised_by: reviewer-3", "reviewer-3", "recused"),
        (V, "areas: [cbrn]", "areas: [ai_rnd]", "assessor-bio, ai_rnd", "not in scope"),
        (V, "areas: [cbrn]", "areas: [privacy]", "assessor-bio, privacy", "they lead"),
        (V, "- by: reviewer-2", "- by: eng-data", "eng-data", "no reviewer"),
        (V, "- by: reviewer-2", "- by: eng-product", "eng-product", "launch owner"),
        (
            V,
            "- by: reviewer-1\n      capacity: responsible",
            "- by: reviewer-2\n      capacity: responsible",
            "reviewer-2",
            "not responsible officer",
        ),
        (G4, APPROVER, APPROVER.replace("approver", "admin"), "D-1", "not approver"),
        (G4, "    until: 2023-09-10", "    until: null", "D-1", "covers a stage"),
        (G4, "conditions: [C-1]", "conditions: []", "D-1", "exactly when it is a go with"),
        (D2, "evidence: [E-8, E-7]", "evidence: [E-99]", "C-1, E-99", "not a published figure"),
        (D2, "met: {by: reviewer-2", "met: {by: policy-lead", "C-1", "met by its owner"),
        (D2, "    decision: D-1\n", "    decision: D-2\n", "exposures, D-2", "not a decision"),
        (D2, "date: 2022-05-18\n    stage", "date: 2022-08-18\n    stage", "exposures", "order"),
        (D2, "stage: limited preview", "stage: internal broad", "exposures", "widen"),
    ],
)
def test_what_contradicts_another_file_or_a_rule_of_signing_is_refused_by_its_place(
    launch: str, before: str, after: str, place: str, problem: str
) -> None:
    rows = rejected_with(f"{launch}/review.yaml", before, after)
    found = [text for where, text in rows.items() if place in where]
    assert found, rows
    assert any(problem in text for text in found), rows


@pytest.mark.parametrize(
    ("before", "after", "problem"),
    [
        ("vote: object", "vote: abstain", "objection says why"),
        ("conditions: [C-3]", "conditions: []", "at least one"),
        ("areas: [cbrn]", "areas: []", "names the areas"),
        ("fails_if:\n      - a report of injury", "fails_not:\n      - a report", "fails_if"),
    ],
)
def test_a_signature_without_what_its_vote_needs_is_refused(
    before: str, after: str, problem: str
) -> None:
    rows = rejected_with(f"{V}/review.yaml", before, after)
    assert any(problem in f"{where} {text}" for where, text in rows.items()), rows
