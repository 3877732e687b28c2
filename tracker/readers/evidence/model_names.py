"""What a result file calls a model, and whether that names one."""

import re
from typing import Final, NamedTuple
from urllib.parse import urlsplit

_ADDRESS: Final = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_PATH: Final = re.compile(r"[./~\\]|[a-z]:[\\/]", re.IGNORECASE)
_FILE: Final = re.compile(r"\.(js|cjs|mjs|ts|py|rb|go|sh|gguf|bin|pt|safetensors|ya?ml|json)\b")


class ModelName(NamedTuple):
    """A name to show, and whether it names a model rather than a place where one may be."""

    text: str
    known: bool


def model_name(written: str) -> ModelName:
    """Read what a file calls its model.

    A path or an address names whatever lay there that day: it is not known, and shown without
    folders, users, passwords and queries, which say more about a machine than about a model.
    """
    name = written.strip()
    if _ADDRESS.match(name):
        return ModelName(_without_secrets(name), known=False)
    if _PATH.match(name) or "\\" in name or _FILE.search(name):
        return ModelName(_last(name), known=False)
    return ModelName(name, known=bool(name))


def _without_secrets(address: str) -> str:
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme.lower() == "file":
        return f"file://{_last(address)}"
    return f"{parts.scheme}://{host}{f':{port}' if port else ''}{parts.path}"


def _last(path: str) -> str:
    return next((part for part in reversed(re.split(r"[\\/]", path)) if part.strip(".~")), "")
