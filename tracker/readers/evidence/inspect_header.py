"""What is taken of an Inspect log besides its samples, in all versions of the format.

The names are those of the log (version 2, written since 2024). Before 0.3.15 results held one
`scorer` and its `metrics` in place of `scores`.
"""

from collections.abc import Mapping
from typing import Any, Final, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from tracker.domain.errors import ImportRejected
from tracker.readers.evidence.checking import one_line
from tracker.readers.evidence.contents import refused

_VERSIONS: Final = (1, 2)
_SHOWN_PLACES: Final = 20

M = TypeVar("M", bound=BaseModel)


class _Part(BaseModel):
    model_config = ConfigDict(extra="ignore", strict=True, frozen=True)


class Dataset(_Part):
    """What was asked; `samples` is its size before `config.limit`."""

    name: str | None = None
    location: str | None = None
    samples: int | None = None
    sample_ids: list[int | str] | None = None


class Config(_Part):
    """How it was asked."""

    limit: int | float | list[int] | None = None
    sample_id: int | str | list[int | str] | None = None
    epochs: int | None = None
    epochs_reducer: list[str] | None = None
    message_limit: int | None = None
    token_limit: int | None = None
    time_limit: int | None = None
    working_limit: int | None = None


class Revision(_Part):
    """The state of the code; its origin is not taken, since it can name people."""

    dirty: bool | None = None


class NamedScorer(_Part):
    """A scorer of the task; `options` may name the model that judges."""

    name: str = ""
    options: dict[str, Any] | None = None
    params: dict[str, Any] | None = None


class Spec(_Part):
    """The part `eval` of the log."""

    task: str
    model: str
    created: str = ""
    eval_id: str = ""
    run_id: str = ""
    task_id: str = ""
    task_version: int | str = 0
    task_args: dict[str, Any] | None = None
    model_generate_config: dict[str, Any] | None = None
    model_roles: dict[str, Any] | None = None
    dataset: Dataset = Dataset()
    config: Config = Config()
    packages: dict[str, str] | None = None
    revision: Revision | None = None
    scorers: list[NamedScorer] | None = None


class Step(_Part):
    """A solver of the plan."""

    solver: str = ""
    params: dict[str, Any] | None = None


class Plan(_Part):
    """The part `plan` of the log."""

    steps: list[Step] | None = None
    config: dict[str, Any] | None = None


class LoggedMetric(_Part):
    """One figure; a grouped one says in its settings what it measures, and by which key."""

    value: float | None = None
    params: dict[str, Any] | None = None
    options: dict[str, Any] | None = None

    @property
    def settings(self) -> Mapping[str, object]:
        """The parameters, which were called options before 0.3.95."""
        return self.params or self.options or {}


class LoggedScore(_Part):
    """The figures of a scorer, or of one key of its values."""

    name: str
    scorer: str = ""
    reducer: str | None = None
    scored_samples: int | None = None
    unscored_samples: int | None = None
    params: dict[str, Any] | None = None
    metrics: dict[str, LoggedMetric] = {}


class Headline(_Part):
    """The figure that the task names first (since 0.3.285)."""

    score: str | None = None
    metric: str | None = None


class Results(_Part):
    """The part `results`; both counts are of samples times epochs."""

    total_samples: int = 0
    completed_samples: int = 0
    scores: list[LoggedScore] = []
    headline: Headline | None = None
    scorer: NamedScorer | None = None
    metrics: dict[str, LoggedMetric] = {}

    @property
    def all_scores(self) -> tuple[LoggedScore, ...]:
        """The scores, those of logs before 0.3.15 too."""
        if self.scores or self.scorer is None:
            return tuple(self.scores)
        old = self.scorer
        return (
            LoggedScore(name=old.name, scorer=old.name, params=old.params, metrics=self.metrics),
        )


class Stats(_Part):
    """The part `stats`."""

    started_at: str = ""


class Header(_Part):
    """Everything of a log but its samples; a run that was killed has neither status nor results."""

    status: str = "started"
    eval: Spec
    plan: Plan = Plan()
    results: Results | None = None
    stats: Stats = Stats()
    invalidated: bool = False
    log_updates: list[Any] | None = None
    config_updates: list[Any] | None = None


HEADER_PATHS: Final = frozenset(
    {
        "version",
        "status",
        "eval",
        "plan",
        "results",
        "stats.started_at",
        "invalidated",
        "log_updates",
        "config_updates",
    }
)


def header_of(parts: Mapping[str, object]) -> Header:
    """Check the parts of a log, by path, as `HEADER_PATHS` names them.

    Raises:
        ImportRejected: A version that is not known, or a part of another shape than Inspect's.
    """
    version = parts.get("version")
    if version not in _VERSIONS:
        shown = one_line(str(version), 40)
        raise refused(
            "version", f"is {shown}; this release reads versions 1 and 2 of Inspect's log format"
        )
    given = {name: value for name, value in parts.items() if value is not None}
    given["stats"] = {"started_at": given.pop("stats.started_at", "")}
    return checked_part(Header, given)


def checked_part(kind: type[M], values: object, place: str = "") -> M:
    """Validate one part of a file, with the paths of what is wrong in it.

    Raises:
        ImportRejected: Naming up to twenty places.
    """
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise ImportRejected("file", dict(_problems(error, place))) from None


def _problems(error: ValidationError, place: str) -> list[tuple[str, str]]:
    found = error.errors(include_url=False, include_context=False, include_input=False)
    return [
        (
            one_line(".".join(filter(None, (place, *map(str, item["loc"])))), 200) or "whole file",
            item["msg"][:1].lower() + item["msg"][1:],
        )
        for item in found[:_SHOWN_PLACES]
    ]
