"""What the runs and tasks of a promptfoo file are called."""

import re
from collections import defaultdict
from collections.abc import Collection
from hashlib import sha256
from typing import Final

from tracker.readers.evidence.json_values import text
from tracker.readers.evidence.limits import SLOT_TEXT_LENGTH
from tracker.readers.evidence.model_names import ModelName, model_name
from tracker.readers.evidence.promptfoo_header import Header
from tracker.readers.evidence.promptfoo_runs import Column

_NO_MODELS: Final = re.compile(
    r"(https?|wss?|websocket|webhook|exec|python|golang|ruby|file|package|browser|mcp|custom"
    r"|sequence|promptfoo)(:|$)",
    re.IGNORECASE,
)
_LONGEST_LABEL: Final = 60
_DIGEST: Final = 8


def provider_name(column: Column) -> ModelName:
    """The model by the provider's id; a script's or an address's label, marked as no model.

    A label never stands in for an id that names a model: it may say anything.
    """
    name = model_name(column.provider)
    if name.known and not _NO_MODELS.match(column.provider):
        return name
    shown = model_name(column.label).text if column.label else name.text
    return ModelName(shown or name.text or "provider", known=False)


def task_names(header: Header, columns: Collection[Column]) -> dict[Column, str]:
    """The task of each column: the evaluation's description, with the prompt where it had several.

    A prompt is called by its label, unless that is its text, which is not kept; else by number.
    """
    grid: dict[tuple[str, str], list[Column]] = defaultdict(list)
    for column in sorted(columns, key=Column.order):
        grid[column.provider, column.label].append(column)
    names: dict[Column, str] = {}
    for peers in grid.values():
        for position, column in enumerate(peers, start=1):
            prompt = _label(header, column) or f"prompt {position}"
            several = len(peers) > 1 or not header.description
            parts = (header.description, prompt if several else "")
            names[column] = _short(", ".join(part for part in parts if part))
    return names


def _label(header: Header, column: Column) -> str:
    if not isinstance(column.prompt, int) or column.prompt >= len(header.prompts):
        return ""
    prompt = header.prompts[column.prompt]
    label, raw = text(prompt, "label") or text(prompt, "display"), text(prompt, "raw")
    own = label.replace(raw, "").strip(" :\n") if raw else ""
    return own if len(own) <= _LONGEST_LABEL and "\n" not in own else ""


def _short(name: str) -> str:
    """A name that fits a slot; one that is cut keeps apart from others by a digest."""
    line = " ".join(name.split())
    if len(line) <= SLOT_TEXT_LENGTH:
        return line
    digest = sha256(line.encode("utf-8", "replace")).hexdigest()[:_DIGEST]
    return f"{line[: SLOT_TEXT_LENGTH - _DIGEST - 2]}… {digest}"
