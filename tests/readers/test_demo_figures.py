"""The published figures of the demo, held against a table copied by hand from the documents."""

import hashlib
from collections import Counter

import pytest

from tests.readers.demo_copy import demo_files, rejected_with
from tracker.domain.evidence import RunReading
from tracker.domain.words import EvidenceFlag, EvidenceFormat, Safeguards
from tracker.readers.data_files import data_folder
from tracker.readers.demo import FIGURES_FILE, packaged_demo

G4, V, D2, D3 = "gpt-4-2023-03", "gpt-4v-2023-09", "dall-e-2-2022-04", "dall-e-3-2023-10"
Printed = tuple[float | None, int | None, str, str, str]

PRINTED: dict[tuple[str, int], Printed] = {
    (G4, 1): (-82.0, None, "", "% relative change", "3.1"),
    (G4, 2): (29.0, None, "", "% more often", "3.1"),
    (G4, 3): (0.73, None, "", "%", "3.1 (footnote 29)"),
    (G4, 4): (19.0, None, "", "percentage points", "2.2"),
    (G4, 5): (29.0, None, "", "percentage points", "2.2"),
    (G4, 6): (60.0, None, "about", "%", "3.1 (figure 8)"),
    (G4, 7): (70.2, 5214, "", "% of prompts", "3.1 (footnote 30)"),
    (G4, 8): (61.1, 5214, "", "% of prompts", "3.1 (footnote 30)"),
    (G4, 9): (50.0, None, "more than", "people", "1.1"),
    (G4, 10): (None, None, "", "shortened, in some cases by several hours", "2.6"),
    (G4, 11): (None, None, "", "ineffective", "2.9"),
    (G4, 12): (6.0, None, "", "months", "2.12"),
    (G4, 13): (40.0, None, "", "% relative improvement", "announcement"),
    (G4, 14): (0.074, None, "", "ECE", "figure 8"),
    (G4, 15): (62.0, None, "", "%", "language evaluation (figure 5)"),
    (V, 1): (98.0, None, "more than", "%", "2.2"),
    (V, 2): (0.0, None, "", "%", "2.2"),
    (V, 3): (97.2, None, "", "% of completions", "2.4.2"),
    (V, 4): (100.0, None, "", "% of completions", "2.4.2"),
    (V, 5): (72.2, None, "", "% of refusals", "2.4.2"),
    (V, 6): (50.0, None, "", "% of refusals", "2.4.2"),
    (V, 7): (100.0, None, "", "%", "2.2 (figure 3)"),
    (V, 8): (None, None, "", "equivalent", "2.4.1"),
    (V, 9): (200.0, None, "nearly", "people", "2.1.1"),
    (V, 10): (16000.0, None, "", "people", "2.1.1"),
    (V, 11): (1000.0, None, "over", "people", "2.1.2"),
    (V, 12): (20.0, None, "", "% of sampled prompts", "2.1.2"),
    (V, 13): (None, None, "", "city", "2.2"),
    (D2, 1): (400.0, None, "", "people", "Access (April edition); Glossary > Trusted Users"),
    (D2, 2): (200.0, None, "around", "people", "Early work"),
    (D2, 3): (20.0, None, "", "days, inclusive (9-28 March 2022)", "External red teaming"),
    (D2, 4): (None, None, "", "more skewed", "Defaults and assumptions"),
    (D2, 5): (3000000.0, None, "over", "images", "whole post"),
    (D2, 6): (0.05, None, "less than", "%", "whole post"),
    (D2, 7): (30.0, None, "about", "% of flagged images", "whole post"),
    (D2, 8): (1000.0, None, "up to", "people a week", "whole post"),
    (D2, 9): (12.0, None, "", "times more likely", "whole post"),
    (D2, 10): (14.0, None, "", "%", "bias section"),
    (D2, 11): (25.0, None, "nearly", "%", "final section"),
    (D2, 12): (1000000.0, None, "", "people", "whole post"),
    (D3, 1): (100000.0, None, "more than", "requests", "2.1"),
    (D3, 2): (2.6, None, "less than", "% of images", "2.1"),
    (D3, 3): (0.0, 500, "", "% of images", "2.4.8"),
    (D3, 4): (0.7, 500, "about", "% of prompts", "2.4.8"),
    (D3, 5): (33.8, 500, "", "% of prompts", "2.4.8"),
    (D3, 6): (29.0, 500, "", "% of prompts", "2.4.8"),
    (D3, 7): (0.7, None, "", "%", "2.4.4"),
    (D3, 8): (85.1, None, "", "AUC x100", "2.4.2 (table 1)"),
    (D3, 9): (94.6, None, "", "AUC x100", "2.4.2 (table 1)"),
    (D3, 10): (93.9, None, "", "%", "2.4.2 (table 2)"),
    (D3, 11): (78.1, 64, "", "%", "2.4.2 (table 2)"),
    (D3, 12): (10.4, None, "", "%", "2.4.2 (table 2)"),
    (D3, 13): (64.0, None, "", "aggregate accuracy (relative meaning only)", "2.4.5 (table 3)"),
    (D3, 14): (77.1, None, "", "aggregate accuracy (relative meaning only)", "2.4.5 (table 3)"),
    (D3, 15): (1024.0, None, "", "images", "2.4.2"),
    (D3, 16): (99.0, None, "over", "%", "Responsible development and deployment"),
    (D3, 17): (95.0, None, "over", "%", "Responsible development and deployment"),
    (D3, 18): (None, None, "", "minimal risk found", "2.4.9"),
}
"""Value, n, qualifier, unit (or the finding in words), section: as in the documents.

DALL-E 3 prints 3,500 beside its second figure: images that show a public figure, of a total that
it does not state. That is no n, and so is left out.
"""


