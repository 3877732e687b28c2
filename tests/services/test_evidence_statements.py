"""What people say about runs once they are in: corrections, links, equivalences, meanings."""

import pytest

from tests.cast import ADA, BEN, CLEO, DANA, FAY
from tests.factories import a_launch, a_risk
from tests.services.acts import act
from tests.services.evidence_files import (
    METRIC,
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
    known,
)
from tracker.domain.errors import (
    InvalidInput,
    NotPermitted,
    RuleViolation,
    SelfApproval,
    StaleEdit,
)
from tracker.domain.evidence import RunInputs
from tracker.domain.evidence_drafts import CorrectionDraft, MetricDefinitionDraft
from tracker.domain.words import (
    CorrectionKind,
    Direction,
    EvidenceFlag,
    ExposureStage,
    Role,
    Scale,
)
from tracker.services.corrections import correct_evidence, withdraw_run
from tracker.services.evidence import (
    confirm_figures,
    link_risks,
    state_equivalence,
)
from tracker.services.history import history
from tracker.services.metrics import define_metric
from tracker.store import queries
from tracker.store.engine import Store

E1, E2 = "aurora-1/E-1", "aurora-1/E-2"
WITHDRAWN = CorrectionDraft(kind=CorrectionKind.WITHDRAWN, reason="The judge was broken.")


def the_run(store: Store, ref: str = E1) -> RunInputs:
    with store.reading() as session:
        return queries.get_run(session, ref)


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
        state_equivalence(store, act(known(store, who), "It is the same."), [E1])
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
            confirm_figures(store, act(known(store, who)), E1)
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
