"""Which run speaks in a slot, and how a ledger says so."""

import itertools
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.readiness.gates import (
    GATED_LAUNCH,
    IMPORTER,
    METRIC,
    TASK,
    TOOL,
    a_run,
    a_value,
    an_evidence,
    confirmed,
    corrected,
    equivalent,
)
from tests.readiness.launches import LAUNCH, OWNER, TODAY
from tracker.domain.evidence import EvidenceRunRecord, RunInputs, Slot
from tracker.domain.records import LaunchRecord
from tracker.domain.words import (
    UNTRUSTED_FLAGS,
    CorrectionKind,
    EvidenceFlag,
    EvidenceStanding,
    ExposureStage,
    Scale,
)
from tracker.readiness import slots
from tracker.readiness.slots import (
    Newest,
    SlotRun,
    latest,
    newest_by_slot,
    runs_by_slot,
    speaks_for,
    standing_of,
)

HERE = Slot(TOOL, TASK, METRIC)
THERE = Slot(TOOL, "elsewhere", METRIC)
RELEASE = GATED_LAUNCH.release


def standing(*runs: RunInputs, scale: Scale | None = None) -> EvidenceStanding:
    """What the first of the runs counts for."""
    first = runs[0]
    return standing_of(first.run, first.evidence[0], GATED_LAUNCH, newest(*runs), TODAY, scale)


def newest(*runs: RunInputs, launch: LaunchRecord = GATED_LAUNCH) -> Newest:
    return newest_by_slot(runs_by_slot(runs), launch, TODAY)


def at(number: int, when: datetime | None) -> SlotRun:
    inputs = a_run(number, ran_at=when)
    return SlotRun(inputs.run, inputs.evidence)


def refs(*runs: SlotRun) -> list[str]:
    return [one.run.short_ref for one in latest(runs)]


def test_a_run_stands_in_the_slot_of_each_of_its_metrics():
    run = a_run(1, an_evidence(), an_evidence(9, 10, "fraud"), an_evidence(task="elsewhere"))
    index = runs_by_slot([run])
    assert {slot: len(found[0].evidence) for slot, found in index.items()} == {HERE: 2, THERE: 1}


def test_re_mapped_evidence_stays_marked_in_both_slots():
    moved = corrected(a_run(), CorrectionKind.REMAPPED, "elsewhere", METRIC)
    index = runs_by_slot([moved])
    assert set(index) == {HERE, THERE}
    assert index[HERE][0].taken_back is index[THERE][0].taken_back is CorrectionKind.REMAPPED


def test_evidence_re_mapped_twice_stays_marked_in_all_three():
    moved = corrected(a_run(), CorrectionKind.REMAPPED, "elsewhere", METRIC)
    again = corrected(moved, CorrectionKind.REMAPPED, "third", METRIC)
    assert set(runs_by_slot([again])) == {HERE, THERE, Slot(TOOL, "third", METRIC)}


def test_the_latest_run_comes_first_whatever_its_number():
    noon = datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert refs(at(2, noon), at(1, noon.replace(day=3))) == ["E-1"]
    assert refs(at(1, noon), at(2, noon.replace(hour=13))) == ["E-2"]


def test_runs_of_one_moment_are_all_the_latest():
    noon = datetime(2026, 11, 1, 12, tzinfo=UTC)
    assert refs(at(1, noon), at(2, noon), at(3, noon.replace(hour=3))) == ["E-2", "E-1"]


def test_a_date_without_a_time_is_neither_before_nor_after_the_runs_of_its_day():
    day = datetime(2026, 11, 1, tzinfo=UTC)
    assert refs(at(1, day), at(2, day.replace(hour=15))) == ["E-2", "E-1"]
    assert refs(at(1, day), at(2, day.replace(day=2))) == ["E-2"]


def test_a_run_without_a_date_is_the_oldest():
    assert refs(at(1, datetime(2026, 11, 1, tzinfo=UTC)), at(2, None)) == ["E-1"]
    assert refs(at(1, None), at(2, None)) == ["E-2", "E-1"]


@pytest.mark.parametrize(
    "fields",
    [
        {"model_version": "v0"},
        {"configuration": "another"},
        {"exposure_stage": ExposureStage.INTERNAL_LIMITED},
    ],
)
def test_a_run_about_something_else_speaks_only_by_an_independent_reason(fields):
    other = a_run(1, **fields)
    configuration = LAUNCH.configuration
    assert not speaks_for(other.run, GATED_LAUNCH, configuration)
    assert speaks_for(equivalent(other, RELEASE).run, GATED_LAUNCH, configuration)
    for by in (IMPORTER, OWNER):
        stated = equivalent(other, RELEASE, by)
        assert not speaks_for(stated.run, GATED_LAUNCH, configuration)
    elsewhere = equivalent(other, RELEASE._replace(model_version="v2"))
    assert not speaks_for(elsewhere.run, GATED_LAUNCH, configuration)


def test_a_run_of_the_release_speaks_for_no_other_configuration():
    assert not speaks_for(a_run().run, GATED_LAUNCH, "without the filter")
    other = equivalent(a_run(1, configuration="without the filter"), RELEASE)
    assert speaks_for(other.run, GATED_LAUNCH, "without the filter")
    assert not speaks_for(other.run, GATED_LAUNCH, "a third")


def test_an_ordinary_run_counts():
    assert standing(a_run()) is EvidenceStanding.COUNTS


