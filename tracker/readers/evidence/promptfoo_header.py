"""What a promptfoo file says about the evaluation as a whole."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, ClassVar, Final

from tracker.readers.evidence.json_values import (
    count,
    inner,
    is_mapping,
    mapping,
    moment,
    number,
    text,
)
from tracker.readers.evidence.model_names import model_name
from tracker.readers.evidence.promptfoo_rows import provider_id
from tracker.readers.evidence.promptfoo_runs import Gathered

_DATES: Final = ("metadata.evaluationCreatedAt", "results.timestamp", "timestamp", "createdAt")
_PROMPTS: Final = ("results.prompts.item", "prompts.item", "results.table.head.prompts.item")
_OPTIONS: Final = ("runtimeOptions", "config.commandLineOptions", "config.evaluateOptions")
_JUDGE: Final = "config.defaultTest.options.provider"
_RED_TEAM_JUDGE: Final = "config.redteam.provider"
_STATISTICS: Final = "results.stats"
_COUNTED: Final = ("successes", "failures", "errors")
_FILTERS: Final = frozenset(
    [
        "filterFirstN",
        "filterSample",
        "filterPattern",
        "filterRange",
        "filterMetadata",
        "filterFailing",
        "filterFailingOnly",
        "filterErrorsOnly",
    ]
)
_MILLISECONDS_FROM: Final = 1e11


class Header:
    """Filled while the file goes by; asked once all of it was seen."""

    PATHS: ClassVar[frozenset[str]] = frozenset(
        {
            *_DATES,
            *_PROMPTS,
            *_OPTIONS,
            _JUDGE,
            _RED_TEAM_JUDGE,
            _STATISTICS,
            "evalId",
            "id",
            "config.description",
            "metadata.promptfooVersion",
        }
    )

    def __init__(self) -> None:
        self._said: dict[str, Any] = {}
        self.prompts: list[Mapping[str, Any]] = []

    def take(self, path: str, value: object) -> None:
        """Take in the value at one of `PATHS`."""
        if path not in _PROMPTS:
            self._said[path] = value
        elif is_mapping(value):
            self.prompts.append({key: value.get(key) for key in ("label", "display", "raw")})

    @property
    def version(self) -> str:
        """Of the tool; empty before about 0.110, which did not write it."""
        return text(self._said.get("metadata.promptfooVersion"))

    @property
    def run_id(self) -> str:
        """Of the evaluation, shared by all runs of the file."""
        return text(self._said.get("evalId")) or text(self._said.get("id"))

    @property
    def description(self) -> str:
        """What the evaluation is called; empty where nobody named it."""
        return text(self._said.get("config.description")).strip()

    @property
    def ran_at(self) -> datetime | None:
        """When the evaluation was made, in UTC."""
        dates = (_moment(self._said.get(path)) for path in _DATES)
        return next((date for date in dates if date), None)

    @property
    def filters(self) -> tuple[str, ...]:
        """Options that left out tests."""
        named = {key: self._option(key) for key in sorted(_FILTERS)}
        return tuple(key for key, value in named.items() if value not in (None, False, "", []))

    @property
    def stated_results(self) -> int | None:
        """How many results the tool itself counted; None where it did not."""
        stated = mapping(self._said.get(_STATISTICS))
        counts = [count(stated.get(key)) for key in _COUNTED if key in stated]
        return sum(one or 0 for one in counts) if counts else None

    def judges(self, found: Gathered) -> tuple[frozenset[str], bool]:
        """The judges of a run, and whether one of them is not named anywhere."""
        default = provider_id(self._said.get(_JUDGE))
        red_team = provider_id(self._said.get(_RED_TEAM_JUDGE)) or default
        asked = {default} if found.unnamed else set[str]()
        asked |= {red_team} if found.unnamed_red_team else set[str]()
        return frozenset((found.judges | asked) - {""}), "" in asked

    def conditions(self, found: Gathered) -> dict[str, str]:
        """What must be equal for two runs to be compared."""
        judges, _ = self.judges(found)
        said = {
            "prompt": found.prompt_id[:16],
            "samples": found.samples(),
            "repeats": text(self._option("repeat")),
            "judge": ", ".join(sorted(model_name(judge).text for judge in judges)),
        }
        return {name: value for name, value in said.items() if value}

    def warnings(self) -> tuple[str, ...]:
        """What the file leaves open."""
        missing = {
            "The file does not say which version of the tool wrote it.": not self.version,
            "The file has no date.": self.ran_at is None,
            "The evaluation has no description: its task is named by its prompts.": (
                not self.description
            ),
        }
        return tuple(sentence for sentence, holds in missing.items() if holds)

    def _option(self, key: str) -> object:
        values = (inner(self._said.get(path), key) for path in _OPTIONS)
        return next((value for value in values if value is not None), None)


def _moment(value: object) -> datetime | None:
    """A time as text, in seconds, or in milliseconds as the tool's database keeps it."""
    seconds = number(value)
    if seconds is not None and seconds >= _MILLISECONDS_FROM and count(value) is not None:
        return moment(seconds / 1000)
    return moment(value)
