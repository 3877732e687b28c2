"""Inspect logs of any size, in the layout that Inspect 0.3.285 writes.

A real one is `tests/data/evidence/inspect/inspect-0.3.285-refusals.eval`.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from math import sqrt
from pathlib import Path
from random import Random
from typing import Any

from tests.readers.evidence.zip_members import Packing, write_zip

HAZARDS = ("cbrn", "privacy", "self_harm", "violent_crimes")
STARTED, ENDED = "2026-11-24T18:35:28+00:00", "2026-11-24T19:05:12+00:00"
REFUSAL, COMPLIANCE = "I can't help with that.", "Sure. [synthetic answer]"
CHUNK = 1_000
"""Summaries in one piece of the journal."""

Json = dict[str, Any]


@dataclass(frozen=True)
class BigLog:
    """A log of made-up prompts: how many, and how many of them were refused.

    Attributes:
        samples: Prompts, one epoch each; hazards take turns.
        correct: Those that were refused; the others lie evenly among them.
        padding: Bytes of noise in each sample, in place of its events; written as two signs each.
    """

    samples: int = 12_000
    correct: int = 11_819
    padding: int = 3_800

    @cached_property
    def wrong(self) -> frozenset[int]:
        """Numbers of the prompts that were obeyed."""
        count = self.samples - self.correct
        return frozenset(place * self.samples // count for place in range(count))

    def rate(self, hazard: str | None = None) -> tuple[int, int]:
        """Refused prompts and prompts, of one hazard or of all."""
        numbers = [
            number for number in range(self.samples) if hazard in (None, HAZARDS[number % 4])
        ]
        return sum(number not in self.wrong for number in numbers), len(numbers)


def write_inspect_log(path: Path, log: BigLog, packing: Packing) -> None:
    """Write an `.eval` archive. The default log takes about 55 MB, or 115 MB when stored."""
    write_zip(path, members(log), packing)


def write_inspect_json(path: Path, log: BigLog) -> None:
    """Write a JSON log, one sample at a time. The default log takes about 100 MB."""
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(header(log), indent=2).removesuffix("\n}"))
        for position, sample in enumerate(samples(log)):
            file.write(",\n    " if position else ',\n  "samples": [\n    ')
            file.write(json.dumps(sample))
        file.write(f'\n  ],\n  "reductions": {json.dumps(reductions(log))}\n}}')


def members(log: BigLog) -> Iterator[tuple[str, bytes]]:
    """Members of the archive in the order in which the tool writes them."""
    start = {key: value for key, value in header(log).items() if key in ("version", "eval", "plan")}
    yield "_journal/start.json", packed(start)
    for sample in samples(log):
        yield f"samples/{sample['id']}_epoch_1.json", packed(sample)
    short = [summary(log, number) for number in range(log.samples)]
    for first in range(0, log.samples, CHUNK):
        name = f"_journal/summaries/{first // CHUNK + 1}.json"
        yield name, packed(short[first : first + CHUNK])
    yield "summaries.json", packed(short)
    yield "reductions.json", packed(reductions(log))
    yield "header.json", packed(header(log))


def packed(value: Json | list[Json]) -> bytes:
    return json.dumps(value, separators=(",", ":")).encode()


def header(log: BigLog) -> Json:
    """Everything but the samples."""
    return {
        "version": 2,
        "status": "success",
        "eval": spec(log),
        "plan": {"name": "plan", "steps": [{"solver": "canned", "params": {}}], "config": {}},
        "results": results(log),
        "stats": {"started_at": STARTED, "completed_at": ENDED, "model_usage": {}},
        "invalidated": False,
        "tags": [],
        "metadata": {},
    }


def spec(log: BigLog) -> Json:
    ids = [sample_id(number) for number in range(log.samples)]
    return {
        "eval_id": "TgVqd8kLsNwYb2CmRzPx7A",
        "run_id": "Hn4rJ6uQeXf9KcBt3WvMoD",
        "created": STARTED,
        "task": "refusals",
        "task_id": "ZyE5pGa8iSdR1oFhU7lNxK",
        "task_version": 0,
        "task_file": "refusals.py",
        "task_args": {"size": log.samples},
        "dataset": {
            "name": "synthetic-refusals",
            "samples": log.samples,
            "sample_ids": ids,
            "shuffled": False,
        },
        "model": "mockllm/model",
        "model_generate_config": {},
        "model_args": {},
        "config": {"epochs": 1, "fail_on_error": True, "log_samples": True},
        "packages": {"inspect_ai": "0.3.285"},
        "scorers": [{"name": "refusal", "options": {}, "metrics": [], "metadata": {}}],
    }


def results(log: BigLog) -> Json:
    right, count = log.rate()
    share = right / count
    metrics = {"accuracy": metric("accuracy", share)}
    metrics["stderr"] = metric("stderr", sqrt(share * (1 - share) / (count - 1)))
    for hazard in HAZARDS:
        of_hazard, asked = log.rate(hazard)
        metrics[hazard] = grouped(hazard, of_hazard / asked)
    metrics["all"] = grouped("all", share)
    score = {"name": "refusal", "scorer": "refusal", "scored_samples": count}
    return {
        "total_samples": count,
        "completed_samples": count,
        "scores": [score | {"unscored_samples": 0, "params": {}, "metrics": metrics}],
        "headline": {"scorer": "refusal", "score": "refusal", "metric": "accuracy"},
    }


def metric(name: str, value: float) -> Json:
    return {"name": name, "value": value, "params": {}}


def grouped(name: str, value: float) -> Json:
    of = {"type": "metric", "name": "accuracy", "params": {}}
    params = {"metric": of, "group_key": "hazard"}
    return {"name": name, "group": "grouped", "value": value, "params": params}


def sample_id(number: int) -> str:
    return f"p{number:05}"


def summary(log: BigLog, number: int) -> Json:
    """What the archive keeps of each sample in its summaries."""
    slipped = number in log.wrong
    score = {"value": "I" if slipped else "C", "answer": COMPLIANCE if slipped else REFUSAL}
    return {
        "id": sample_id(number),
        "epoch": 1,
        "input": f"[synthetic prompt {number} about {HAZARDS[number % 4]}]",
        "target": REFUSAL,
        "metadata": {"number": number, "hazard": HAZARDS[number % 4]},
        "scores": {"refusal": score | {"history": []}},
        "model_usage": {},
        "role_usage": {},
        "started_at": STARTED,
        "completed_at": ENDED,
        "total_time": 0.083,
        "working_time": 0.083,
        "uuid": f"synthetic-{number:012}",
        "retries": 0,
        "completed": True,
        "message_count": 1,
        "turn_count": 0,
    }


def samples(log: BigLog) -> Iterator[Json]:
    """Samples in full, with noise where the tool writes messages, model output and events."""
    noise = Random(log.samples)
    for number in range(log.samples):
        short = summary(log, number)
        message = {"role": "user", "source": "input", "content": short["input"]}
        yield short | {
            "messages": [message],
            "output": {"model": "model", "completion": short["scores"]["refusal"]["answer"]},
            "store": {},
            "events": [{"event": "info", "data": noise.randbytes(log.padding).hex()}],
            "attachments": {},
        }


def reductions(log: BigLog) -> list[Json]:
    """Each prompt's score over its epochs, as a number."""
    return [
        {
            "scorer": "refusal",
            "samples": [
                {
                    "value": float(number not in log.wrong),
                    "answer": COMPLIANCE if number in log.wrong else REFUSAL,
                    "history": [],
                    "sample_id": sample_id(number),
                }
                for number in range(log.samples)
            ],
        }
    ]
