"""The metrics of one task or group in a results file of lm-evaluation-harness."""

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from tracker.domain.evidence import MetricReading
from tracker.readers.evidence.contents import refused
from tracker.readers.evidence.json_values import (
    Json,
    count,
    inner,
    is_list,
    is_mapping,
    items,
    mapping,
    number,
    text,
)

_NOT_METRICS: Final = frozenset({"alias", "name", "sample_len", "sample_count", "samples", ""})
_SHARES: Final = frozenset({"acc", "acc_norm", "acc_mutual_info", "exact_match", "em", "exact"})
"""Metrics whose outcome for one sample is yes or no."""

_WHOLE: Final = 1e-6
_SAME_ERROR: Final = 1e-3


@dataclass(frozen=True, slots=True)
class _Key:
    """A key of a results row: `acc,none`, or `acc` before 0.4."""

    metric: str
    filter: str

    @property
    def shown(self) -> str:
        return self.metric if self.filter in {"", "none"} else f"{self.metric}, {self.filter}"

    @property
    def stderr(self) -> str:
        return f"{self.metric}_stderr" + (f",{self.filter}" if self.filter else "")


def task_metrics(file: Json, task: str, row: Json, warnings: list[str]) -> Iterator[MetricReading]:
    """Yield the metrics of a task or of a group of tasks, adding to the warnings.

    Args:
        file: The whole results file.
        task: A key of its `results`.
        row: What stands there.
        warnings: Gets a sentence for each value that cannot be used.

    Raises:
        ImportRejected: More samples were run than the task has.
    """
    conditions = _conditions(file, task)
    for written, value in row.items():
        key = _key(written)
        if key is None:
            continue
        if not isinstance(value, int | float) or isinstance(value, bool):
            warnings.append(f"{task}, {key.shown}: is not a number and was left out.")
            continue
        if number(value) is None:
            warnings.append(f"{task}, {key.shown}: is not a finite number; kept as unknown.")
        n = _n(file, task, row, written)
        warnings += _partial_group(file, task, key, n)
        passed = _passed(file, task, row, written, key)
        if passed is None and key.metric in _SHARES and _members(file, task):
            warnings.append(f"{task}, {key.shown}: is a mean over tasks, not over samples; no n.")
            n = None
        yield MetricReading(
            task=task,
            metric=key.shown,
            value=number(value),
            stderr=number(row.get(key.stderr)),
            n=n,
            passed=passed,
            failed=n - passed if n is not None and passed is not None else None,
            higher_is_better=_higher_is_better(file, task, key.metric),
            conditions=conditions,
        )


def _key(written: str) -> _Key | None:
    metric, _, chosen = (piece.strip() for piece in written.partition(","))
    if metric in _NOT_METRICS or metric.endswith("_stderr"):
        return None
    return _Key(metric, chosen)


def _members(file: Json, task: str) -> tuple[str, ...]:
    """The tasks at the bottom of a group, each once; none for a task that is no group."""
    found: dict[str, None] = {}
    open_groups, seen = [task], {task}
    while open_groups:
        for member in items(file, "group_subtasks", open_groups.pop()):
            name = str(member)
            if items(file, "group_subtasks", name) and name not in seen:
                open_groups.append(name)
            elif name not in seen:
                found[name] = None
            seen.add(name)
    return tuple(found)


def _n(file: Json, task: str, row: Json, written: str) -> int | None:
    members = _members(file, task)
    if not members:
        effective = _effective(file, task)
        return effective if effective is not None else count(row.get("sample_len"))
    stated = count(inner(row, "sample_count", written))
    if stated is not None:
        return stated
    sizes = [_member_n(file, member) for member in members if _has(file, member, written)]
    return sum(size or 0 for size in sizes) if sizes and None not in sizes else None


def _effective(file: Json, task: str) -> int | None:
    """Samples that were run, never more than the task has.

    Raises:
        ImportRejected: The file says that they were more.
    """
    sizes = mapping(file, "n-samples", task)
    effective, original = count(sizes.get("effective")), count(sizes.get("original"))
    if effective is not None and original is not None and effective > original:
        raise refused(
            f"n-samples, {task}", f"says that {effective:,} of {original:,} samples were run"
        )
    return effective


def _member_n(file: Json, member: str) -> int | None:
    return _n(file, member, mapping(file, "results", member), "")


def _has(file: Json, member: str, written: str) -> bool:
    return number(inner(file, "results", member, written)) is not None


