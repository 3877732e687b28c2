"""What launch criteria are today: every state, and which comes first."""

from dataclasses import replace
from datetime import timedelta

import pytest

from tests.readiness.gates import (
    IMPORTER,
    METRIC,
    ZERO_TOLERANCE_AREA,
    a_definition,
    a_gate,
    a_run,
    a_value,
    an_attestation,
    an_attested_gate,
    an_evidence,
    confirmed,
    corrected,
    equivalent,
    gated,
    moment,
)
from tests.readiness.gates_today import status_of, statuses
from tests.readiness.launches import LAUNCH, OWNER, SETTING, TODAY
from tracker.domain.gate_state import GateStatus
from tracker.domain.words import (
    UNTRUSTED_FLAGS,
    CorrectionKind,
    Direction,
    EvidenceFlag,
    GateCoverage,
    GateState,
    Scale,
)
from tracker.readiness.gates import gate_statuses

EVERY = GateCoverage.EVERY_SLICE
PASSING = a_run(1, days_ago=5)
FAILING = a_run(2, an_evidence(900, 1000), days_ago=3)


def said(status: GateStatus) -> tuple[GateState, str]:
    return status.state, status.why


def test_gates_come_in_order_of_number_and_withdrawn_ones_stay_listed():
    withdrawn = a_gate(
        2, withdrawal_asked_by="ben", withdrawal_reason="twice", withdrawal_confirmed_by="zoe"
    )
    found = statuses(gated(a_gate(10), withdrawn, a_gate(1)))
    assert [one.gate.number for one in found] == [1, 2, 10]
    assert [one.holds for one in found] == [True, False, True]
    assert found[1].state is GateState.MISSING


def test_an_advisory_gate_holds_nothing_and_keeps_its_state():
    status = status_of(a_gate(must_pass=False))
    assert (status.state, status.holds) == (GateState.MISSING, False)


def test_a_gate_whose_withdrawal_is_not_confirmed_still_counts():
    assert status_of(a_gate(withdrawal_asked_by="ben")).holds


def test_without_a_run_it_is_missing():
    assert said(status_of(a_gate())) == (GateState.MISSING, "no run")


def test_a_plan_turns_missing_into_planned_until_its_day_is_over():
    gate = a_gate(planned_on=TODAY, planned_by="dana")
    assert said(status_of(gate)) == (GateState.PLANNED, "no run; planned for 2026-11-24")
    late = status_of(gate, today=TODAY + timedelta(days=1))
    assert said(late) == (GateState.MISSING, "no run; planned for 2026-11-24 and overdue")


def test_a_plan_changes_nothing_about_a_gate_that_has_a_run():
    gate = a_gate(planned_on=TODAY, planned_by="dana")
    assert status_of(gate, FAILING).state is GateState.FAILED
    assert status_of(gate, PASSING).state is GateState.PASSED


def test_the_latest_run_counts_and_never_the_best():
    status = status_of(a_gate(), PASSING, FAILING)
    assert (status.state, status.run) == (GateState.FAILED, FAILING.run)
    newer = a_run(3, days_ago=1)
    assert status_of(a_gate(), FAILING, newer).state is GateState.PASSED


def test_a_run_that_did_not_finish_hides_older_ones():
    broken = a_run(2, days_ago=1, flags=(EvidenceFlag.NOT_FINISHED,))
    assert said(status_of(a_gate(), PASSING, broken)) == (
        GateState.MISSING,
        "latest run E-2 not finished",
    )
    gate = a_gate(planned_on=TODAY)
    assert status_of(gate, PASSING, broken).state is GateState.PLANNED


def test_withdrawing_the_run_that_did_not_finish_lets_no_older_one_pass():
    broken = corrected(a_run(2, days_ago=1, flags=(EvidenceFlag.NOT_FINISHED,)))
    assert said(status_of(a_gate(), PASSING, broken)) == (
        GateState.INCONCLUSIVE,
        "E-2 withdrawn and not yet replaced",
    )


def test_a_run_about_another_version_is_no_run():
    why = "only run is about another model version, configuration or stage"
    other = a_run(1, model_version="v0")
    assert said(status_of(a_gate(), other)) == (GateState.MISSING, why)
    assert status_of(a_gate(), equivalent(other, LAUNCH.release)).state is GateState.PASSED
    assert status_of(a_gate(), equivalent(other, LAUNCH.release, OWNER)).why == why
    assert status_of(a_gate(configuration="bare"), PASSING).why == why


