import pytest

from tests.readers.demo_copy import demo_files, rejected_with
from tracker.domain.gate_drafts import GateDraft
from tracker.domain.words import GateKind, ThresholdOutcome
from tracker.readers.criteria_checks import slots
from tracker.readers.demo import packaged_demo

G4, V, D2, D3 = "gpt-4-2023-03", "gpt-4v-2023-09", "dall-e-2-2022-04", "dall-e-3-2023-10"
IMPORTED = "imported_by: eng-safety-systems\n"


def test_there_are_27_criteria_of_which_five_rest_on_a_persons_word() -> None:
    gates = [gate for files in packaged_demo().launches for gate in files.criteria.gates]
    assert [len(files.criteria.gates) for files in packaged_demo().launches] == [4, 9, 4, 10]
    assert sum(gate.kind is GateKind.ATTESTED for gate in gates) == 5
    assert sum(gate.attestation is not None for gate in gates) == 5


def test_each_criterion_is_one_that_somebody_could_write() -> None:
    for files in packaged_demo().launches:
        for gate in files.criteria.gates:
            slot = gate.reads(slots(files))
            draft = GateDraft(
                title=gate.title,
                area=gate.area,
                kind=gate.kind,
                tool=slot.tool if slot else None,
                task=slot.task if slot else None,
                metric=slot.metric if slot else None,
                configuration=files.judgements.configuration if slot else None,
                threshold=gate.threshold,
                confidence=gate.confidence,
                min_n=gate.min_n,
                max_age_days=gate.max_age_days,
                must_pass=gate.must_pass,
                statement=gate.statement,
                rationale=gate.rationale,
            )
            assert draft.title == gate.title
            assert gate.rationale, gate.ref


def test_five_thresholds_are_determined_on_each_launch_and_two_ask_for_safeguards() -> None:
    asking = {}
    for files in packaged_demo().launches:
        assert len({entry.area for entry in files.criteria.determinations}) == 5
        for entry in files.criteria.determinations:
            if entry.outcome is not ThresholdOutcome.BELOW:
                asking[files.key, entry.area] = entry.safeguards
    assert asking == {
        (V, "manipulation_elections"): ("M-72",),
        (D3, "manipulation_elections"): ("M-63", "M-70", "M-72"),
    }


def test_every_file_of_criteria_says_whose_they_are() -> None:
    for name, content in demo_files().items():
        if name.endswith("criteria.yaml"):
            assert b"# Origin: made by us for the demo; the publisher set none" in content, name


@pytest.mark.parametrize(
    ("launch", "before", "after", "place", "problem"),
    [
        (V, "launch: gpt-4v-2023-09", "launch: gpt-5v-2023-09", "launch", "gpt-5v"),
        (V, IMPORTED, "imported_by: nobody\n", "people, nobody", "not in portfolio"),
        (V, "area: privacy", "area: tea", "area, tea", "not a policy area"),
        (V, "  E-13: {measured: {day: -130}}\n", "", "E-13", "only one of"),
        (V, IMPORTED, "imported_by: red-team-lead\n", "E-7, equivalence", "whoever imported"),
        (V, "by: reviewer-2", "by: eng-product", "E-10, confirmed", "owns the launch"),
        (V, "ref: G-2\n", "ref: G-3\n", "gates", "numbered G-1 to G-9"),
        (V, "figure: E-1\n", "figure: E-99\n", "G-1, E-99", "not a published figure"),
        (V, "figure: E-8\n", "figure: E-98\n", "G-7, E-98", "not a published figure"),
        (
            V,
            "      by: red-team-lead\n      date: {day: -9}\n      statement",
            "      by: eng-product\n      date: {day: -9}\n      statement",
            "G-7",
            "attested by the launch owner",
        ),
        (V, "officer: reviewer-1", "officer: reviewer-2", "G-3", "not the responsible officer"),
        (V, "officer: reviewer-1", "approver: reviewer-1", "G-3", "not the approver"),
        (V, "requested_by: eng-safety-systems", "requested_by: reviewer-1", "G-3", "asked for it"),
        (V, "until: {day: 14}", "until: {day: 85}", "G-3", "more than 90 days"),
        (V, "until: {day: 14}", "until: 2023-06-11", "G-3", "more than 90 days"),
        (G4, "until: 2023-06-11", "until: 2023-06-12", "G-4", "more than 90 days"),
        (V, "safeguards: [M-72]", "safeguards: [M-1]", "manipulation_elections, M-1", "mitigation"),
        (V, "    safeguards: [M-72]\n", "", "manipulation_elections", "names no safeguard"),
        (
            V,
            "confidence: medium\n    by: assessor-bio",
            "confidence: medium\n    by: eng-product",
            "determinations, cbrn",
            "by the launch owner",
        ),
        (V, "kind: attested\n", "kind: measured\n", "gates.6", "reads a figure or a slot"),
        (V, "kind: measured\n", "kind: attested\n", "gates.0", "reads no metric"),
        (
            V,
            "    figure: E-1\n",
            "    figure: E-1\n    slot: {tool: a, task: b, metric: c}\n",
            "gates.0",
            "either a figure or a slot",
        ),
        (
            V,
            "figure: E-3\n    direction: higher",
            "figure: E-1\n    direction: lower",
            "G-2",
            "way",
        ),
    ],
)
def test_criteria_that_contradict_something_are_refused(
    launch: str, before: str, after: str, place: str, problem: str
) -> None:
    rows = rejected_with(f"{launch}/criteria.yaml", before, after)
    assert any(place in where and problem in what for where, what in rows.items()), rows
