"""Reads return records that say what was written, found by their references."""

from datetime import date, timedelta

import pytest

from tests.cast import ADA, BEN, CAST, CLEO, DANA, ELI, NOW
from tests.factories import (
    AURORA,
    a_closed_risk,
    a_launch,
    a_mitigation,
    a_placement,
    a_risk,
    a_verification,
    an_assessment,
    stamp,
)
from tracker.domain.drafts import PartialAssessment
from tracker.domain.errors import NotFound
from tracker.domain.words import (
    CloseReason,
    EvidenceGrade,
    Factor,
    LaunchRoleName,
    MitigationStatus,
    RegisterKind,
    RiskStatus,
    Role,
)
from tracker.readers.areas import packaged_areas
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import Stamp
from tracker.store.tables import LaunchRole, Person, PersonArea
from tracker.store.writes import (
    discard_draft,
    keep_draft,
    next_mitigation_number,
    next_risk_number,
    remember_request,
)


def test_people_are_read_with_roles_and_areas(store: Store) -> None:
    with store.writing(stamp()) as session:
        session.add_all(PersonArea(person="ben", area=area) for area in ("privacy", "cbrn"))
        session.get_one(Person, "cleo").active = False
    with store.reading() as session:
        people = queries.people(session)
    assert [*people] == [actor.key for actor in CAST]
    assert people["ben"].roles == frozenset({Role.POLICY_LEAD, Role.REVIEWER})
    assert people["ben"].leads == ("cbrn", "privacy")
    assert (people["cleo"].active, people["cleo"].version) == (False, 2)
    assert people["ada"] == ADA.person


def test_teams_and_areas_and_the_register_are_read(store: Store) -> None:
    with store.reading() as session:
        assert [*queries.teams(session)] == ["product", "safety"]
        assert queries.teams(session)["safety"].person_days == 40.0
        assert queries.policy_areas(session) == packaged_areas()
        assert queries.register_info(session).kind is RegisterKind.OWN


def test_a_launch_is_read_with_who_holds_its_roles(store: Store) -> None:
    a_launch(store, as_of=date(2023, 9, 25), note="n", source="s")
    with store.writing(stamp()) as session:
        session.add(LaunchRole(launch=AURORA, role=LaunchRoleName.APPROVER, person="ben"))
    with store.reading() as session:
        launch = queries.get_launch(session, AURORA)
        assert queries.launches(session) == (launch,)
    assert launch.holders == {
        LaunchRoleName.LAUNCH_OWNER: "ada",
        LaunchRoleName.APPROVER: "ben",
    }
    assert (launch.owner, launch.as_of, launch.version) == ("ada", date(2023, 9, 25), 1)
    assert (launch.note, launch.source, launch.cloned_from) == ("n", "s", None)


def test_launches_come_in_the_order_of_their_keys(store: Store) -> None:
    for key in ("b-1", "a-1", "a-b"):
        a_launch(store, key)
    with store.reading() as session:
        assert [launch.key for launch in queries.launches(session)] == ["a-1", "a-b", "b-1"]


@pytest.mark.parametrize(
    ("ref", "near"),
    [("aurora-2", "aurora-1"), ("Aurora-1", "aurora-1")],
)
def test_a_launch_that_is_not_there_is_answered_with_its_neighbours(
    store: Store, ref: str, near: str
) -> None:
    a_launch(store)
    with store.reading() as session, pytest.raises(NotFound, match=f"Did you mean {near}"):
        queries.get_launch(session, ref)


@pytest.mark.parametrize("ref", ["aurora-1/R-9", "aurora-/R-1", "R-1", "", "x" * 10_000, "😀/R-1"])
def test_a_risk_that_is_not_there_is_not_found(store: Store, ref: str) -> None:
    a_launch(store)
    a_risk(store)
    with store.reading() as session, pytest.raises(NotFound, match="There is no risk"):
        queries.get_risk(session, ref)


def test_a_risk_that_is_nearly_there_is_named(store: Store) -> None:
    a_launch(store)
    a_risk(store)
    with store.reading() as session, pytest.raises(NotFound, match="Did you mean aurora-1/R-1"):
        queries.get_risk(session, "aurora-1/R-2")


def test_a_mitigation_that_is_not_there_is_not_found(store: Store) -> None:
    a_mitigation(store)
    with store.reading() as session, pytest.raises(NotFound, match="Did you mean M-1"):
        queries.get_mitigation(session, "M-2")


