"""`docs/scoring.md` is executed, and its tables are held against the profile that ships."""

import doctest
from pathlib import Path

import pytest

from tests.scoring.builders import an_assessment, risk_inputs
from tracker.domain.words import EvidenceGrade, Factor, View
from tracker.readers.profile import packaged_profile
from tracker.scoring.explain import explain_priority
from tracker.scoring.risk import risk_states
from tracker.scoring.show import plain

PAGE = Path(__file__).parents[1] / "docs" / "scoring.md"
TEXT = PAGE.read_text(encoding="utf-8")
LONGEST = 1_600
"""Words on two pages."""


def row_that_begins(words):
    (row,) = [line for line in TEXT.splitlines() if line.startswith(f"| {words}")]
    return [cell.strip() for cell in row.strip("|").split("|")][1:]


def test_the_examples_give_what_the_page_says():
    found = doctest.testfile(str(PAGE), module_relative=False, encoding="utf-8")
    assert found.attempted >= 20
    assert found.failed == 0


@pytest.mark.parametrize("factor", Factor)
def test_the_anchors_are_those_of_the_profile(factor):
    scale = packaged_profile().scales[factor]
    cells = row_that_begins(f"**{scale.name}**")
    for cell, anchor in zip(cells, scale.anchors, strict=True):
        assert cell.startswith(anchor.word)
        assert cell.endswith(f": {plain(anchor.points)}")


def test_the_levels_are_those_of_the_profile():
    bounds = packaged_profile().lower_bounds
    assert row_that_begins("Level ")[:-1] == [str(level) for level, _ in bounds]
    assert row_that_begins("Harm score from")[:-1] == [plain(bound) for _, bound in bounds]


@pytest.mark.parametrize("grade", EvidenceGrade)
def test_the_half_widths_are_those_of_the_profile(grade):
    (sentence,) = [line for line in TEXT.splitlines() if line.startswith("The evidence grade says")]
    clause = sentence.split(f" {grade} ")[1].split(",")[0].split(". ")[0]
    assert clause.endswith(f" {packaged_profile().grades[grade].half_width}")


def test_the_sentence_is_what_the_product_prints():
    (state,) = risk_states([risk_inputs(an_assessment((3, 3, 3, 4, 5)))], packaged_profile())
    said = explain_priority(state, View.CURRENT, packaged_profile(), str)
    assert f"> {said}\n" in TEXT


def test_the_page_stays_two_pages():
    assert len(TEXT.split()) <= LONGEST