def test_what_was_taken_back_says_so_first():
    flagged = a_run(1, flags=(EvidenceFlag.NOT_FINISHED,), model_version="v0")
    assert standing(corrected(flagged)) is EvidenceStanding.WITHDRAWN
    moved = corrected(flagged, CorrectionKind.REMAPPED, "elsewhere", METRIC)
    assert standing(moved) is EvidenceStanding.REMAPPED


def test_an_unfinished_run_does_not_count():
    assert standing(a_run(1, flags=(EvidenceFlag.NOT_FINISHED,))) is EvidenceStanding.NOT_FINISHED


def test_a_run_about_another_version_does_not_count():
    assert standing(a_run(1, model_version="v0")) is EvidenceStanding.OTHER_RELEASE


def test_a_run_of_tomorrow_does_not_count_yet():
    assert standing(a_run(1, days_ago=-1)) is EvidenceStanding.NOT_YET


@pytest.mark.parametrize(
    "newer",
    [
        a_run(2, days_ago=0),
        a_run(2, days_ago=0, flags=(EvidenceFlag.NOT_FINISHED,)),
        corrected(a_run(2, days_ago=0)),
    ],
    ids=["finished", "not finished", "withdrawn"],
)
def test_any_newer_run_about_the_release_supersedes(newer):
    assert standing(a_run(), newer) is EvidenceStanding.SUPERSEDED


@pytest.mark.parametrize(
    "other",
    [
        a_run(2, days_ago=0, model_version="v0"),
        a_run(2, days_ago=-1),
        a_run(2, an_evidence(task="elsewhere"), days_ago=0),
        a_run(2, days_ago=2),
    ],
    ids=["another version", "tomorrow", "another slot", "older"],
)
def test_no_other_run_supersedes(other):
    assert standing(a_run(), other) is EvidenceStanding.COUNTS


@pytest.mark.parametrize("flag", EvidenceFlag)
def test_flags_that_make_a_run_untrusted(flag):
    expected = EvidenceStanding.COUNTS
    if flag in UNTRUSTED_FLAGS:
        expected = EvidenceStanding.UNTRUSTED
    if flag is EvidenceFlag.NOT_FINISHED:
        expected = EvidenceStanding.NOT_FINISHED
    if flag is EvidenceFlag.SELF_REPORTED:
        expected = EvidenceStanding.UNCONFIRMED
    assert standing(a_run(1, flags=(flag,))) is expected


def test_self_reported_figures_need_n_and_an_independent_person():
    run = a_run(1, flags=(EvidenceFlag.SELF_REPORTED,))
    assert standing(confirmed(run)) is EvidenceStanding.COUNTS
    for by in (IMPORTER, OWNER):
        assert standing(confirmed(run, by)) is EvidenceStanding.UNCONFIRMED
    bare = confirmed(a_run(1, a_value(3), flags=(EvidenceFlag.SELF_REPORTED,)))
    assert standing(bare) is EvidenceStanding.WITHOUT_N
    assert standing(bare, scale=Scale.COUNT) is EvidenceStanding.COUNTS


def test_a_run_does_not_supersede_itself_though_it_holds_several_slices():
    run = a_run(1, an_evidence(), an_evidence(9, 10, "fraud"))
    found = [standing_of(run.run, one, GATED_LAUNCH, newest(run), TODAY) for one in run.evidence]
    assert found == [EvidenceStanding.COUNTS] * 2


def test_a_launch_owner_of_today_confirms_nothing_even_if_they_did_so_before():
    run = confirmed(a_run(1, flags=(EvidenceFlag.SELF_REPORTED,)), "zoe")
    handed_over = replace(GATED_LAUNCH, holders={**GATED_LAUNCH.holders, "launch owner": "zoe"})
    found = standing_of(run.run, run.evidence[0], handed_over, newest(run), TODAY)
    assert found is EvidenceStanding.UNCONFIRMED


MOMENTS = [
    None,
    *(
        datetime(2026, 10, day, hour, tzinfo=UTC)
        for day, hour in itertools.product((1, 2), (0, 9, 15))
    ),
]


@given(st.lists(st.sampled_from(MOMENTS), min_size=1, max_size=6))
def test_a_run_is_superseded_exactly_where_one_of_its_slot_is_later(moments):
    runs = [a_run(number, ran_at=when) for number, when in enumerate(moments, 1)]
    for one in runs:
        pairs = [latest([_slot_run(one), _slot_run(other)]) for other in runs if other is not one]
        later = any(len(pair) == 1 and pair[0].run is not one.run for pair in pairs)
        expected = EvidenceStanding.SUPERSEDED if later else EvidenceStanding.COUNTS
        assert standing(one, *(other for other in runs if other is not one)) is expected


def _slot_run(inputs: RunInputs) -> SlotRun:
    return SlotRun(inputs.run, inputs.evidence)


def test_a_metric_is_not_compared_with_every_run_of_its_slot(monkeypatch):
    compared: list[int] = []
    is_later = slots._is_later

    def counting(run: EvidenceRunRecord, other: EvidenceRunRecord) -> bool:
        compared.append(run.number)
        return is_later(run, other)

    monkeypatch.setattr(slots, "_is_later", counting)
    runs = [a_run(number, days_ago=number) for number in range(1, 101)]
    known = newest(*runs)
    for one in runs:
        standing_of(one.run, one.evidence[0], GATED_LAUNCH, known, TODAY)
    assert len(compared) == len(runs)
