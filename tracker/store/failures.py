"""What the databases say when something fails, put into our own errors."""

import re
from collections.abc import Mapping
from types import MappingProxyType
from typing import Any, Final

import psycopg
from pydantic import ValidationError
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm.exc import StaleDataError

from tracker.domain.errors import (
    HoldpointError,
    InvalidInput,
    RuleViolation,
    StaleEdit,
    StoreCorrupt,
    StoreError,
    StoreLocked,
)
from tracker.domain.validation import describe

REFUSED_BY_TRIGGER: Final = "holdpoint refuses"
"""Every trigger of ours starts its message with these words."""

_LOCKED_STATES: Final = frozenset({"55P03", "40001", "40P01"})  # lock wait, serialisation, deadlock
_READ_ONLY_STATE: Final = "25006"
_FOREIGN_KEY_STATE: Final = "23503"
_CONSTRAINT = re.compile(r"CHECK constraint failed: (\w+)|UNIQUE constraint failed: ([\w., ]+)")
_LOCKED_WORDS = re.compile(r"database (table )?is locked")
_DAMAGED_WORDS = re.compile(r"malformed|not a database")
_FULL_WORDS = re.compile(r"disk is full|disk I/O error")
_TABLE = re.compile(r"on table '(\w+)'")


class UnrecordedWrite(RuntimeError):
    """Something tried to write past the audit record: a mistake in the program, not of a user."""


def translate(
    error: SQLAlchemyError | ValidationError,
    edited: Mapping[str, tuple[str, str]] = MappingProxyType({}),
    *,
    writes: bool = False,
) -> HoldpointError | UnrecordedWrite | None:
    """Return the error of ours that says the same; None where we have no better words.

    Args:
        error: What the database or a row said.
        edited: Table name to (noun, reference) of a row that was about to be written.
        writes: Whether the transaction was opened for writing.
    """
    if isinstance(error, ValidationError):
        return InvalidInput(describe(error))
    if isinstance(error, StaleDataError):
        found = _TABLE.search(str(error))
        return StaleEdit(*edited.get(found.group(1) if found else "", ("entry", "in question")))
    if isinstance(error, PoolTimeout):
        return _locked("Too many people use the register at this moment")
    if isinstance(error, IntegrityError):
        return _broken_rule(error)
    return _unusable(error, writes) if isinstance(error, DBAPIError) else None


def _unusable(error: DBAPIError, writes: bool) -> HoldpointError | UnrecordedWrite | None:
    said, state = str(error.orig), getattr(error.orig, "sqlstate", None)
    if state in _LOCKED_STATES or _LOCKED_WORDS.search(said):
        return _locked("Another process has been writing to the register for too long")
    if state == _READ_ONLY_STATE or "attempt to write a readonly database" in said:
        return _not_writable(said, writes)
    if _DAMAGED_WORDS.search(said):
        return StoreCorrupt(
            "The register's file is damaged.", "Put a back-up in its place; keep the damaged file."
        )
    if isinstance(error, DataError):
        return InvalidInput({"the entry": f"is not acceptable to the register ({said.strip()})"})
    return _unreachable(error, said)


def _locked(why: str) -> StoreLocked:
    return StoreLocked(f"{why}; nothing was saved.", "Wait a moment and save again.")


def _not_writable(said: str, writes: bool) -> HoldpointError | UnrecordedWrite:
    if not writes:
        return UnrecordedWrite(f"A write outside of `Store.writing`: {said}")
    return StoreError(
        "The register may be read here but not written.",
        "Let this user write to its file and folder, or open another register.",
    )


def _unreachable(error: DBAPIError, said: str) -> StoreError | None:
    if _FULL_WORDS.search(said):
        return StoreError(f"The register cannot be written ({said}).", "Make room, then try again.")
    lost = error.connection_invalidated or isinstance(error.orig, psycopg.OperationalError)
    if lost or "unable to open database file" in said:
        return StoreError(
            f"The register's database cannot be reached ({said.strip().splitlines()[0]}).",
            "Check that it is there and HOLDPOINT_DATABASE_URL is right, then try again.",
        )
    return None


def _broken_rule(error: IntegrityError) -> HoldpointError:
    said, state = str(error.orig), getattr(error.orig, "sqlstate", None)
    if REFUSED_BY_TRIGGER in said:
        rule = said.split(REFUSED_BY_TRIGGER, 1)[1].splitlines()[0].strip(" :")
        return RuleViolation(f"The register refuses {rule}.", "Enter a new record instead.")
    if state == _FOREIGN_KEY_STATE or "FOREIGN KEY" in said:
        return InvalidInput(
            {_named(error) or "a reference": "names something that is not in the register"}
        )
    if "UNIQUE" in said or state == "23505":
        return InvalidInput({_named(error) or "the entry": "is already in the register"})
    if "NOT NULL" in said or state == "23502":
        return InvalidInput({said.rpartition(" ")[2] if state is None else said: "is missing"})
    return InvalidInput({_named(error) or "the entry": "is not acceptable to the register"})


def _named(error: IntegrityError) -> str:
    """Name the constraint that failed, as far as the database tells."""
    diagnosis: Any = getattr(error.orig, "diag", None)
    if diagnosis is not None:
        return str(diagnosis.constraint_name or "")
    found = _CONSTRAINT.search(str(error.orig))
    return (found.group(1) or found.group(2)) if found else ""
