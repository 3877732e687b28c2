"""Frozen records to what JSON can hold, and back: what a snapshot keeps, next year's code reads.

Dataclasses become objects of their fields, named tuples and tuples arrays, sets sorted arrays,
mappings objects, or arrays of pairs in order of key where a key is no text. Standard library alone.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, TypeVar, Union, cast, get_args, get_origin, get_type_hints

from tracker.domain.snapshots import Plain
from tracker.sealing.canonical import canonical_bytes, instant_text

T = TypeVar("T")
Maker = Callable[[Any], Any]


class NotPlain(ValueError):
    """Stored text does not fit the record that it should become."""


def as_plain(value: object) -> Plain:
    """Return a record, or a value in one, as what JSON can hold.

    Raises:
        TypeError: The value is of a kind that no record holds, such as bytes.
        ValueError: A datetime is naive.
    """
    if isinstance(value, Enum):
        return cast(Plain, value.value)
    if value is None or isinstance(value, str | bool | int | float):
        return value
    if isinstance(value, date):
        return instant_text(value) if isinstance(value, datetime) else value.isoformat()
    return _container(value)


def _container(value: object) -> Plain:
    if is_dataclass(value) and not isinstance(value, type):
        return {name: as_plain(getattr(value, name)) for name in _names(type(value))}
    if isinstance(value, Mapping):
        return _mapping(cast(Mapping[object, object], value))
    if isinstance(value, tuple | list):
        return [as_plain(item) for item in cast(tuple[object, ...], value)]
    if isinstance(value, frozenset | set):
        return sorted((as_plain(item) for item in cast(frozenset[object], value)), key=_in_order)
    raise TypeError(f"{type(value).__name__} has no plain form")


def _mapping(mapping: Mapping[object, object]) -> Plain:
    if all(isinstance(key, str) for key in mapping):
        return {cast(str, as_plain(key)): as_plain(item) for key, item in mapping.items()}
    pairs: list[list[Plain]] = [[as_plain(key), as_plain(item)] for key, item in mapping.items()]
    return cast(Plain, sorted(pairs, key=lambda pair: _in_order(pair[0])))


def _in_order(plain: Plain) -> bytes:
    return canonical_bytes(plain)


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def from_plain(kind: type[T], plain: Plain) -> T:
    """Make a record of a kind again; a field that the text lacks takes the record's default.

    Raises:
        NotPlain: The text lacks a field without a default, has one that the record does not know,
            or holds something else than the record's annotations say.
    """
    try:
        return cast(T, _maker(kind)(plain))
    except (TypeError, ValueError, KeyError, AttributeError) as error:
        raise NotPlain(f"this is no {kind.__name__}: {error}") from error


@cache
def _maker(kind: Any) -> Maker:
    """Return what makes values of an annotated kind; worked out once per kind."""
    if get_origin(kind) is not None:
        return _of_many(kind)
    if kind in (str, int, bool, NoneType):
        return _exactly(kind)
    if kind is float:
        return _number
    if kind is datetime or kind is date:
        return cast(Maker, kind.fromisoformat)
    if issubclass(kind, Enum):
        return kind
    return _record(kind)


def _of_many(kind: Any) -> Maker:
    origin, parts = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType):
        return _optional(parts)
    if origin is tuple:
        return _tuple(parts)
    if origin is frozenset:
        return lambda plain: frozenset(map(_maker(parts[0]), _list(plain)))
    if origin is Mapping:
        return _mapping_maker(*parts)
    raise TypeError(f"records hold no {kind}")


def _optional(parts: tuple[Any, ...]) -> Maker:
    present = [part for part in parts if part is not NoneType]
    if len(present) != 1:
        raise TypeError(f"which of {parts} is meant cannot be told")
    make = _maker(present[0])
    return lambda plain: None if plain is None else make(plain)


def _tuple(parts: tuple[Any, ...]) -> Maker:
    if len(parts) == 2 and parts[1] is Ellipsis:
        every = _maker(parts[0])
        return lambda plain: tuple(map(every, _list(plain)))
    makers = tuple(_maker(part) for part in parts)
    return lambda plain: tuple(make(item) for make, item in zip(makers, _list(plain), strict=True))


def _mapping_maker(key: Any, item: Any) -> Maker:
    make_key, make_item = _maker(key), _maker(item)

    def make(plain: Any) -> dict[Any, Any]:
        if isinstance(plain, dict):
            named = cast(dict[str, Any], plain)
            return {make_key(name): make_item(value) for name, value in named.items()}
        return {make_key(name): make_item(value) for name, value in _list(plain)}

    return make


def _record(kind: Any) -> Maker:
    hints = get_type_hints(kind)
    if issubclass(kind, tuple):
        every = _tuple(tuple(hints.values()))
        return lambda plain: cast(object, kind(*every(plain)))
    makers = {name: _maker(hints[name]) for name in _names(kind)}
    return lambda plain: kind(**{name: makers[name](item) for name, item in plain.items()})


def _exactly(kind: type) -> Maker:
    def make(plain: object) -> object:
        if type(plain) is not kind:
            raise TypeError(f"{plain!r:.60} is no {kind.__name__}")
        return plain

    return make


def _number(plain: object) -> object:
    if type(plain) not in (int, float):
        raise TypeError(f"{plain!r:.60} is no number")
    return plain


def _list(plain: object) -> list[Any]:
    if not isinstance(plain, list):
        raise TypeError(f"{plain!r:.60} is no array")
    return cast(list[Any], plain)
