"""Result files too large to be kept, written into a folder of the test when they are needed.

Their layouts are those of the real files in `tests/data/evidence`.
"""

import json
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

from tests.readers.evidence.big_inspect import BigLog, write_inspect_json, write_inspect_log
from tests.readers.evidence.zip_members import Packing

__all__ = [
    "GARAK_LINES",
    "PROMPTFOO_ROWS",
    "BigLog",
    "Packing",
    "garak_counts",
    "promptfoo_counts",
    "write_garak_report",
    "write_inspect_json",
    "write_inspect_log",
    "write_promptfoo_results",
]

GARAK_LINES = 1_000_000
GARAK_FRAME = 4
"""Lines of a report that are no attempt: setup, init, eval and completion."""

GENERATIONS = 2
GARAK_HIT_EVERY = 500
GARAK_DETECTOR = "web_injection.XSS"

PROMPTFOO_ROWS = 6_000
PROMPTFOO_MODELS = ("atlas-2-rc2", "atlas-2-rc3")
PROMPT_ID = "0" * 64
FAIL_EVERY, ERROR_EVERY = 50, 300

Json = dict[str, Any]


def garak_counts(lines: int = GARAK_LINES) -> tuple[int, int]:
    """Outputs that resisted and outputs, of the one probe and detector of a report."""
    prompts = (lines - GARAK_FRAME) // 2
    hits = len(range(0, prompts, GARAK_HIT_EVERY))
    return prompts * GENERATIONS - hits, prompts * GENERATIONS


def write_garak_report(path: Path, lines: int = GARAK_LINES) -> None:
    """Write a report of garak 0.17.1 with an even number of lines; a million take about 400 MB."""
    prompts = (lines - GARAK_FRAME) // 2
    attempts = (garak_attempt(n, status) for n in range(prompts) for status in (1, 2))
    frame = garak_frame(lines)
    with path.open("w", encoding="utf-8") as file:
        for row in chain(frame[:2], attempts, frame[2:]):
            file.write(json.dumps(row) + "\n")


def garak_frame(lines: int) -> list[Json]:
    passed, count = garak_counts(lines)
    prompts, run = count // GENERATIONS, "09e34cca-3849-4df9-9a34-31d27ad36f3c"
    hit = (count - passed) / prompts
    return [
        {
            "entry_type": "start_run setup",
            "_config.version": "0.17.1",
            "run.generations": GENERATIONS,
            "plugins.target_type": "function",
            "plugins.target_name": "canned#mixed",
        },
        {
            "entry_type": "init",
            "garak_version": "0.17.1",
            "start_time": "2026-11-24T18:24:19.858213",
            "run": run,
        },
        {
            "entry_type": "eval",
            "probe": "web_injection.MarkdownXSS",
            "detector": GARAK_DETECTOR,
            "passed": passed,
            "fails": count - passed,
            "nones": 0,
            "total_evaluated": count,
            "total_processed": count,
            "hit_at_k": {str(GENERATIONS): {"score": hit, "prompts": prompts}},
        },
        {"entry_type": "completion", "end_time": "2026-11-24T18:59:21.285503", "run": run},
    ]


def garak_attempt(number: int, status: int) -> Json:
    """A prompt's line: status 1 when answered, 2 when judged. Every 500th has one hit."""
    hit = float(number % GARAK_HIT_EVERY == 0)
    text = {"text": f"[synthetic prompt {number}]", "lang": "en"}
    return {
        "entry_type": "attempt",
        "uuid": f"00000000-0000-4000-8000-{number:012}",
        "seq": number,
        "status": status,
        "probe_classname": "web_injection.MarkdownXSS",
        "prompt": {"turns": [{"role": "user", "content": text}]},
        "outputs": [{"text": "[synthetic answer]"}] * GENERATIONS,
        "detector_results": {GARAK_DETECTOR: [hit, 0.0]} if status == 2 else {},
    }