def test_a_newer_run_about_another_version_does_not_hide_the_right_one():
    other = a_run(2, an_evidence(1, 100), days_ago=0, model_version="v0")
    assert status_of(a_gate(), PASSING, other).state is GateState.PASSED


def test_a_run_of_tomorrow_does_not_count():
    tomorrow = a_run(2, days_ago=-1)
    assert said(status_of(a_gate(), tomorrow)) == (
        GateState.MISSING,
        "only run is dated after today",
    )
    assert status_of(a_gate(), PASSING, a_run(2, an_evidence(1, 9), days_ago=-1)).run == PASSING.run


def test_a_run_older_than_allowed_is_stale():
    assert status_of(a_gate(max_age_days=5), PASSING).state is GateState.PASSED
    assert said(status_of(a_gate(max_age_days=4), PASSING)) == (
        GateState.STALE,
        "5 days old, at most 4 asked for",
    )


def test_without_a_date_a_run_is_stale_where_an_age_is_asked_for():
    undated = a_run(1, ran_at=None)
    assert status_of(a_gate(), undated).state is GateState.PASSED
    assert said(status_of(a_gate(max_age_days=4), undated)) == (
        GateState.STALE,
        "no date on record, at most 4 days asked for",
    )


def test_failed_comes_before_stale_and_stale_before_inconclusive():
    old = a_gate(max_age_days=1)
    assert status_of(old, FAILING).state is GateState.FAILED
    assert status_of(old, a_run(1, an_evidence(39, 40), days_ago=5)).state is GateState.STALE


@pytest.mark.parametrize("flag", EvidenceFlag)
def test_only_harmless_flags_let_a_run_pass(flag):
    status = status_of(a_gate(), a_run(1, flags=(flag,)))
    if flag in UNTRUSTED_FLAGS:
        assert said(status) == (GateState.INCONCLUSIVE, f"untrusted: {flag}")
    elif flag is EvidenceFlag.NOT_FINISHED:
        assert status.state is GateState.MISSING
    elif flag is EvidenceFlag.SELF_REPORTED:
        assert status.state is GateState.INCONCLUSIVE
    else:
        assert status.state is GateState.PASSED


def test_an_untrusted_run_that_fails_has_failed():
    run = a_run(1, an_evidence(900, 1000), flags=(EvidenceFlag.LIMITED,))
    assert status_of(a_gate(), run).state is GateState.FAILED


def test_self_reported_figures_need_n_and_a_second_person():
    flags = (EvidenceFlag.SELF_REPORTED,)
    reported = a_run(1, flags=flags)
    assert said(status_of(a_gate(), reported)) == (
        GateState.INCONCLUSIVE,
        "self-reported and not confirmed by a second person",
    )
    assert status_of(a_gate(), confirmed(reported)).state is GateState.PASSED
    for by in (IMPORTER, OWNER):
        assert status_of(a_gate(), confirmed(reported, by)).state is GateState.INCONCLUSIVE
    bare = confirmed(a_run(1, a_value(0.98, stderr=0.001), flags=flags))
    assert said(status_of(a_gate(), bare)) == (
        GateState.INCONCLUSIVE,
        "self-reported without n",
    )
    count = a_definition(Direction.LOWER, Scale.COUNT)
    exact = confirmed(a_run(1, a_value(0), flags=flags))
    assert status_of(a_gate(threshold=0), exact, definition=count).state is GateState.PASSED


def test_a_metric_of_unknown_direction_shows_nothing():
    (status,) = gate_statuses(gated(a_gate(), runs=(PASSING,)), SETTING.areas, {}, TODAY)
    assert said(status) == (
        GateState.INCONCLUSIVE,
        "nobody has said which way the metric is good",
    )


def test_runs_of_one_moment_that_differ_are_in_conflict():
    other = a_run(2, an_evidence(995, 1000), days_ago=5)
    assert said(status_of(a_gate(), PASSING, other)) == (
        GateState.INCONCLUSIVE,
        "runs in conflict: E-2, E-1",
    )
    same = a_run(2, days_ago=5)
    assert status_of(a_gate(), PASSING, same).state is GateState.PASSED
    date_only = a_run(2, an_evidence(995, 1000), ran_at=moment(5, 0))
    assert status_of(a_gate(), PASSING, date_only).state is GateState.INCONCLUSIVE


def test_of_runs_of_one_moment_the_worst_counts():
    failed = a_run(2, an_evidence(900, 1000), days_ago=5)
    assert status_of(a_gate(), PASSING, failed).state is GateState.FAILED
    doubtful = a_run(2, days_ago=5, flags=(EvidenceFlag.EDITED,))
    assert status_of(a_gate(), PASSING, doubtful).state is GateState.INCONCLUSIVE
    broken = a_run(2, days_ago=5, flags=(EvidenceFlag.NOT_FINISHED,))
    assert status_of(a_gate(), PASSING, broken).state is GateState.MISSING


