"""Result rows of promptfoo gathered into runs: one for each provider and prompt of the grid."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from hashlib import sha256
from typing import Final, NamedTuple

from tracker.domain.evidence import MetricReading
from tracker.readers.evidence.json_values import Json, count, text
from tracker.readers.evidence.promptfoo_rows import (
    PASS_RATE,
    Outcome,
    is_graded_by_hand,
    is_unchecked,
    judges_of,
    outcomes_of,
    scenario_of,
    slices_of,
)

_UNIT: Final = "share of scenarios that passed"
_ASSERTION_UNIT: Final = "share of scenarios whose assertions passed"


class Column(NamedTuple):
    """A provider and a prompt; before version 3 the prompt is known by its label alone."""

    provider: str
    label: str
    prompt: int | str

    def order(self) -> tuple[int, str, str, str]:
        """Sorts columns as the grid has them, or by name."""
        if isinstance(self.prompt, int):
            return self.prompt, "", self.provider, self.label
        return 0, self.prompt, self.provider, self.label


class _Part(NamedTuple):
    metric: str
    slice: str


@dataclass(slots=True)
class Gathered:
    """What is kept of the rows of one column: digests and counts, no text.

    Attributes:
        outcomes: By metric and slice, each scenario's worst outcome.
        judges: Named judges; `unnamed` and `unnamed_red_team` where a row names none.
    """

    prompt_id: str = ""
    rows: int = 0
    unchecked: int = 0
    graded_by_hand: int = 0
    outcomes: dict[_Part, dict[bytes, Outcome]] = field(
        default_factory=lambda: defaultdict[_Part, dict[bytes, Outcome]](dict)
    )
    judges: set[str] = field(default_factory=set[str])
    unnamed: bool = False
    unnamed_red_team: bool = False

    def add(self, row: Json) -> None:
        """Count one row."""
        self.rows += 1
        self.prompt_id = self.prompt_id or text(row, "promptId")
        self.unchecked += is_unchecked(row)
        self.graded_by_hand += is_graded_by_hand(row)
        scenario, outcomes = scenario_of(row), outcomes_of(row)
        for metric, outcome in outcomes.items():
            self._note(_Part(metric, ""), scenario, outcome)
        for part in slices_of(row):
            self._note(_Part(PASS_RATE, part), scenario, outcomes[PASS_RATE])
        for judge, red_team in judges_of(row):
            self._note_judge(judge, red_team=red_team)

    def _note(self, part: _Part, scenario: bytes, outcome: Outcome) -> None:
        known = self.outcomes[part]
        known[scenario] = max(known.get(scenario, outcome), outcome)

    def _note_judge(self, judge: str, *, red_team: bool) -> None:
        if judge:
            self.judges.add(judge)
        elif red_team:
            self.unnamed_red_team = True
        else:
            self.unnamed = True

    @property
    def scenarios(self) -> int:
        """Distinct scenarios."""
        return len(self.outcomes[_Part(PASS_RATE, "")])

    @property
    def errored(self) -> int:
        """Scenarios that were not scored whole."""
        return _number(self.outcomes[_Part(PASS_RATE, "")], Outcome.UNSCORED)

    def samples(self) -> str:
        """What the scenarios were, to be compared with another run's."""
        digest = sha256(b"".join(sorted(self.outcomes[_Part(PASS_RATE, "")])))
        return f"{self.scenarios} scenarios, {digest.hexdigest()[:16]}"

    def metrics(self, task: str, conditions: dict[str, str]) -> Iterator[MetricReading]:
        """Yield the share that passed: of all, of each slice, and for each named metric."""
        for part, outcomes in sorted(self.outcomes.items()):
            passed, failed = _number(outcomes, Outcome.PASSED), _number(outcomes, Outcome.FAILED)
            n = passed + failed
            yield MetricReading(
                task=task,
                metric=part.metric,
                slice=part.slice,
                value=passed / n if n else None,
                n=n,
                passed=passed,
                failed=failed,
                errored=_number(outcomes, Outcome.UNSCORED),
                unit=_UNIT if part.metric == PASS_RATE else _ASSERTION_UNIT,
                higher_is_better=True,
                conditions=conditions,
            )


def column_of(row: Json) -> Column:
    """Which column of the grid a row belongs to."""
    provider = row.get("provider")
    name = text(provider, "id") or text(provider)
    label = text(provider, "label")
    index = count(row.get("promptIdx"))
    shown = text(row, "prompt", "label") or text(row, "prompt", "display")
    return Column(name, label, shown if index is None else index)


def _number(outcomes: dict[bytes, Outcome], outcome: Outcome) -> int:
    return sum(one is outcome for one in outcomes.values())
