"""Results of lm-evaluation-harness, from the files of v0.3 to those of 0.4.13.

One file is one run. What differed between versions is read by what is there, not by a version
number, which the files state only since 0.4.9.
"""

import re
from typing import BinaryIO, Final

from tracker.domain.evidence import MetricReading, RunReading
from tracker.domain.words import EvidenceFlag
from tracker.readers.evidence.contents import Contents, refused
from tracker.readers.evidence.json_values import (
    Json,
    count,
    inner,
    is_mapping,
    json_object,
    mapping,
    moment,
    text,
)
from tracker.readers.evidence.lm_eval_metrics import task_metrics
from tracker.readers.evidence.model_names import ModelName, model_name

TOOL: Final = "lm-evaluation-harness"

_MAX_BYTES: Final = 20_000_000
"""Results of the largest suites have some hundred kilobytes."""

_MODEL_ARGUMENTS: Final = ("peft", "delta", "pretrained", "model", "path", "engine")
_RANDOM_NAME: Final = re.compile(r"[0-9a-z]{8}", re.IGNORECASE)


def read(source: BinaryIO) -> Contents:
    """Read a results file (`results_….json`), not the samples beside it.

    Raises:
        ImportRejected: Not JSON, or without results.
    """
    file = json_object(source, _MAX_BYTES)
    results = mapping(file, "results")
    if not results:
        raise refused("results", "is empty: the file holds no task")
    metrics: list[MetricReading] = []
    warnings: list[str] = []
    for task, row in results.items():
        if not is_mapping(row):
            raise refused(f"results, {task}", "is not a row of metrics")
        metrics += task_metrics(file, task, row, warnings)
    if not metrics:
        raise refused("results", "holds no metric that is a number")
    return Contents((_run(file, metrics, warnings),))


def _run(file: Json, metrics: list[MetricReading], warnings: list[str]) -> RunReading:
    model = _model(file)
    limited = _limited(file)
    ran_at = moment(file.get("date"))
    flags: set[EvidenceFlag] = set()
    if not model.known:
        flags.add(EvidenceFlag.UNKNOWN_MODEL)
        warnings.append(_unknown_model(model))
    if limited:
        flags.add(EvidenceFlag.LIMITED)
        warnings.append(limited)
    if ran_at is None:
        warnings.append("The file has no date.")
    version = _version(file)
    if not version:
        warnings.append("The file does not say which version of the tool wrote it.")
    return RunReading(
        part="",
        tool=TOOL,
        tool_version=version,
        model=model.text,
        run_id="",
        ran_at=ran_at,
        flags=frozenset(flags),
        warnings=tuple(warnings),
        metrics=tuple(metrics),
    )


def _version(file: Json) -> str:
    """The stated version; before 0.4.9 at best the commit that the tool was run from."""
    commit = text(file, "git_hash") or text(file, "config", "git_hash")
    return text(file, "lm_eval_version") or (f"commit {commit}" if commit else "")


def _model(file: Json) -> ModelName:
    """The model by its arguments, with its revision where that is not the main one.

    Without such an argument the tool makes up a name of eight characters, which names nothing.
    """
    arguments = _arguments(inner(file, "config", "model_args"))
    named = next((arguments[key] for key in _MODEL_ARGUMENTS if arguments.get(key)), "")
    if not named:
        made_up = text(file, "model_name")
        known = bool(made_up) and not _RANDOM_NAME.fullmatch(made_up)
        name = model_name(made_up)
        return ModelName(name.text, known=known and name.known)
    name = model_name(named)
    revision = arguments.get("revision", "")
    if revision in {"", "main", "None"}:
        return name
    return ModelName(f"{name.text}@{revision}", known=name.known)


def _arguments(given: object) -> dict[str, str]:
    """Model arguments, which are text (`a=1,b=2`) until 0.4.12 and an object since."""
    if is_mapping(given):
        return {key: text(given, key) for key in given}
    if not isinstance(given, str):
        return {}
    pairs = (piece.partition("=") for piece in given.split(","))
    return {key.strip(): value.strip() for key, _, value in pairs}


def _unknown_model(model: ModelName) -> str:
    if not model.text:
        return "The file names no model (no pretrained= or model= was given)."
    return (
        f"“{model.text}” does not say which model was run: give the model by its name "
        "(pretrained= or model=) when you run the harness."
    )


def _limited(file: Json) -> str:
    """A sentence on a run over part of the data; empty where all of it was run."""
    for task, sizes in mapping(file, "n-samples").items():
        original, effective = count(inner(sizes, "original")), count(inner(sizes, "effective"))
        if original is not None and effective is not None and effective < original:
            return f"Only {effective} of {original} samples of {task} were run."
    config = mapping(file, "config")
    if config.get("limit") is not None:
        return f"The run was limited (--limit {text(config, 'limit')})."
    return "The run was limited to chosen samples." if config.get("samples") else ""
