"""What the first row of a garak report says about the target and about how it was run."""

from hashlib import sha256
from typing import Final

from tracker.readers.evidence.garak_counts import Slot
from tracker.readers.evidence.json_values import Json, is_mapping, text
from tracker.readers.evidence.model_names import ModelName, model_name

_NO_MODELS: Final = frozenset({"rest", "function", "websocket", "base"})
"""Kinds of target that may be anything: their name is an address or a piece of code."""

_MAX_DEPTH: Final = 5


def target_of(setup: Json) -> ModelName:
    """The model that was attacked: its name, or the kind of target where it has none.

    Up to 0.13.0 the settings were called model_type and model_name.
    """
    kind = target_kind(setup)
    written = text(setup, "plugins.target_name") or text(setup, "plugins.model_name")
    name = model_name(written or kind)
    family = kind.removeprefix("generators.").partition(".")[0]
    return ModelName(name.text, known=name.known and family not in _NO_MODELS)


def target_kind(setup: Json) -> str:
    """How the target was reached, such as `openai` or `test.Repeat`."""
    return text(setup, "plugins.target_type") or text(setup, "plugins.model_type")


def judge_of(setup: Json) -> str:
    """The model behind detectors that ask one; empty where the settings name none."""
    return model_name(_found(setup, "detector_model_name", _MAX_DEPTH)).text


def conditions_of(setup: Json, slot: Slot, prompts: int | None) -> dict[str, str]:
    """What must be equal for two runs to be compared, since probes change between versions.

    Args:
        setup: The first row of the report.
        slot: The probe and the detector.
        prompts: How many distinct prompts the probe had; None where that is not known.
    """
    system_prompt = text(setup, "run.system_prompt")
    found = {
        "garak version": text(setup, "_config.version"),
        "prompts": "" if prompts is None else str(prompts),
        "generations": text(setup, "run.generations"),
        "hit threshold": text(setup, "run.eval_threshold"),
        "prompt cap": text(setup, "run.soft_probe_prompt_cap"),
        "language": text(setup, "run.target_lang"),
        "interface": target_kind(setup),
        "buffs": text(setup, "plugins.buff_spec"),
        "system prompt": _digest(system_prompt) if system_prompt else "",
        "judge": judge_of(setup) if slot.detector.startswith("judge.") else "",
    }
    return {name: said for name, said in found.items() if said}


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _found(value: object, key: str, depth: int) -> str:
    """The first text under a key, however the settings are nested."""
    if not is_mapping(value) or not depth:
        return ""
    own = next((text(value, name) for name in value if name.rsplit(".", 1)[-1] == key), "")
    return own or next(
        (said for part in value.values() if (said := _found(part, key, depth - 1))), ""
    )
