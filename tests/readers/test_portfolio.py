from collections import Counter
from datetime import UTC, date, datetime, timedelta

import pytest

from tracker.domain.records import RiskRecord
from tracker.domain.words import (
    Applicability,
    ExposureStage,
    LaunchRoleName,
    MitigationStatus,
    Origin,
    ReviewStatus,
    VerificationKind,
)
from tracker.readers.areas import packaged_areas
from tracker.readers.demo import packaged_demo
from tracker.readers.loading import Loading
from tracker.readers.portfolio import Portfolio, portfolio_of

TODAY = date(2026, 11, 24)
G4, V, D2, D3 = "gpt-4-2023-03", "gpt-4v-2023-09", "dall-e-2-2022-04", "dall-e-3-2023-10"


def loaded_on(today: date) -> Portfolio:
    names = {area.code: area.name for area in packaged_areas()}
    at = datetime.combine(today, datetime.min.time(), UTC)
    return portfolio_of(Loading(packaged_demo(), names, today, at))


@pytest.fixture(scope="module")
def portfolio() -> Portfolio:
    return loaded_on(TODAY)


def risk(portfolio: Portfolio, ref: str) -> RiskRecord:
    return next(risk for risk in portfolio.risks if risk.ref == ref)


def test_everything_is_there(portfolio: Portfolio) -> None:
    counted = {name: len(getattr(portfolio, name)) for name in Portfolio.__slots__}
    assert counted == {
        "people": 16,
        "teams": 5,
        "launches": 4,
        "scopes": 100,
        "risks": 69,
        "assessments": 189,
        "mitigations": 86,
        "effects": 207,
        "placements": 89,
        "verifications": 40,
        "runs": 58,
        "definitions": 22,
        "gates": 27,
        "attestations": 5,
        "waivers": 2,
        "determinations": 20,
    }


def test_references_follow_the_files(portfolio: Portfolio) -> None:
    assert risk(portfolio, f"{V}/R-6").title == "Disallowed requests written inside an image"
    numbers = [mitigation.number for mitigation in portfolio.mitigations]
    assert numbers == list(range(1, 87))
    assert portfolio.mitigations[22].title == "Refuse to identify people"


def test_a_risk_of_a_card_is_published_with_its_section_and_our_reading(
    portfolio: Portfolio,
) -> None:
    found = risk(portfolio, f"{G4}/R-1")
    assert found.origin is Origin.PUBLISHED
    assert found.source == "GPT-4 System Card, section 2.2"
    assert "Reduced but not removed" in found.note
    assert "Our reading of the document: partially mitigated." in found.note
    assert all("UNASSESSED" not in r.note for r in portfolio.risks if r.ref.startswith(G4))


def test_our_judgements_say_that_they_are_ours(portfolio: Portfolio) -> None:
    ours = (
        *portfolio.scopes,
        *portfolio.assessments,
        *portfolio.placements,
        *portfolio.verifications,
        *(effect for effect in portfolio.effects if not effect.introduces),
        *portfolio.mitigations[70:],
    )
    assert {record.origin for record in ours} == {Origin.ILLUSTRATIVE}
    assert {mitigation.origin for mitigation in portfolio.mitigations[:70]} == {Origin.PUBLISHED}
    for launch in portfolio.launches:
        assert launch.origin is Origin.PUBLISHED
        assert "illustrative judgements that we made for the demo" in launch.note


def test_every_link_to_harm_is_published_or_our_own_proposal(portfolio: Portfolio) -> None:
    links = {(e.mitigation, e.risk): e.origin for e in portfolio.effects if e.introduces}
    assert len(links) == 11
    assert links["M-23", f"{V}/R-15"] is Origin.PUBLISHED
    assert links["M-82", f"{D3}/R-6"] is Origin.ILLUSTRATIVE


def test_historical_launches_keep_their_dates_and_are_read_as_of_then(
    portfolio: Portfolio,
) -> None:
    launches = {launch.key: launch for launch in portfolio.launches}
    assert launches[G4].target_date == launches[G4].as_of == date(2023, 3, 14)
    assert launches[D2].target_date == launches[D2].as_of == date(2022, 4, 6)
    assert launches[G4].review_status is ReviewStatus.DECIDED
    assert launches[D2].exposure_asked is ExposureStage.TRUSTED_TESTERS
    assert launches[D2].exposure_now is ExposureStage.STAGED_ROLLOUT
    assert (launches[V].as_of, launches[D3].as_of) == (None, None)


@pytest.mark.parametrize("today", [date(2026, 11, 24), date(2027, 2, 28)])
def test_dates_of_launches_under_way_move_with_the_day_of_loading(today: date) -> None:
    portfolio = loaded_on(today)
    launches = {launch.key: launch for launch in portfolio.launches}
    assert launches[V].target_date == today + timedelta(days=9)
    assert launches[D3].target_date == today + timedelta(days=24)
    assert risk(portfolio, f"{V}/R-8").due == today + timedelta(days=3)
    rounds = {a.submitted_at.date() for a in portfolio.assessments if a.risk.startswith(V)}
    assert rounds == {today - timedelta(days=16), today - timedelta(days=10)}
    historical = {a.submitted_at.date() for a in portfolio.assessments if a.risk.startswith(G4)}
    assert historical == {date(2023, 2, 20), date(2023, 2, 27)}


