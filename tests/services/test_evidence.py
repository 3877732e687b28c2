"""Taking result files in, and what people say about runs afterwards."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, FAY, NOW, TODAY
from tests.factories import AURORA, a_launch, a_risk
from tests.services.acts import act
from tests.services.evidence_files import (
    METRIC,
    NOTHING_STATED,
    OWNER,
    TASK,
    TOOL,
    a_definition,
    a_file,
    a_gate,
    a_reading,
    a_run,
    as_role,
    evidence_of,
    imported,
)
from tracker.domain.errors import (
    ImportRejected,
    InvalidInput,
    NotFound,
    NotPermitted,
    RuleViolation,
    SelfApproval,
    StaleEdit,
)
from tracker.domain.evidence import (
    CorrectionDraft,
    ImportStatement,
    MetricDefinitionDraft,
    RunInputs,
)
from tracker.domain.words import (
    CorrectionKind,
    Direction,
    EvidenceFlag,
    ExposureStage,
    Role,
    Safeguards,
    Scale,
)
from tracker.services.corrections import correct_evidence, withdraw_run
from tracker.services.evidence import (
    confirm_figures,
    import_evidence,
    link_risks,
    state_equivalence,
)
from tracker.services.evidence_plan import ImportStatus
from tracker.services.evidence_preview import ImportPreview, preview_import
from tracker.services.history import history
from tracker.services.metrics import define_metric
from tracker.store import queries
from tracker.store.engine import Store

E1, E2 = "aurora-1/E-1", "aurora-1/E-2"
WITHDRAWN = CorrectionDraft(kind=CorrectionKind.WITHDRAWN, reason="The judge was broken.")


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
    assert "2 of 3 files" in said
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


def test_withdrawn_evidence_carries_its_reason_and_stays_so(store):
    a_launch(store)
    imported(store)
    found = evidence_of(store, E1)
    correct_evidence(store, act(ADA), found, WITHDRAWN)
    (correction,) = the_run(store).evidence[0].corrections
    assert (correction.kind, correction.corrected_by) == (CorrectionKind.WITHDRAWN, "ada")
    assert history(store, subject=E1, limit=1)[0].reason == "The judge was broken."
    for draft in (WITHDRAWN, remapped("other")):
        with pytest.raises(RuleViolation, match="final"):
            correct_evidence(store, act(DANA), found, draft)


def remapped(task: str) -> CorrectionDraft:
    return CorrectionDraft(
        kind=CorrectionKind.REMAPPED, task=task, metric=METRIC, reason="It is the other set."
    )


def test_evidence_is_not_re_mapped_to_where_it_stands(store):
    a_launch(store)
    imported(store)
    found = evidence_of(store, E1)
    with pytest.raises(InvalidInput, match="already"):
        correct_evidence(store, act(DANA), found, remapped(TASK))
    correct_evidence(store, act(DANA), found, remapped("other"))
    with pytest.raises(InvalidInput, match="already"):
        correct_evidence(store, act(DANA), found, remapped("other"))
    correct_evidence(store, act(DANA), found, WITHDRAWN)
    assert len(the_run(store).evidence[0].corrections) == 2


def test_a_run_is_withdrawn_whole_with_a_reason(store):
    a_launch(store)
    imported(store, a_file("a.eval", a_run(a_reading(), a_reading(metric="stderr"))))
    correct_evidence(store, act(DANA), evidence_of(store, E1), WITHDRAWN)
    with pytest.raises(InvalidInput, match="needs a reason"):
        withdraw_run(store, act(DANA), E1, " ")
    withdraw_run(store, act(DANA), E1, "Wrong checkpoint.")
    assert [len(one.corrections) for one in the_run(store).evidence] == [1, 1]
    with pytest.raises(RuleViolation, match="left to withdraw"):
        withdraw_run(store, act(DANA), E1, "Wrong checkpoint.")


def test_a_viewer_corrects_and_links_nothing(store):
    a_launch(store)
    risk = a_risk(store)
    imported(store)
    found = evidence_of(store, E1)
    with pytest.raises(NotPermitted):
        correct_evidence(store, act(CLEO), found, WITHDRAWN)
    with pytest.raises(NotPermitted):
        withdraw_run(store, act(CLEO), E1, "Wrong checkpoint.")
    with pytest.raises(NotPermitted):
        link_risks(store, act(CLEO), found, [risk])


def test_links_to_risks_are_added_and_only_to_risks_of_the_launch(store):
    a_launch(store)
    a_launch(store, "borealis-1")
    one, other, foreign = a_risk(store), a_risk(store), a_risk(store, "borealis-1")
    imported(store, risks=(one,))
    found = evidence_of(store, E1)
    with pytest.raises(InvalidInput, match="borealis-1/R-1"):
        link_risks(store, act(DANA), found, [foreign])
    link_risks(store, act(DANA), found, [one, other])
    assert the_run(store).evidence[0].risks == (one, other)
    with pytest.raises(RuleViolation, match="linked already"):
        link_risks(store, act(DANA), found, [one])


def test_an_equivalence_is_about_the_present_release_and_carries_its_reason(store):
    key = a_launch(store)
    imported(store, a_file("a.eval", a_run(model="v0")))
    because = "Only the name of the checkpoint changed."
    state_equivalence(store, act(BEN, because), [E1])
    (stated,) = the_run(store).run.equivalences
    assert stated.release == ("v1", "as shipped", ExposureStage.STAGED_ROLLOUT)
    assert (stated.reason, stated.stated_by) == (because, "ben")
    assert history(store, launch=key, limit=1)[0].reason == because
    with pytest.raises(RuleViolation, match="said already"):
        state_equivalence(store, act(BEN, because), [E1])


@pytest.mark.parametrize("who", [as_role(DANA, Role.REVIEWER), OWNER], ids=["importer", "owner"])
def test_neither_importer_nor_owner_says_that_a_run_counts(store, who):
    a_launch(store)
    imported(store, a_file("a.eval", a_run(model="v0")))
    with pytest.raises(SelfApproval):
        state_equivalence(store, act(who, "It is the same."), [E1])
    assert not the_run(store).run.equivalences


def test_an_equivalence_needs_a_checker_a_reason_and_another_release(store):
    a_launch(store)
    imported(store, a_file("a.eval", a_run(model="v0")), a_file("b.eval"))
    with pytest.raises(NotPermitted):
        state_equivalence(store, act(FAY, "It is the same."), [E1])
    with pytest.raises(InvalidInput, match="needs a reason"):
        state_equivalence(store, act(BEN), [E1])
    with pytest.raises(InvalidInput, match="one launch"):
        state_equivalence(store, act(BEN, "It is the same."), [])
    with pytest.raises(RuleViolation, match="present release"):
        state_equivalence(store, act(BEN, "It is the same."), [E1, E2])
    assert not the_run(store).run.equivalences


def test_an_equivalence_for_a_release_that_changed_meanwhile_is_refused(store):
    a_launch(store)
    imported(store, a_file("a.eval", a_run(model="v0")))
    seen = the_run(store).run.release
    with pytest.raises(StaleEdit):
        state_equivalence(store, act(BEN, "It is the same."), [E1], seen)


def a_published(store: Store) -> None:
    a_launch(store)
    reported = a_run(flags=frozenset({EvidenceFlag.SELF_REPORTED}))
    imported(store, a_file("figures.csv", reported), a_file("run.eval"))


def test_self_reported_figures_are_confirmed_by_a_second_person(store):
    a_published(store)
    for who in (as_role(DANA, Role.REVIEWER), OWNER):
        with pytest.raises(SelfApproval):
            confirm_figures(store, act(who), E1)
    with pytest.raises(NotPermitted):
        confirm_figures(store, act(FAY), E1)
    confirm_figures(store, act(BEN, "Read section 2.3."), E1)
    (found,) = the_run(store).run.confirmations
    assert (found.confirmed_by, found.note) == ("ben", "Read section 2.3.")


def test_nothing_is_confirmed_twice_or_without_need(store):
    a_published(store)
    with pytest.raises(RuleViolation, match="nothing to confirm"):
        confirm_figures(store, act(BEN), E2)
    confirm_figures(store, act(BEN), E1)
    with pytest.raises(RuleViolation, match="already"):
        confirm_figures(store, act(BEN), E1)


def meaning(direction: Direction = Direction.LOWER) -> MetricDefinitionDraft:
    return MetricDefinitionDraft(tool=TOOL, metric=METRIC, direction=direction, scale=Scale.SHARE)


def test_the_meaning_of_a_metric_changes_only_with_a_reason_and_before_a_gate_reads_it(store):
    a_launch(store)
    a_definition(store)
    with pytest.raises(RuleViolation, match="just this already"):
        define_metric(store, act(DANA), meaning(Direction.HIGHER))
    with pytest.raises(InvalidInput, match="another meaning"):
        define_metric(store, act(DANA), meaning())
    define_metric(store, act(DANA, "It counts answers."), meaning())
    define_metric(store, act(DANA, "It counts refusals."), meaning(Direction.HIGHER))
    gate = a_gate(store)
    with pytest.raises(RuleViolation, match=gate):
        define_metric(store, act(DANA, "It counts answers."), meaning())


def test_a_meaning_against_what_a_file_says_needs_a_reason(store):
    a_launch(store)
    imported(store, a_file("a.json", a_run(a_reading(higher_is_better=True))))
    with pytest.raises(InvalidInput, match="otherwise than a file"):
        define_metric(store, act(DANA), meaning())
    define_metric(store, act(DANA), meaning(Direction.HIGHER))


def test_a_mitigation_owner_defines_no_metric(store):
    with pytest.raises(NotPermitted):
        define_metric(store, act(FAY), meaning())
