"""Taking result files in, all or nothing."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import ADA, CLEO, DANA, NOW, TODAY
from tests.factories import AURORA, a_launch, a_risk
from tests.services.acts import act
from tests.services.evidence_files import (
    METRIC,
    NOTHING_STATED,
    TASK,
    TOOL,
    a_definition,
    a_file,
    a_gate,
    a_reading,
    a_run,
    imported,
)
from tracker.domain.drafts import LaunchChange
from tracker.domain.errors import (
    ImportRejected,
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleViolation,
)
from tracker.domain.evidence import RunInputs
from tracker.domain.evidence_drafts import ImportStatement
from tracker.domain.words import (
    EvidenceFlag,
    ExposureStage,
    Safeguards,
)
from tracker.services.evidence import (
    import_evidence,
)
from tracker.services.evidence_plan import ImportStatus
from tracker.services.evidence_preview import ImportPreview, preview_import
from tracker.services.launches import edit_launch
from tracker.store import queries
from tracker.store.engine import Store

E1, E2 = "aurora-1/E-1", "aurora-1/E-2"


def the_run(store: Store, ref: str = E1) -> RunInputs:
    with store.reading() as session:
        return queries.get_run(session, ref)


def runs(store: Store) -> tuple[RunInputs, ...]:
    with store.reading() as session:
        return queries.ledger(session, AURORA)


def preview(store: Store, *files, **statement) -> ImportPreview:
    return preview_import(store, AURORA, files, ImportStatement(**statement), NOW)


def test_a_run_is_taken_in_with_its_provenance_and_its_metrics(store):
    a_launch(store)
    assert imported(store, a_file(), safeguards=Safeguards.ON) == E1
    found = the_run(store)
    run = found.run
    assert (run.model_version, run.configuration) == ("v1", "as shipped")
    assert run.exposure_stage is ExposureStage.STAGED_ROLLOUT
    assert (run.file_name, run.imported_by, run.imported_at) == ("run.eval", "dana", NOW)
    assert run.safeguards is Safeguards.ON
    assert [(one.task, one.metric, one.passed, one.n) for one in found.evidence] == [
        (TASK, METRIC, 990, 1000)
    ]


def test_every_run_of_every_file_gets_the_next_number(store):
    a_launch(store)
    both = a_file("two.json", a_run(part="a"), a_run(part="b"))
    assert imported(store, both, a_file()) == f"{E1}, {E2}, aurora-1/E-3"
    assert imported(store, a_file("later.eval")) == "aurora-1/E-4"


def test_the_model_version_is_what_the_file_says_and_never_the_launch_s(store):
    a_launch(store)
    imported(store, a_file("a.eval", a_run(model="v0")), a_file("b.eval", a_run(model="")))
    assert the_run(store, E1).run.model_version == "v0"
    unnamed = the_run(store, E2).run
    assert unnamed.model_version == "unknown"
    assert EvidenceFlag.UNKNOWN_MODEL in unnamed.flags


def test_what_a_file_states_stands_above_what_the_importer_states(store):
    a_launch(store)
    stated = a_run(configuration="no filter", safeguards=Safeguards.OFF)
    imported(
        store,
        a_file("a.csv", stated),
        a_file("b.eval"),
        configuration="with filter",
        safeguards=Safeguards.ON,
    )
    assert the_run(store, E1).run.configuration == "no filter"
    assert the_run(store, E1).run.safeguards is Safeguards.OFF
    assert the_run(store, E2).run.configuration == "with filter"
    assert the_run(store, E2).run.safeguards is Safeguards.ON


def test_the_importer_dates_only_runs_that_have_no_date(store):
    a_launch(store)
    day = TODAY - timedelta(days=10)
    imported(store, a_file("a.eval"), a_file("b.csv", a_run(ran_at=None)), ran_on=day)
    assert the_run(store, E1).run.ran_at == NOW - timedelta(days=1)
    assert the_run(store, E2).run.ran_at == datetime.combine(day, datetime.min.time(), UTC)
    assert any("importer says" in warning for warning in the_run(store, E2).run.warnings)
    assert not any("Say on which day" in warning for warning in the_run(store, E2).run.warnings)


def test_who_gives_no_day_for_an_undated_run_is_told_what_that_means(store):
    a_launch(store)
    imported(store, a_file("b.csv", a_run(ran_at=None)))
    assert any("Say on which day" in warning for warning in the_run(store, E1).run.warnings)


def test_risks_are_linked_by_the_importer_and_by_the_file_in_short_or_whole(store):
    a_launch(store)
    whole, short, stated = a_risk(store), a_risk(store), a_risk(store)
    metric = a_reading(risks=("R-2", whole))
    imported(store, a_file("a.csv", a_run(metric)), risks=(stated, whole))
    assert the_run(store).evidence[0].risks == (whole, short, stated)


def test_the_same_bytes_are_passed_over_whatever_the_file_is_called(store):
    a_launch(store)
    imported(store, a_file("run.eval", content="bytes"))
    copy = a_file("copy of run.eval", content="bytes")
    again = imported(store, copy, a_file("other.eval"))
    assert again == E2
    assert [one.status for one in preview(store, copy).runs] == [ImportStatus.ALREADY_HERE]
    assert preview(store, copy).runs[0].run.resembles == E1


def test_an_import_of_nothing_new_is_refused_and_says_what_is_there(store):
    a_launch(store)
    imported(store)
    with pytest.raises(RuleViolation, match=f"Nothing in these files is new.*{E1}"):
        imported(store)
    with pytest.raises(InvalidInput, match="at least one"):
        import_evidence(store, act(DANA), AURORA, (), NOTHING_STATED)


def test_the_same_file_twice_in_one_import_counts_once(store):
    a_launch(store)
    assert imported(store, a_file(), a_file()) == E1
    assert len(runs(store)) == 1


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (a_file("a.eval", a_run(run_id="x1")), a_file("b.eval", a_run(run_id="x1"))),
        (a_file("a.eval", content="old"), a_file("a.eval", content="new")),
    ],
    ids=["same run id", "same name"],
)
@pytest.mark.parametrize("together", [True, False])
def test_other_bytes_of_the_same_run_are_a_further_run_with_a_warning(
    store, first, second, together
):
    a_launch(store)
    if together:
        imported(store, first, second)
    else:
        imported(store, first)
        assert preview(store, second).runs[0].status is ImportStatus.CHANGED
        imported(store, second)
    assert len(runs(store)) == 2
    assert any(E1 in warning for warning in the_run(store, E2).run.warnings)
    assert not the_run(store, E1).run.warnings


@pytest.mark.parametrize(
    "same",
    [{"run_id": "x1"}, {"ran_at": NOW.replace(microsecond=417_001) - timedelta(days=1)}],
    ids=["by its id", "by its moment"],
)
def test_a_run_handed_in_again_in_other_bytes_stays_about_what_it_was_about(store, same):
    a_launch(store)
    imported(store, a_file("a.eval", a_run(**same)))
    edit_launch(
        store,
        act(ADA),
        AURORA,
        LaunchChange(configuration="with tools", exposure_asked=ExposureStage.OPEN_WEIGHTS),
        1,
    )
    imported(store, a_file("b.eval", a_run(**same)), configuration="with tools")
    first, again = the_run(store, E1).run, the_run(store, E2).run
    assert again.release == first.release
    assert any("stays about" in warning for warning in again.warnings)
    imported(store, a_file("c.eval", a_run(run_id="x2")))
    fresh = runs(store)[-1].run
    assert fresh.configuration == "with tools"
    assert fresh.exposure_stage is ExposureStage.OPEN_WEIGHTS


def test_runs_without_an_id_do_not_resemble_each_other(store):
    a_launch(store)
    imported(store)
    assert preview(store, a_file("b.eval")).runs[0].status is ImportStatus.NEW


def test_one_bad_file_keeps_every_other_out_and_all_bad_ones_are_named(store):
    a_launch(store)
    bad = a_file("future.eval", a_run(ran_at=NOW + timedelta(days=2)))
    stray = a_file("stray.csv", a_run(a_reading(risks=("R-9",))))
    with pytest.raises(ImportRejected) as refused:
        imported(store, a_file(), bad, stray)
    said = str(refused.value)
    assert "future.eval" in said
    assert "2026-03-04" in said
    assert "stray.csv" in said
    assert "aurora-1/R-9" in said
    assert not runs(store)
    assert preview(store, a_file(), bad, stray).refused.keys() == {"future.eval", "stray.csv"}
    assert not preview(store, a_file(), bad, stray).can_import


def test_a_run_of_a_clock_that_is_hours_ahead_is_taken(store):
    a_launch(store)
    assert imported(store, a_file("a.eval", a_run(ran_at=NOW + timedelta(hours=20)))) == E1


@pytest.mark.parametrize(
    "metric",
    [
        a_reading(n=2_000_000_000, passed=1),
        a_reading(task=""),
        replace(a_reading(), passed=3),
    ],
)
def test_a_file_that_no_reader_would_hand_over_is_refused(store, metric):
    a_launch(store)
    with pytest.raises(ImportRejected, match=r"a\.eval"):
        imported(store, a_file("a.eval", a_run(metric)))


@pytest.mark.parametrize(
    ("statement", "field"),
    [({"risks": ("aurora-1/R-7",)}, "risks"), ({"ran_on": TODAY + timedelta(days=1)}, "ran_on")],
)
def test_a_statement_about_what_is_not_there_is_refused(store, statement, field):
    a_launch(store)
    with pytest.raises(InvalidInput) as refused:
        imported(store, **statement)
    assert field in refused.value.fields
    assert not runs(store)


def test_progress_is_told_run_by_run(store):
    a_launch(store)
    told: list[tuple[int, int]] = []
    files = [a_file(f"{number}.eval") for number in range(3)]
    import_evidence(
        store,
        act(DANA),
        AURORA,
        files,
        NOTHING_STATED,
        lambda done, total: told.append((done, total)),
    )
    assert told == [(1, 3), (2, 3), (3, 3)]


def test_a_repeated_request_imports_once(store):
    a_launch(store)
    sent = act(DANA, request_id="one click")
    first, again = (
        import_evidence(store, sent, AURORA, (a_file(),), NOTHING_STATED) for _ in range(2)
    )
    assert first == again == E1
    assert len(runs(store)) == 1


def test_a_viewer_imports_nothing_and_a_launch_owner_may(store):
    a_launch(store)
    with pytest.raises(NotPermitted):
        imported(store, by=CLEO)
    assert imported(store, by=ADA) == E1


def test_a_preview_says_what_a_run_would_mean_and_writes_nothing(store):
    a_launch(store)
    a_definition(store)
    gate = a_gate(store)
    a_gate(store, title="Elsewhere", configuration="no filter")
    length = store.revision()
    shown = preview(
        store, a_file("a.eval", a_run(a_reading(), a_reading(metric="stderr"), model="v0"))
    )
    (one,) = shown.runs
    assert (one.status, one.same_version, one.run.ref) == (ImportStatus.NEW, False, E1)
    assert one.undefined == ("stderr",)
    assert shown.undefined == ((TOOL, "stderr"),)
    assert [found.ref for found in one.gates] == [gate]
    assert shown.can_import
    assert store.revision() == length
    assert not runs(store)


def test_a_preview_points_at_a_metric_that_the_file_sees_the_other_way(store):
    a_launch(store)
    a_definition(store)
    shown = preview(store, a_file("a.json", a_run(a_reading(higher_is_better=False))))
    assert shown.runs[0].contradicted == (METRIC,)


def test_a_preview_of_an_unknown_launch_is_refused(store):
    with pytest.raises(NotFound):
        preview(store, a_file())