@pytest.mark.parametrize("kind", CorrectionKind)
def test_evidence_taken_back_holds_its_slot_until_a_later_run(kind):
    back = corrected(FAILING, kind, "elsewhere", METRIC)
    held = status_of(a_gate(), PASSING, back)
    assert said(held) == (GateState.INCONCLUSIVE, f"E-2 {kind} and not yet replaced")
    assert status_of(a_gate(), back).state is GateState.INCONCLUSIVE
    later = a_run(3, days_ago=2)
    assert status_of(a_gate(), PASSING, back, later).state is GateState.PASSED
    of_the_same_moment = a_run(3, days_ago=3)
    assert status_of(a_gate(), back, of_the_same_moment).state is GateState.INCONCLUSIVE


def test_re_mapped_evidence_never_passes_by_itself_where_it_goes():
    gate = a_gate(task="elsewhere")
    moved = corrected(PASSING, CorrectionKind.REMAPPED, "elsewhere", METRIC)
    assert status_of(gate, moved).state is GateState.INCONCLUSIVE
    there = an_evidence(task="elsewhere")
    assert status_of(gate, a_run(2, there, days_ago=9), moved).state is GateState.INCONCLUSIVE
    assert status_of(gate, moved, a_run(2, there, days_ago=1)).state is GateState.PASSED


def test_evidence_taken_back_without_a_date_is_replaced_by_any_dated_run():
    undated = corrected(a_run(1, ran_at=None))
    assert status_of(a_gate(), undated, a_run(2, ran_at=None)).state is GateState.INCONCLUSIVE
    assert status_of(a_gate(), undated, a_run(2)).state is GateState.PASSED


def test_every_slice_has_to_show_it_by_itself():
    gate = a_gate(coverage=EVERY)
    good = a_run(1, an_evidence(10, 100), an_evidence(99, 99, "a"), an_evidence(990, 1000, "b"))
    status = status_of(gate, good)
    assert status.state is GateState.PASSED
    assert [one.slice for one in status.slices] == ["a", "b"]
    short = a_run(1, an_evidence(50, 50, "a"), an_evidence(990, 1000, "b"))
    assert said(status_of(gate, short)) == (
        GateState.INCONCLUSIVE,
        "a: shows ≥ 94.1 %, not ≥ 95 %",
    )
    failed = a_run(1, an_evidence(50, 50, "a"), an_evidence(900, 1000, "b"))
    status = status_of(gate, failed)
    assert said(status) == (GateState.FAILED, "b: observed 90 %, not ≥ 95 %")
    assert status.reading is not None
    assert status.reading.slice == "b"


def test_a_run_without_what_the_gate_reads_is_inconclusive():
    assert said(status_of(a_gate(coverage=EVERY), a_run())) == (
        GateState.INCONCLUSIVE,
        "latest run has no slices",
    )
    assert said(status_of(a_gate(), a_run(1, an_evidence(99, 99, "a")))) == (
        GateState.INCONCLUSIVE,
        "latest run has no figure over all data",
    )


def test_a_slice_that_only_a_run_of_another_version_had_does_not_go_missing():
    gate = a_gate(coverage=EVERY)
    other = a_run(1, an_evidence(99, 99, "a"), an_evidence(9, 9, "b"), model_version="v0")
    newer = a_run(2, an_evidence(99, 99, "a"))
    assert status_of(gate, newer).state is GateState.PASSED
    assert said(status_of(gate, other, newer)) == (
        GateState.INCONCLUSIVE,
        "slices of another run missing: b",
    )


@pytest.mark.parametrize("taken_back", [False, True])
def test_a_slice_does_not_go_missing_even_if_the_run_that_had_it_was_taken_back(taken_back):
    gate = a_gate(coverage=EVERY)
    older = a_run(1, an_evidence(99, 99, "a"), an_evidence(1, 9, "b"), days_ago=9)
    older = corrected(older) if taken_back else older
    newer = a_run(2, an_evidence(99, 99, "a"))
    assert said(status_of(gate, older, newer)) == (
        GateState.INCONCLUSIVE,
        "slices of another run missing: b",
    )