def test_a_risk_is_read_with_its_areas_and_tags_in_order(store: Store) -> None:
    a_launch(store)
    ref = a_risk(
        store,
        touches=("privacy", "cbrn"),
        tags=(("owasp", "LLM01"), ("mit", "4.1"), ("mit", "2.1")),
        owner="ada",
        due=date(2026, 3, 20),
    )
    with store.reading() as session:
        risk = queries.get_risk(session, ref)
    assert (risk.ref, risk.launch, risk.number, risk.short_ref) == (ref, AURORA, 1, "R-1")
    assert risk.touches == ("cbrn", "privacy")
    assert risk.tags == (("mit", "2.1"), ("mit", "4.1"), ("owasp", "LLM01"))
    assert (risk.owner, risk.due, risk.created_at) == ("ada", date(2026, 3, 20), NOW)
    assert risk.status is RiskStatus.OPEN


def test_a_closed_risk_says_who_closed_it_and_why(store: Store) -> None:
    a_launch(store)
    with store.reading() as session:
        risk = queries.get_risk(session, a_closed_risk(store))
    assert (risk.status, risk.close_reason) == (RiskStatus.CLOSED, CloseReason.CANNOT_OCCUR)
    assert (risk.closure_asked_by, risk.closure_confirmed_by) == ("ada", "ben")


def test_assessments_of_a_risk_come_newest_first_with_superseded_ones(store: Store) -> None:
    a_launch(store)
    risk = a_risk(store)
    first = an_assessment(store, risk, DANA, (1, 2, 3, 4, 5), reasons={"reversibility": "Why."})
    second = an_assessment(store, risk, ELI, at=NOW + timedelta(hours=2))
    third = an_assessment(store, risk, DANA, at=NOW + timedelta(hours=1), confirms=first)
    with store.reading() as session:
        found = queries.risk_assessments(session, risk)
    assert [item.id for item in found] == [second, third, first]
    assert [found[2].picks.of(factor) for factor in Factor] == [1, 2, 3, 4, 5]
    assert found[2].reasons == {Factor.REVERSIBILITY: "Why."}
    assert (found[1].confirms, found[0].grade) == (first, EvidenceGrade.C)


def test_a_mitigation_is_read_with_its_efforts_and_duration(store: Store) -> None:
    ref = a_mitigation(
        store,
        efforts={"safety": 2.5, "product": 1.0},
        duration_shortest=1.0,
        duration_likely=2.0,
        duration_longest=5.0,
        team="safety",
    )
    plain = a_mitigation(store)
    with store.reading() as session:
        found = queries.get_mitigation(session, ref)
        assert [item.ref for item in queries.mitigations(session)] == [ref, plain]
        assert queries.get_mitigation(session, plain).duration is None
        assert queries.get_mitigation(session, plain).efforts == {}
    assert found.efforts == {"safety": 2.5, "product": 1.0}
    assert found.duration == (1.0, 2.0, 5.0)
    assert (found.number, found.owner, found.team, found.version) == (1, "fay", "safety", 1)


def test_effects_and_placements_are_found_from_both_sides(store: Store) -> None:
    a_launch(store)
    a_launch(store, "aurora-2")
    risks = [a_risk(store), a_risk(store), a_risk(store, "aurora-2")]
    refs = [a_mitigation(store, {risks[0]: (0.1, 0.2, 0.3)}, introduces=(risks[2],))]
    refs += [a_mitigation(store, {risks[0]: (0.1, 0.1, 0.1)}) for _ in range(10)]
    for launch in ("aurora-2", AURORA):
        a_placement(store, refs[0], launch, MitigationStatus.IMPLEMENTED, mandatory=True)
    a_placement(store, refs[10])
    with store.reading() as session:
        assert [e.risk for e in queries.effects_of(session, refs[0])] == [risks[0], risks[2]]
        assert [e.mitigation for e in queries.effects_on(session, risks[0])] == refs
        assert [p.launch for p in queries.placements_of(session, refs[0])] == [AURORA, "aurora-2"]
        placed = queries.placements_on(session, AURORA)
    assert [p.mitigation for p in placed] == ["M-1", "M-11"]
    assert (placed[0].mandatory, placed[0].status) == (True, MitigationStatus.IMPLEMENTED)


