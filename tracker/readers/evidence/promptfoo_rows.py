"""One result row of promptfoo: which scenario it is about, and what came of it."""

import json
from collections.abc import Iterable, Iterator
from enum import IntEnum
from hashlib import blake2b
from typing import Final

from tracker.readers.evidence.json_values import (
    Json,
    inner,
    is_mapping,
    items,
    mapping,
    text,
)

PASS_RATE: Final = "pass rate"

_ERROR: Final = 2
_GRADED_BY_MODEL: Final = frozenset(
    [
        "agent-rubric",
        "answer-relevance",
        "context-faithfulness",
        "context-recall",
        "context-relevance",
        "conversation-relevance",
        "factuality",
        "g-eval",
        "llm-rubric",
        "max-score",
        "model-graded-closedqa",
        "model-graded-factuality",
        "search-rubric",
        "select-best",
        "trajectory:goal-success",
    ]
)
_RED_TEAM: Final = "promptfoo:redteam:"
_PER_RUN: Final = frozenset({"sessionId", "_conversation"})
_SLICES: Final = {"plugin": "pluginId", "strategy": "strategyId", "severity": "severity"}
_MAX_NESTING: Final = 10


class Outcome(IntEnum):
    """What came of a scenario; of several results of one scenario the highest counts."""

    PASSED = 0
    UNSCORED = 1
    FAILED = 2


def scenario_of(row: Json) -> bytes:
    """A digest that tells scenarios apart: the test's variables, assertions and attack.

    Repeats of a test have it in common, so that n counts scenarios.
    """
    given = mapping(row, "testCase", "vars") or mapping(row, "vars")
    variables = {key: given[key] for key in given if key not in _PER_RUN}
    about = [variables, inner(row, "testCase", "assert"), *slices_of(row)]
    written = json.dumps(about, sort_keys=True, default=str).encode()
    return blake2b(written, digest_size=16).digest()


def slices_of(row: Json) -> tuple[str, ...]:
    """The parts of a red team's attacks that a row belongs to, such as "plugin: pii:direct"."""
    found = {name: _attack(row, key) for name, key in _SLICES.items()}
    return tuple(f"{name}: {said}" for name, said in found.items() if said and found["plugin"])


def _attack(row: Json, key: str) -> str:
    places = ("metadata",), ("gradingResult", "metadata"), ("testCase", "metadata")
    return next((said for place in places if (said := text(row, *place, key))), "")


def outcomes_of(row: Json) -> dict[str, Outcome]:
    """The outcome by metric: of the whole test, and of each assertion metric that it names."""
    whole = _whole(row)
    named = dict.fromkeys(_planned_metrics(row), Outcome.UNSCORED)
    if whole is not Outcome.UNSCORED:
        named |= _scored_metrics(row)
    return named | {PASS_RATE: whole}


def has_error(row: Json) -> bool:
    """Whether the test could not be run: an outage of the provider is no failure of the model.

    Before version 3 there is no `failureReason`: then an error without a grade is one.
    """
    reason = row.get("failureReason")
    if isinstance(reason, int):
        return reason == _ERROR
    return bool(row.get("error")) and not is_mapping(row.get("gradingResult"))


def is_unchecked(row: Json) -> bool:
    """Whether a test asserts nothing; the tool counts such a test as passed."""
    test = row.get("testCase")
    return is_mapping(test) and not items(test, "assert") and not list(_components(row))


def is_graded_by_hand(row: Json) -> bool:
    """Whether somebody overruled the grade in the tool's own viewer."""
    return any(text(part, "assertion", "type") == "human" for part in _components(row))


def judges_of(row: Json) -> Iterator[tuple[str, bool]]:
    """Yield the judge of each assertion that a model graded, empty where none is named there.

    The second value says whether it is a grader of the red team.
    """
    for assertion in _assertions(row):
        kind = text(assertion, "type").removeprefix("not-")
        if kind in _GRADED_BY_MODEL or kind.startswith(_RED_TEAM):
            own = provider_id(assertion.get("provider"))
            named = own or provider_id(inner(row, "testCase", "options", "provider"))
            yield named, kind.startswith(_RED_TEAM)


def provider_id(given: object) -> str:
    """The id of a provider, which is written as text, as an object, or by kind of output."""
    if not is_mapping(given):
        return text(given)
    return text(given, "id") or provider_id(given.get("text"))


def _whole(row: Json) -> Outcome:
    """A row that says both ways whether it passed has failed."""
    stated = (row.get("success"), inner(row, "gradingResult", "pass"))
    said = [one for one in stated if isinstance(one, bool)]
    if has_error(row) or is_unchecked(row) or not said:
        return Outcome.UNSCORED
    return Outcome.PASSED if all(said) else Outcome.FAILED


def _planned_metrics(row: Json) -> Iterator[str]:
    return (name for entry in _assertions(row) if (name := text(entry, "metric").strip()))


def _scored_metrics(row: Json) -> dict[str, Outcome]:
    """Counted from single assertions: `namedScores` is a weighted sum and no share."""
    found: dict[str, Outcome] = {}
    for part in _components(row):
        name, passed = text(part, "assertion", "metric").strip(), part.get("pass")
        if name and isinstance(passed, bool):
            outcome = Outcome.PASSED if passed else Outcome.FAILED
            found[name] = max(found.get(name, outcome), outcome)
    return found


def _components(row: Json) -> Iterator[Json]:
    return _nested(items(row, "gradingResult", "componentResults"), "componentResults")


def _assertions(row: Json) -> Iterator[Json]:
    planned = items(row, "testCase", "assert")
    if planned:
        yield from _nested(planned, "assert")
    else:
        yield from (mapping(part, "assertion") for part in _components(row))


def _nested(parts: Iterable[object], key: str, depth: int = _MAX_NESTING) -> Iterator[Json]:
    for part in parts:
        if is_mapping(part):
            yield part
            if depth:
                yield from _nested(items(part, key), key, depth - 1)
