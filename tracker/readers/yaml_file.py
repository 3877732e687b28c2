"""One strict way to read a YAML file: everything that is wrong is named, with its line."""

from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

from tracker.domain.errors import ImportRejected

MAX_BYTES: Final = 1_000_000

M = TypeVar("M", bound=BaseModel)
_Path = tuple[int | str, ...]


def read_yaml(content: bytes, source: str, kind: type[M]) -> M:
    """Check a YAML file against a model.

    Args:
        content: The file, UTF-8, at most 1 MB, without aliases and repeated keys.
        source: Its name, for messages.
        kind: What the file has to look like; unknown keys are the model's to refuse.

    Raises:
        ImportRejected: Naming every wrong place with its line and its path of keys.
    """
    if len(content) > MAX_BYTES:
        raise ImportRejected(source, {"whole file": f"is larger than {MAX_BYTES:,} bytes"})
    root, values = _parsed(content, source)
    try:
        return kind.model_validate(values)
    except ValidationError as error:
        raise ImportRejected(source, _problems(error, root)) from None


def _parsed(content: bytes, source: str) -> tuple[yaml.Node, object]:
    try:
        text = content.decode("utf-8")
        root = yaml.CSafeLoader(text).get_single_node()
        if root is None:
            raise ImportRejected(source, {"whole file": "is empty"})
        repeated = dict(_repetitions(root, set()))
        if repeated:
            raise ImportRejected(source, repeated)
        return root, yaml.load(text, Loader=yaml.CSafeLoader)
    except UnicodeDecodeError as error:
        raise ImportRejected(source, {f"byte {error.start + 1}": "is not UTF-8"}) from None
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise ImportRejected(source, _syntax_problem(error)) from None


def _syntax_problem(error: Exception) -> dict[str, str]:
    if isinstance(error, yaml.MarkedYAMLError) and error.problem_mark is not None:
        return {f"line {error.problem_mark.line + 1}": error.problem or "is not YAML"}
    return {"whole file": f"is not YAML that can be read ({error})"}


def _repetitions(node: yaml.Node, seen: set[int]) -> Iterator[tuple[str, str]]:
    """Name repeated keys, which YAML lets the last one win, and aliases, which can explode."""
    if id(node) in seen:
        yield f"line {_line(node)}", "is repeated by an alias (*name); write it out"
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        keys: set[str] = set()
        for key, value in node.value:
            name = str(key.value)
            if name in keys:
                yield f"line {_line(key)}", f"the key “{name}” appears twice"
            keys.add(name)
            yield from _repetitions(value, seen)
    elif isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _repetitions(item, seen)


def _problems(error: ValidationError, root: yaml.Node) -> Mapping[str, str]:
    problems: dict[str, str] = {}
    for item in error.errors(include_url=False, include_context=False):
        path = ".".join(str(part) for part in item["loc"])
        place = f"line {_line(_deepest(root, item['loc']))}" + (f", {path}" if path else "")
        message = item["msg"].removeprefix("Value error, ")
        shown = _shown(item.get("input"))
        problems[place] = message[:1].lower() + message[1:] + shown
    return problems


def _shown(given: object) -> str:
    return f" (given: {given!r:.60})" if isinstance(given, str | int | float) else ""


def _deepest(node: yaml.Node, path: _Path) -> yaml.Node:
    """Follow a path of keys and positions as far as the file has them."""
    for part in path:
        step = _step(node, part)
        if step is None:
            break
        node = step
    return node


def _step(node: yaml.Node, part: int | str) -> yaml.Node | None:
    if isinstance(node, yaml.MappingNode):
        return next((value for key, value in node.value if str(key.value) == str(part)), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(part, int) and part < len(node.value):
        found: Any = node.value[part]
        return found
    return None


def _line(node: yaml.Node) -> int:
    return int(node.start_mark.line) + 1
