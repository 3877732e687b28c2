"""What the register keeps about itself: the audit chain, saves already done, and its own kind."""

import secrets
from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, Index
from sqlmodel import Field

from tracker.domain.types import KEY_LENGTH, NAME_LENGTH, REASON_LENGTH, TITLE_LENGTH
from tracker.domain.words import RegisterKind
from tracker.store.base import JSON_DOCUMENT, Base, choice

HASH_LENGTH = 64
REQUEST_ID_LENGTH = 80
SUBJECT_LENGTH = 160


def _random_key() -> str:
    return secrets.token_hex(HASH_LENGTH // 2)


class Change(Base, table=True):
    """One entry of the audit chain; triggers refuse to change or delete it.

    `launch`, `actor` and `subject` are plain text and no foreign keys: the record outlives what
    it tells about. `fields` maps a field to its old and new value, each as text or null.
    """

    __table_args__ = (
        CheckConstraint("seq >= 1", name="seq_from_one"),
        Index(None, "subject", "seq"),
        Index(None, "launch", "seq"),
        Index(None, "actor", "seq"),
    )

    seq: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    at: datetime
    actor: str = Field(max_length=KEY_LENGTH)
    actor_name: str = Field(max_length=NAME_LENGTH)
    authenticated: bool
    action: str = Field(max_length=TITLE_LENGTH)
    entity: str = Field(max_length=KEY_LENGTH)
    subject: str = Field(max_length=SUBJECT_LENGTH)
    launch: str | None = Field(default=None, max_length=KEY_LENGTH)
    fields: dict[str, Any] = Field(sa_type=JSON_DOCUMENT)
    reason: str = Field(default="", max_length=REASON_LENGTH)
    previous_hash: str = Field(max_length=HASH_LENGTH)
    hash: str = Field(max_length=HASH_LENGTH, unique=True)


class Request(Base, table=True):
    """A save that was done, by the id that its form sent, so that a repeated one does nothing.

    Not audited: the changes that the save made are.
    """

    id: str = Field(primary_key=True, max_length=REQUEST_ID_LENGTH)
    at: datetime
    actor: str = Field(max_length=KEY_LENGTH)
    action: str = Field(max_length=TITLE_LENGTH)
    outcome: str


class RegisterInfo(Base, table=True):
    """The single row that says what this register is; not audited, written once at creation.

    `seal_key` is the secret under which withheld texts are sealed: it never leaves the register.
    """

    __table_args__ = (
        CheckConstraint("id = 1", name="single_row"),
        CheckConstraint(
            f"length(seal_key) = {HASH_LENGTH} AND ltrim(seal_key, '0123456789abcdef') = ''",
            name="seal_key_digits",
        ),
    )

    id: int = Field(default=1, primary_key=True, sa_column_kwargs={"autoincrement": False})
    kind: RegisterKind = Field(sa_type=choice(RegisterKind))
    created_at: datetime
    profile_version: str = Field(max_length=KEY_LENGTH)
    demo_loaded_on: date | None = None
    seal_key: str = Field(default_factory=_random_key, max_length=HASH_LENGTH)
