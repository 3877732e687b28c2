"""Who is asked to sign a review and what they look at, by what stands on the launch."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from tracker.domain.review_words import Capacity


class ReviewFlag(StrEnum):
    """What on a launch asks for a closer look."""

    UNASSESSED = "unassessed risk"
    CRITICAL = "critical risk"
    HIGH = "high risk"
    MAY_BE_CRITICAL = "band reaches critical"
    ZERO_TOLERANCE = "zero-tolerance area"
    FRONTIER = "frontier threshold not below"
    CHILDREN = "children"
    WAIVER = "waiver in force"
    ACCEPTANCE = "acceptance in force"


@dataclass(frozen=True, slots=True)
class ReviewRule:
    """What one flag asks for.

    Attributes:
        asks: Whose seats it bears on: an area lead's only where the flag lies in their area.
        because: Why, such as "Critical today"; what raised the flag is put after it.
        checks: What to look at before signing.
    """

    flag: ReviewFlag
    asks: frozenset[Capacity]
    because: str
    checks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ReviewRules:
    """The published file that names reviewers by flags (`data/review_rules.yaml`).

    Attributes:
        checks: What everybody in a capacity looks at, whatever stands on the launch.
        children: Codes of the policy areas that concern children.
        rules: One per flag, in the order in which reasons are given.
    """

    version: str
    title: str
    owner: str
    checks: Mapping[Capacity, tuple[str, ...]]
    children: frozenset[str]
    rules: tuple[ReviewRule, ...]
