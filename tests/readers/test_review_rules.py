"""The rules on who is asked to sign a review, and what is wrong with a file of them."""

import pytest

from tracker.domain.errors import ImportRejected
from tracker.domain.review_rules import ReviewFlag
from tracker.domain.review_words import Capacity
from tracker.readers.areas import packaged_areas
from tracker.readers.data_files import read_data
from tracker.readers.review_rules import RULES_FILE, packaged_review_rules, read_review_rules

AREAS = [area.code for area in packaged_areas()]


def rejected_with(before: str, after: str) -> dict[str, str]:
    text = read_data(RULES_FILE).decode()
    assert before in text, before
    with pytest.raises(ImportRejected) as caught:
        read_review_rules(text.replace(before, after, 1).encode(), RULES_FILE, AREAS)
    return dict(caught.value.rows)


def test_every_flag_has_one_rule_and_every_capacity_something_to_look_at() -> None:
    rules = packaged_review_rules()
    assert {rule.flag for rule in rules.rules} == set(ReviewFlag)
    assert len(rules.rules) == len(ReviewFlag)
    assert set(rules.checks) == set(Capacity)
    assert all(rule.checks for rule in rules.rules)


def test_every_flag_asks_reviewers_and_the_worst_ones_ask_everybody() -> None:
    asks = {rule.flag: rule.asks for rule in packaged_review_rules().rules}
    assert all(Capacity.REVIEWER in one for one in asks.values())
    assert asks[ReviewFlag.CRITICAL] == asks[ReviewFlag.FRONTIER] == set(Capacity)


@pytest.mark.parametrize(
    ("before", "after", "place", "words"),
    [
        ("flag: high risk", "flag: critical risk", "rules, high risk", "has 0 rules"),
        ("flag: high risk", "flag: critical risk", "rules, critical risk", "has 2 rules"),
        ("[child_safety, youth]", "[nowhere]", "children, nowhere", "is not a policy area"),
        ("  reviewer:\n", "  area  lead:\n", "checks", "reviewer"),
    ],
)
def test_what_is_wrong_is_named_with_its_place(before, after, place, words) -> None:
    found = rejected_with(before, after)
    assert any(place in where and words in f"{where} {said}" for where, said in found.items()), (
        found
    )
