"""The rules that ship with Holdpoint on who is asked to sign a review."""

from collections.abc import Collection, Iterator
from functools import cache
from typing import Annotated, Final

from pydantic import Field

from tracker.domain.errors import ImportRejected
from tracker.domain.review_rules import ReviewFlag, ReviewRule, ReviewRules
from tracker.domain.review_words import Capacity
from tracker.domain.types import Key, Name, Text, Title
from tracker.domain.validation import Draft
from tracker.readers.areas import packaged_areas
from tracker.readers.data_files import read_data
from tracker.readers.yaml_file import read_yaml

RULES_FILE: Final = "review_rules.yaml"
_Checks = Annotated[tuple[Text, ...], Field(min_length=1)]


class _Rule(Draft):
    flag: ReviewFlag
    asks: Annotated[frozenset[Capacity], Field(min_length=1)]
    because: Text
    checks: _Checks


class _RulesFile(Draft):
    version: Name
    title: Title
    owner: Key
    checks: dict[Capacity, _Checks]
    children: Annotated[frozenset[Key], Field(min_length=1)]
    rules: tuple[_Rule, ...]


def read_review_rules(content: bytes, source: str, areas: Collection[str]) -> ReviewRules:
    """Read the rules, one for each flag, in the order of the file.

    Args:
        content: The file.
        source: Its name, for messages.
        areas: Codes of the policy areas that exist.

    Raises:
        ImportRejected: Naming every wrong place.
    """
    file = read_yaml(content, source, _RulesFile)
    problems = dict(_problems(file, areas))
    if problems:
        raise ImportRejected(source, problems)
    return ReviewRules(
        version=file.version,
        title=file.title,
        owner=file.owner,
        checks=file.checks,
        children=file.children,
        rules=tuple(ReviewRule(**dict(one)) for one in file.rules),
    )


@cache
def packaged_review_rules() -> ReviewRules:
    """Return the rules that ship with Holdpoint, read once per process.

    Raises:
        DataFileMissing: The file is not there.
        ImportRejected: It is not sound.
    """
    areas = [area.code for area in packaged_areas()]
    return read_review_rules(read_data(RULES_FILE), RULES_FILE, areas)


def _problems(file: _RulesFile, areas: Collection[str]) -> Iterator[tuple[str, str]]:
    flags = [rule.flag for rule in file.rules]
    for flag in ReviewFlag:
        if flags.count(flag) != 1:
            yield f"rules, {flag}", f"has {flags.count(flag)} rules instead of one"
    for capacity in Capacity:
        if capacity not in file.checks:
            yield f"checks, {capacity}", "has nothing to look at"
    for area in sorted(file.children - set(areas)):
        yield f"children, {area}", "is not a policy area"