def readings() -> dict[tuple[str, int], RunReading]:
    return {
        (files.key, number): run
        for files in packaged_demo().launches
        for number, run in enumerate(files.figures.runs, start=1)
    }


def test_all_58_published_figures_are_there_in_their_order() -> None:
    found = readings()
    assert found.keys() == PRINTED.keys()
    assert Counter(launch for launch, _ in found) == {G4: 15, V: 13, D2: 12, D3: 18}
    assert all(run.part == f"E-{number}" for (_, number), run in found.items())


@pytest.mark.parametrize("key", PRINTED, ids=lambda key: f"{key[0]}-{key[1]}")
def test_a_figure_is_as_printed(key: tuple[str, int]) -> None:
    run = readings()[key]
    (figure,) = run.metrics
    value, n, qualifier, unit, section = PRINTED[key]
    assert (figure.value, figure.n, figure.qualifier, figure.unit) == (value, n, qualifier, unit)
    assert run.source.startswith(f"{figure.task}, ")
    assert section in run.source
    assert (figure.passed, figure.failed, figure.errored, figure.stderr) == (None, None, 0, None)


def test_the_file_is_read_like_any_result_file_and_keeps_its_real_hash() -> None:
    for files in packaged_demo().launches:
        content = (data_folder() / "demo" / files.key / FIGURES_FILE).read_bytes()
        assert files.figures.sha256 == hashlib.sha256(content).hexdigest()
        assert files.figures.size == len(content)
        assert files.figures.format is EvidenceFormat.METRIC_TABLE
        assert b"\r" not in content


def test_every_figure_is_self_reported_and_carries_no_date() -> None:
    for run in readings().values():
        assert run.tool == "published figure"
        assert EvidenceFlag.SELF_REPORTED in run.flags
        assert run.ran_at is None


@pytest.mark.parametrize(
    ("key", "model"),
    [
        ((G4, 1), "GPT-4-launch"),
        ((G4, 3), "GPT-4"),
        ((G4, 9), "GPT-4-launch"),
        ((G4, 11), "earlier GPT-4 versions, not the deployed one; no fine-tuning"),
        ((G4, 13), "unstated"),
        ((V, 7), "GPT-4V + refusal system"),
        ((V, 10), "GPT-4V-launch"),
        ((D2, 3), "Red-team model (9-28 March 2022)"),
        ((D2, 6), "unstated"),
        ((D3, 2), "DALL-E 3-early"),
        ((D3, 4), "DALL-E 3-launch"),
    ],
)
def test_a_figure_is_about_the_model_that_its_document_names(
    key: tuple[str, int], model: str
) -> None:
    assert readings()[key].model == model


def test_figures_of_one_slot_do_not_run_into_each_other() -> None:
    slots = [(r.tool, m.task, m.metric) for r in readings().values() for m in r.metrics]
    assert len(set(slots)) == 58


def test_what_a_figure_was_compared_with_and_counted_on_is_a_condition() -> None:
    found = readings()
    assert found[G4, 3].metrics[0].conditions["data"] == "GPT-3.5: 6.48"
    assert found[D3, 3].metrics[0].conditions["data"] == "synthetic prompts; DALL-E 3-early: 2.5"
    assert found[D3, 14].configuration.endswith("not deployed")
    assert found[D3, 4].safeguards is Safeguards.ON
    assert found[G4, 1].safeguards is Safeguards.NOT_STATED


def test_a_figure_from_memory_says_so() -> None:
    recalled = [key for key, run in readings().items() if "from memory" in run.source]
    assert recalled == [(D2, 10)]


def test_a_figure_speaks_to_the_risks_of_its_launch() -> None:
    found = readings()
    assert found[G4, 14].metrics[0].risks == (f"{G4}/R-23", f"{G4}/R-1")
    assert found[V, 10].metrics[0].risks == ()
    assert sum(len(run.metrics[0].risks) for run in found.values()) == 48


@pytest.mark.parametrize(
    ("before", "after", "place", "problem"),
    [
        (",E-2,", ",E-3,", "run", ""),
        (",E-13,", ",E-14,", "E-14", "only one of"),
        ("gpt-4v-2023-09/R-1", "gpt-4v-2023-09/R-99", "E-1, gpt-4v-2023-09/R-99", "risk of this"),
        ("GPT-4V(ision) System Card,Refusal", "A blog,Refusal", "E-1, A blog", "a document of"),
    ],
)
def test_figures_that_fit_nothing_are_refused(
    before: str, after: str, place: str, problem: str
) -> None:
    rows = rejected_with(f"{V}/{FIGURES_FILE}", before, after)
    assert any(place in where and problem in what for where, what in rows.items()), rows


def test_a_missing_and_a_broken_table_are_named() -> None:
    rows = rejected_with(f"{V}/{FIGURES_FILE}", "tool,tool version,run,model", "a,b,c,d")
    assert all(place.startswith(f"{V}/{FIGURES_FILE}") for place in rows)
    assert demo_files().keys() >= {f"{V}/{FIGURES_FILE}", f"{D2}/{FIGURES_FILE}"}