def _partial_group(file: Json, task: str, key: _Key, n: int | None) -> list[str]:
    """A sentence where the figure of a group leaves out members that lack the metric."""
    sizes = [_member_n(file, member) for member in _members(file, task)]
    total = sum(size or 0 for size in sizes)
    if n is None or None in sizes or n >= total:
        return []
    return [f"{task}, {key.shown}: covers {n} of the {total} samples of the group."]


def _passed(file: Json, task: str, row: Json, written: str, key: _Key) -> int | None:
    """How many samples count towards a metric, if its outcomes are certain to be yes or no.

    A task: the metric is one of `_SHARES`, value * n is a whole number, and the standard error is
    that of yes-or-no outcomes, sqrt(p (1 - p) / (n - 1)), which marks for part of a sample would
    make smaller. A group: its members' counts add up to its value.
    """
    value, n = number(row.get(written)), _n(file, task, row, written)
    if key.metric not in _SHARES or value is None or not n or not 0 <= value <= 1:
        return None
    whole = round(value * n)
    if abs(value * n - whole) > _WHOLE * n:
        return None
    members = _members(file, task)
    if members:
        return whole if _sum_of(file, members, written, key) == (whole, n) else None
    stderr = number(row.get(key.stderr))
    return whole if _yes_or_no(whole / n, n, stderr) else None


def _sum_of(
    file: Json, members: tuple[str, ...], written: str, key: _Key
) -> tuple[int, int] | None:
    passed = n = 0
    for member in members:
        if not _has(file, member, written):
            continue
        row = mapping(file, "results", member)
        of_member = _passed(file, member, row, written, key)
        if of_member is None:
            return None
        passed, n = passed + of_member, n + (_member_n(file, member) or 0)
    return passed, n


def _yes_or_no(share: float, n: int, stderr: float | None) -> bool:
    if stderr is None or n < 2:
        return True
    expected = math.sqrt(share * (1 - share) / (n - 1))
    return math.isclose(stderr, expected, rel_tol=_SAME_ERROR, abs_tol=1e-9)


def _higher_is_better(file: Json, task: str, metric: str) -> bool | None:
    said = inner(file, "higher_is_better", task, metric)
    if said is None:
        listed = items(file, "configs", task, "metric_list")
        said = next(
            (inner(entry, "higher_is_better") for entry in listed if _names(entry, metric)), None
        )
    return said if isinstance(said, bool) else None


def _names(entry: object, metric: str) -> bool:
    return text(entry, "metric") == metric


def _conditions(file: Json, task: str) -> dict[str, str]:
    config = mapping(file, "configs", task)
    shots = text(file, "n-shot", task) or text(config, "num_fewshot")
    members = _members(file, task)
    found = {
        "task version": text(file, "versions", task),
        "task hash": text(file, "task_hashes", task),
        "few-shot examples": shots or text(file, "config", "num_fewshot"),
        "repeats": text(config, "repeats"),
        "data": _data(config),
        "samples": _samples(file, task),
        "generation settings": _settings(config.get("generation_kwargs")),
        "settings of the run": _settings(inner(file, "config", "gen_kwargs")),
        "chat template": text(file, "chat_template_sha"),
        "system instruction": text(file, "system_instruction_sha"),
        "tasks of the group": ", ".join(sorted(_versioned(file, member) for member in members)),
    }
    return {name: said for name, said in found.items() if said}


def _versioned(file: Json, member: str) -> str:
    return f"{member} {text(file, 'versions', member)}".strip()


def _samples(file: Json, task: str) -> str:
    sizes = mapping(file, "n-samples", task)
    effective, original = text(sizes, "effective"), text(sizes, "original")
    return f"{effective} of {original}" if effective and original else ""


def _data(config: Json) -> str:
    """The data set by name and split; of local files the last part of their path alone."""
    named = [text(config, "dataset_path"), text(config, "dataset_name")]
    files = _file_names(inner(config, "dataset_kwargs", "data_files"))
    split = text(config, "test_split") or text(config, "validation_split")
    return ", ".join(piece for piece in (*named, *files, split) if piece)


def _file_names(given: object) -> list[str]:
    if is_mapping(given):
        return [name for key in sorted(given) for name in _file_names(given[key])]
    if is_list(given):
        return [name for entry in given for name in _file_names(entry)]
    return [re.split(r"[\\/]", given)[-1]] if isinstance(given, str) else []


def _settings(given: object) -> str:
    return json.dumps(given, sort_keys=True, default=str) if given else ""
