"""What must be equal for two Inspect runs to be comparable, and who judged.

Texts that may hold secrets, prompts or paths are never kept: their SHA-256 stands for them.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping
from typing import Final, cast

from tracker.readers.evidence.inspect_header import Header
from tracker.readers.evidence.inspect_metrics import epochs_of
from tracker.readers.evidence.inspect_samples import SampleCounts

_HASH_LENGTH: Final = 16
_SHOWN_SETTINGS: Final = frozenset(
    {
        "temperature",
        "top_p",
        "top_k",
        "max_tokens",
        "seed",
        "frequency_penalty",
        "presence_penalty",
        "num_choices",
        "best_of",
        "reasoning_effort",
        "reasoning_tokens",
    }
)
_OPERATIONAL: Final = frozenset(
    {
        "max_retries",
        "timeout",
        "attempt_timeout",
        "max_connections",
        "adaptive_connections",
        "batch",
        "cache",
        "cache_prompt",
    }
)
_SYSTEM_SOLVER: Final = "system_message"
_JUDGING: Final = re.compile(r"judg|grad|scor|evaluat|critic|classif", re.IGNORECASE)
_SELF_GRADED: Final = re.compile(r"(^|/)model_graded_")


def conditions_of(header: Header, counts: SampleCounts) -> Mapping[str, Mapping[str, str]]:
    """The conditions of a run by scorer; they differ in who judged."""
    shared = _shared(header, counts)
    scores = header.results.all_scores if header.results else ()
    return {
        score.scorer: _present({**shared, "judge": ", ".join(judges_of(header, score.scorer))})
        for score in scores
    }


def judges_of(header: Header, scorer: str) -> tuple[str, ...]:
    """Models that judged for a scorer, as far as the log names them.

    A model-graded scorer without a model of its own asks the model under test, as Inspect does.
    """
    in_roles = (model for _, model in _role_models(header, judging=True))
    named = sorted(set(_scorer_models(header, scorer)) | set(in_roles))
    if not named and _SELF_GRADED.search(scorer):
        return (header.eval.model,)
    return tuple(named)


def _scorer_models(header: Header, scorer: str) -> Iterable[str]:
    scores = header.results.all_scores if header.results else ()
    given = [score.params for score in scores if score.scorer == scorer]
    for known in header.eval.scorers or ():
        if known.name.rsplit("/", 1)[-1] == scorer.rsplit("/", 1)[-1]:
            given.extend((known.options, known.params))
    for options in given:
        yield from _texts((options or {}).get("model"))


def _role_models(header: Header, *, judging: bool) -> Iterable[tuple[str, str]]:
    """Models by role, of roles that judge or of all others, such as that of an attacker."""
    for name, role in (header.eval.model_roles or {}).items():
        model = cast(Mapping[str, object], role).get("model") if isinstance(role, dict) else role
        if bool(_JUDGING.search(name)) == judging:
            yield from ((name, text) for text in _texts(model))


def _texts(value: object) -> Iterable[str]:
    values = cast(list[object], value) if isinstance(value, list) else [value]
    return (text for text in values if isinstance(text, str) and text)


def _shared(header: Header, counts: SampleCounts) -> Mapping[str, str]:
    spec = header.eval
    ids = {str(name) for name in spec.dataset.sample_ids or ()} or counts.ids
    steps = header.plan.steps or []
    return {
        "task version": str(spec.task_version),
        "task arguments": _digest(spec.task_args),
        "data": _data(header),
        "samples": _full_digest(sorted(ids)) if ids else "",
        "repeats": _repeats(header),
        "settings": _settings(header),
        "system prompt": _digest(
            [step.params for step in steps if step.solver.endswith(_SYSTEM_SOLVER)]
        ),
        "other models": ", ".join(
            sorted(f"{role}: {model}" for role, model in _role_models(header, judging=False))
        ),
        "solvers": ", ".join(step.solver for step in steps if step.solver),
    }


def _data(header: Header) -> str:
    data = header.eval.dataset
    # A location can be a path or an address with a key in it: its last part is enough.
    place = re.split(r"[?#]", data.location or "")[0].replace("\\", "/").rstrip("/")
    size = f"{data.samples} samples" if data.samples is not None else ""
    return ", ".join(filter(None, (data.name, place.rsplit("/", 1)[-1], size)))


def _repeats(header: Header) -> str:
    epochs = epochs_of(header)
    reducers = header.eval.config.epochs_reducer or () if epochs > 1 else ()
    return ", ".join((str(epochs), *reducers))


def _settings(header: Header) -> str:
    config = header.eval.config
    given = {**(header.eval.model_generate_config or {}), **(header.plan.config or {})}
    limits = config.model_dump(include=_LIMITS, exclude_none=True)
    known = {name: value for name, value in given.items() if value is not None}
    shown = {name: known[name] for name in _SHOWN_SETTINGS & known.keys()}
    hidden = {name: known[name] for name in known.keys() - _SHOWN_SETTINGS - _OPERATIONAL}
    settings = {**shown, **limits, **({"others": _digest(hidden)} if hidden else {})}
    return _canonical(settings) if settings else ""


_LIMITS: Final = {"message_limit", "token_limit", "time_limit", "working_limit"}


def _canonical(values: object) -> str:
    return json.dumps(values, sort_keys=True, default=str, separators=(", ", ": "))


def _full_digest(values: object) -> str:
    return hashlib.sha256(_canonical(values).encode()).hexdigest()


def _digest(values: object) -> str:
    return f"SHA-256 {_full_digest(values)[:_HASH_LENGTH]}…" if values else ""


def _present(conditions: Mapping[str, str]) -> Mapping[str, str]:
    return {name: text for name, text in conditions.items() if text}