def test_verifications_come_newest_first(store: Store) -> None:
    a_launch(store)
    a_launch(store, "aurora-2")
    risk = a_risk(store)
    ref = a_mitigation(store, {risk: (0.1, 0.2, 0.3)})
    first = a_verification(store, ref, risk, 0.1)
    second = a_verification(store, ref, None, None, launch="aurora-2")
    with store.reading() as session:
        assert [v.id for v in queries.verifications_of(session, ref)] == [second, first]
        assert [v.id for v in queries.verifications_of(session, ref, AURORA)] == [first]


def test_a_draft_is_kept_per_author_until_it_is_discarded(store: Store) -> None:
    a_launch(store)
    risk, other = a_risk(store), a_risk(store)
    with store.unaudited() as session:
        keep_draft(session, "dana", risk, PartialAssessment(picks={Factor.SEVERITY: 4}), NOW)
        keep_draft(session, "eli", risk, PartialAssessment(rationale="Mine"), NOW)
    later = NOW + timedelta(minutes=5)
    partial = PartialAssessment(
        picks={Factor.SEVERITY: 5}, grade=EvidenceGrade.B, reasons={Factor.SEVERITY: "Since"}
    )
    with store.unaudited() as session:
        keep_draft(session, "dana", risk, partial, later)
        keep_draft(session, "dana", other, PartialAssessment(), NOW)
    with store.reading() as session:
        draft = queries.find_draft(session, risk, "dana")
        assert [item.risk for item in queries.drafts_of(session, "dana")] == [risk, other]
        assert queries.find_draft(session, other, "eli") is None
    assert draft is not None
    assert (draft.picks, draft.grade) == ({Factor.SEVERITY: 5}, EvidenceGrade.B)
    assert (draft.reasons, draft.saved_at) == ({Factor.SEVERITY: "Since"}, later)
    with store.unaudited() as session:
        discard_draft(session, "dana", risk)
        discard_draft(session, "cleo", risk)
    with store.reading() as session:
        assert queries.find_draft(session, risk, "dana") is None
        assert queries.find_draft(session, risk, "eli") is not None


def test_changes_are_narrowed_by_each_filter(store: Store) -> None:
    a_launch(store)
    risk = a_risk(store)
    start = store.revision()
    tomorrow = NOW + timedelta(days=1)
    an_assessment(store, risk, DANA, at=tomorrow)
    an_assessment(store, risk, ELI, at=tomorrow)
    with store.reading() as session:

        def found(**filters: object) -> list[int]:
            return [c.seq for c in queries.changes(session, **filters)]  # type: ignore[arg-type]

        assert found(actor="dana") == [start + 1]
        assert found(entity="assessment") == [start + 2, start + 1]
        assert found(subject=risk) == [start + 2, start + 1, start]
        assert set(found(launch=AURORA)) == {*range(start - 2, start + 3)}
        assert found(since=tomorrow.date()) == [start + 2, start + 1]
        assert found(subject=risk, limit=1) == [start + 2]
        assert found(subject=risk, before_seq=start + 1) == [start]
        assert found(actor="nobody") == []


def test_a_request_is_remembered_with_its_outcome(store: Store) -> None:
    mark = Stamp(BEN, "create a launch", at=NOW, request_id="form-1")
    with store.writing(mark) as session:
        assert queries.find_request(session, "form-1") is None
        remember_request(session, mark, AURORA)
        remember_request(session, Stamp(CLEO, "read", at=NOW), "nothing to remember")
    with store.reading() as session:
        request = queries.find_request(session, "form-1")
    assert request is not None
    assert (request.outcome, request.actor, request.at) == (AURORA, "ben", NOW)


def test_numbers_start_at_one_per_launch_and_count_closed_risks(store: Store) -> None:
    a_launch(store)
    a_launch(store, "aurora-2")
    with store.reading() as session:
        assert (next_risk_number(session, AURORA), next_mitigation_number(session)) == (1, 1)
    a_risk(store)
    a_closed_risk(store)
    a_mitigation(store)
    with store.reading() as session:
        assert next_risk_number(session, AURORA) == 3
        assert next_risk_number(session, "aurora-2") == 1
        assert next_mitigation_number(session) == 2


def test_what_waits_to_be_written_is_seen_by_the_next_read(store: Store) -> None:
    with store.writing(stamp()) as session:
        session.add(Person(key="gus", name="Gus"))
        assert "gus" in queries.people(session)


def test_a_moment_comes_back_aware_and_in_utc(store: Store) -> None:
    a_launch(store)
    with store.reading() as session:
        risk = queries.get_risk(session, a_risk(store))
    assert risk.created_at.utcoffset() == timedelta(0)