def promptfoo_counts(rows: int = PROMPTFOO_ROWS) -> dict[str, tuple[int, int, int]]:
    """Passed, failed and errored rows by model."""
    reasons = {model: [0, 0, 0] for model in PROMPTFOO_MODELS}
    for number in range(rows):
        reasons[PROMPTFOO_MODELS[number % 2]][promptfoo_reason(number)] += 1
    return {model: (found[0], found[1], found[2]) for model, found in reasons.items()}


def promptfoo_reason(number: int) -> int:
    """As promptfoo says why a row failed: 0 not at all, 1 an assertion, 2 an error."""
    test = number // 2
    if test % ERROR_EVERY == ERROR_EVERY - 1:
        return 2
    return int(test % FAIL_EVERY == 0)


def write_promptfoo_results(path: Path, rows: int = PROMPTFOO_ROWS) -> None:
    """Write results of promptfoo 0.123.1 (two models, one prompt); 6 000 rows take about 30 MB."""
    before = {"evalId": "eval-BiG-2026-11-24T18:36:40"}
    results: Json = {"version": 3, "timestamp": "2026-11-24T18:36:40.841Z"}
    results["prompts"] = [promptfoo_prompt(rows, index) for index in range(2)]
    after = {
        "config": {"description": "Synthetic refusals"},
        "shareableUrl": None,
        "metadata": {
            "promptfooVersion": "0.123.1",
            "evaluationCreatedAt": "2026-11-24T18:36:40.841Z",
        },
    }
    with path.open("w", encoding="utf-8") as file:
        file.write(json.dumps(before)[:-1] + ', "results": ' + json.dumps(results)[:-1])
        file.write(', "results": [')
        file.writelines(promptfoo_lines(rows))
        file.write(f'], "stats": {json.dumps(promptfoo_stats(rows))}}}, {json.dumps(after)[1:]}')


def promptfoo_prompt(rows: int, index: int) -> Json:
    model = PROMPTFOO_MODELS[index]
    passed, failed, errors = promptfoo_counts(rows)[model]
    counts = {"testPassCount": passed, "testFailCount": failed, "testErrorCount": errors}
    return {
        "id": PROMPT_ID,
        "raw": "{{request}}",
        "label": "{{request}}",
        "provider": model,
        "metrics": counts | {"namedScores": {"refused": passed}},
    }


def promptfoo_lines(rows: int) -> Iterator[str]:
    for number in range(rows):
        yield ("," if number else "") + json.dumps(promptfoo_row(number))


def promptfoo_stats(rows: int) -> Json:
    found = promptfoo_counts(rows).values()
    sums = [sum(counts[reason] for counts in found) for reason in range(3)]
    return {"successes": sums[0], "failures": sums[1], "errors": sums[2]}


def promptfoo_row(number: int) -> Json:
    model, reason = PROMPTFOO_MODELS[number % 2], promptfoo_reason(number)
    asked = f"[synthetic request {number // 2}]"
    answer: Json = {"error": "[synthetic outage]"} if reason == 2 else {"output": "[answer] " * 400}
    return {
        "id": f"00000000-0000-4000-8000-{number:012}",
        "provider": {"id": f"acme:{model}", "label": model},
        "promptIdx": number % 2,
        "promptId": PROMPT_ID,
        "testIdx": number // 2,
        "prompt": {"raw": asked, "label": "{{request}}", "config": {}},
        "vars": {"request": asked},
        "response": answer,
        "success": reason == 0,
        "score": float(reason == 0),
        "failureReason": reason,
        "error": None if reason == 0 else "[synthetic reason]",
        "namedScores": {"refused": float(reason == 0)},
        "gradingResult": None if reason == 2 else graded(reason == 0),
        "testCase": {"vars": {"request": asked}, "assert": [], "metadata": {}},
        "metadata": {},
        "latencyMs": 5,
        "cost": 0,
    }


def graded(passed: bool) -> Json:
    assertion = {"type": "icontains", "value": "can't help", "metric": "refused"}
    verdict = {"pass": passed, "score": float(passed), "reason": "[synthetic reason]"}
    return verdict | {"componentResults": [verdict | {"assertion": assertion}]}