def test_no_illustrative_act_lies_in_the_future(portfolio: Portfolio) -> None:
    assert all(a.submitted_at.date() < TODAY for a in portfolio.assessments)
    assert all(v.verified_on < TODAY for v in portfolio.verifications)


def test_every_round_is_kept(portfolio: Portfolio) -> None:
    rounds = [a for a in portfolio.assessments if a.risk == f"{G4}/R-21"]
    assert len(rounds) == 5
    fairness = [a for a in rounds if a.assessor == "assessor-fairness"]
    assert [a.picks.likelihood for a in fairness] == [5, 3]
    assert fairness[0].submitted_at < fairness[1].submitted_at


def test_assessments_are_about_the_launch_as_it_is(portfolio: Portfolio) -> None:
    launches = {launch.key: launch for launch in portfolio.launches}
    for assessment in portfolio.assessments:
        launch = launches[assessment.risk.rpartition("/")[0]]
        assert assessment.model_version == launch.model_version
        assert assessment.configuration == launch.configuration
        assert assessment.exposure_stage is launch.exposure_asked


def test_five_risks_are_left_unassessed_on_purpose(portfolio: Portfolio) -> None:
    assessed = {assessment.risk for assessment in portfolio.assessments}
    unassessed = [risk for risk in portfolio.risks if risk.ref not in assessed]
    assert [risk.ref for risk in unassessed] == [
        f"{V}/R-8",
        f"{V}/R-13",
        f"{D3}/R-6",
        f"{D3}/R-7",
        f"{D3}/R-8",
    ]
    assert all("UNASSESSED on purpose" in risk.note for risk in unassessed)
    assert all(risk.due is not None for risk in unassessed)


def test_every_area_of_every_launch_has_a_line_and_two_gape(portfolio: Portfolio) -> None:
    assert Counter(scope.launch for scope in portfolio.scopes) == dict.fromkeys((G4, V, D2, D3), 25)
    touched = {(r.launch, area) for r in portfolio.risks for area in (r.area, *r.touches)}
    gaps = [
        (scope.launch, scope.area)
        for scope in portfolio.scopes
        if scope.applicability is Applicability.IN_SCOPE
        and (scope.launch, scope.area) not in touched
    ]
    assert gaps == [(D3, "child_safety"), (D3, "model_security")]


def test_what_is_left_out_is_confirmed_by_somebody_other_than_the_owner(
    portfolio: Portfolio,
) -> None:
    owners = {launch.key: launch.owner for launch in portfolio.launches}
    for scope in portfolio.scopes:
        assert scope.decided_by == owners[scope.launch]
        if scope.applicability is not Applicability.IN_SCOPE:
            assert scope.confirmed_by not in (None, scope.decided_by)
            assert scope.reason


def test_a_risk_is_owned_by_whoever_leads_its_area(portfolio: Portfolio) -> None:
    leads = {area: person.key for person in portfolio.people for area in person.leads}
    assert len(leads) == 25
    assert all(risk.owner == leads[risk.area] for risk in portfolio.risks)


def test_a_risk_also_touches_what_the_card_and_we_say(portfolio: Portfolio) -> None:
    found = risk(portfolio, f"{D3}/R-8")
    assert {"self_harm", "youth"} <= set(found.touches)
    assert "We also count it under “Suicide, self-harm and eating disorders”" in found.note
    assert all(risk.area not in risk.touches for risk in portfolio.risks)


def test_a_verification_in_place_counts_the_low_estimate_and_names_its_figure(
    portfolio: Portfolio,
) -> None:
    low = {(effect.mitigation, effect.risk): effect.low for effect in portfolio.effects}
    owners = {mitigation.ref: mitigation.owner for mitigation in portfolio.mitigations}
    for verification in portfolio.verifications:
        assert verification.risk is not None
        assert verification.kind is VerificationKind.IN_PLACE
        assert verification.share == low[verification.mitigation, verification.risk]
        assert verification.verified_by != owners[verification.mitigation]
        assert verification.evidence.endswith(").")
    named = next(v for v in portfolio.verifications if v.mitigation == "M-23")
    assert named.evidence.startswith(
        "Refusal of person-identification requests: more than 98 % "
        "(GPT-4V(ision) System Card, section 2.2)."
    )


def test_only_verified_mitigations_have_verifications(portfolio: Portfolio) -> None:
    verified = {p.mitigation for p in portfolio.placements if p.status == "verified"}
    assert {verification.mitigation for verification in portfolio.verifications} == verified
    assert len(verified) == 18


def test_proposals_stand_as_proposed_on_each_of_their_launches(portfolio: Portfolio) -> None:
    proposed = [p for p in portfolio.placements if p.status is MitigationStatus.PROPOSED]
    assert len(proposed) == 19
    assert {p.launch for p in proposed if p.mitigation == "M-71"} == {V, D3}
    assert [p.launch for p in proposed if p.mandatory] == [D3]


def test_one_person_holds_one_role_on_a_launch(portfolio: Portfolio) -> None:
    for launch in portfolio.launches:
        assert set(launch.holders) == set(LaunchRoleName)
        assert len(set(launch.holders.values())) == 3