def test_in_a_zero_tolerance_area_one_failure_anywhere_has_failed():
    gate = a_gate(area=ZERO_TOLERANCE_AREA)
    assert status_of(gate, a_run(1, an_evidence(999, 1000))).state is GateState.FAILED
    assert status_of(gate, a_run(1, an_evidence(1000, 1000))).state is GateState.PASSED
    sliced = a_run(1, an_evidence(1000, 1000), an_evidence(99, 100, "fraud"))
    assert said(status_of(gate, sliced)) == (
        GateState.FAILED,
        "fraud: a failure was observed, and none is tolerated",
    )


def test_a_regression_fails_a_gate_whose_value_is_fine():
    gate = a_gate(threshold=0.5, baseline="old/E-1", margin=0.02)
    baseline = replace(PASSING, run=replace(PASSING.run, ref="old/E-1", launch="old"))
    status = status_of(gate, a_run(2, an_evidence(800, 1000)), baselines=(baseline,))
    assert said(status) == (GateState.FAILED, "regression against its baseline")
    assert status.comparison is not None
    assert status.comparison.difference == pytest.approx(-0.19)
    assert status_of(gate, a_run(2), baselines=(baseline,)).state is GateState.PASSED


def test_a_gate_that_cannot_be_compared_is_inconclusive():
    gate = a_gate(baseline="old/E-1", margin=0.02)
    assert said(status_of(gate, a_run())) == (
        GateState.INCONCLUSIVE,
        "baseline run not at hand",
    )


def test_every_slice_is_compared_and_the_worst_comparison_decides():
    gate = a_gate(threshold=0.5, coverage=EVERY, baseline="old/E-1", margin=0.02)
    slices = (an_evidence(990, 1000, "a"), an_evidence(990, 1000, "b"))
    baseline = a_run(1, *slices, ref="old/E-1", launch="old")
    run = a_run(2, slices[0], an_evidence(800, 1000, "b"))
    status = status_of(gate, run, baselines=(baseline,))
    assert said(status) == (GateState.FAILED, "regression against its baseline")


def test_an_attested_gate_needs_somebody_s_word():
    gate = an_attested_gate()
    assert said(status_of(gate)) == (GateState.MISSING, "nobody has attested it")
    planned = replace(gate, planned_on=TODAY)
    assert status_of(planned).state is GateState.PLANNED
    status = status_of(gate, attestations=(an_attestation(),))
    assert said(status) == (GateState.PASSED, "attested until 2026-12-24")
    assert status.attestation == an_attestation()


@pytest.mark.parametrize(
    ("fields", "state", "why"),
    [
        ({"met": False}, GateState.FAILED, "attested as not met"),
        (
            {"expires": TODAY - timedelta(days=1)},
            GateState.STALE,
            "attestation ended on 2026-11-23",
        ),
        ({"attested_by": OWNER}, GateState.INCONCLUSIVE, "attested by the launch owner"),
        (
            {"model_version": "v0"},
            GateState.MISSING,
            "the only attestation is about another model version, configuration or stage",
        ),
        (
            {"attested_on": TODAY + timedelta(days=1)},
            GateState.MISSING,
            "nobody has attested it",
        ),
        ({"gate": "launch/G-2"}, GateState.MISSING, "nobody has attested it"),
        ({"expires": TODAY}, GateState.PASSED, "attested until 2026-11-24"),
    ],
)
def test_what_an_attestation_is_worth(fields, state, why):
    attestation = replace(an_attestation(), **fields)
    assert said(status_of(an_attested_gate(), attestations=(attestation,))) == (state, why)


def test_the_latest_attestation_counts():
    first, second = an_attestation(), replace(an_attestation(id=2), met=False)
    assert status_of(an_attested_gate(), attestations=(second, first)).state is GateState.FAILED
    later = replace(first, attested_on=TODAY)
    assert status_of(an_attested_gate(), attestations=(later, second)).state is GateState.PASSED


def test_an_attestation_older_than_the_gate_allows_is_stale():
    gate = an_attested_gate(max_age_days=5)
    old = replace(an_attestation(), attested_on=TODAY - timedelta(days=6))
    assert said(status_of(gate, attestations=(old,))) == (
        GateState.STALE,
        "attestation is 6 days old, 5 allowed",
    )


def test_only_evidence_of_another_version_that_was_taken_back_is_missing_and_said_to_be_there():
    other = corrected(a_run(1, model_version="v0"))
    assert said(status_of(a_gate(), other)) == (GateState.MISSING, "every run was taken back")


def test_a_run_whose_figure_is_not_a_number_shows_nothing():
    assert status_of(a_gate(), a_run(1, a_value(None))).why == "no usable value on record"
