"""Reviews, their snapshots and minutes, the signatures on them and the exports made of them."""

from datetime import date, datetime
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, LargeBinary, Text, UniqueConstraint
from sqlmodel import Field

from tracker.domain.review_words import Capacity, Outcome, Vote
from tracker.domain.types import KEY_LENGTH, REASON_LENGTH, REF_LENGTH
from tracker.domain.words import ExportFormat, ExposureStage, Origin
from tracker.store.base import JSON_DOCUMENT, Audited, Editable, choice, reference
from tracker.store.tables.evidence import SHA256_LENGTH, sha256
from tracker.store.tables.risks import launch_of


def review_ref(launch: str, number: int) -> str:
    """Return the reference of a review, such as `gpt-4v-2023-09/REV-1`."""
    return f"{launch}/REV-{number}"


def snapshot_ref(launch: str, number: int) -> str:
    """Return the reference of a snapshot, such as `gpt-4v-2023-09/S-1`."""
    return f"{launch}/S-{number}"


def person(**column: Any) -> Any:
    """Return a column that names a person of the register."""
    return Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")], **column)


def launch_key() -> Any:
    """Return a column that names a launch."""
    return Field(max_length=KEY_LENGTH, sa_column_args=[reference("launch.key")], index=True)


def numbered(letter: str) -> tuple[Any, ...]:
    """Return the constraints of a table whose rows are numbered per launch."""
    return (
        UniqueConstraint("launch", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint(f"ref = launch || '/{letter}-' || number", name="ref_fits"),
    )


class Review(Editable, table=True):
    """One review of a launch; triggers let only its meeting and its end be written later."""

    __table_args__ = numbered("REV")
    noun = "review"

    ref: str = Field(primary_key=True, max_length=REF_LENGTH)
    launch: str = launch_key()
    number: int
    opened_by: str = person()
    opened_at: datetime
    meeting_on: date | None = None
    closed_by: str | None = person(default=None)
    closed_at: datetime | None = None
    closed_because: str = Field(default="", max_length=REASON_LENGTH)
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the review's reference."""
        return self.ref

    def on_launch(self) -> str:
        """Return the key of the launch."""
        return self.launch


class Snapshot(Audited, table=True):
    """The canonical record of a launch at one moment; triggers refuse to change or delete it.

    `document` is canonical JSON in full, `sections` the list of section hashes.
    """

    __table_args__ = (*numbered("S"), sha256("sha256"))
    noun = "snapshot"
    too_large_for_the_record: ClassVar[frozenset[str]] = frozenset({"document"})

    ref: str = Field(primary_key=True, max_length=REF_LENGTH)
    launch: str = launch_key()
    number: int
    review: str = Field(max_length=REF_LENGTH, sa_column_args=[reference("review.ref")], index=True)
    taken_at: datetime
    taken_by: str = person()
    authenticated: bool
    as_of: date
    sha256: str = Field(max_length=SHA256_LENGTH)
    policy: str = Field(max_length=KEY_LENGTH)
    sections: list[dict[str, str]] = Field(nullable=False, sa_type=JSON_DOCUMENT)
    document: str = Field(sa_type=Text)
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the snapshot's reference."""
        return self.ref

    def on_launch(self) -> str:
        """Return the key of the launch."""
        return self.launch


class StoredExport(Audited, table=True):
    """The bytes of an export of a snapshot, served again as they are; permanent."""

    __table_args__ = (sha256("sha256"),)
    noun = "stored export"
    too_large_for_the_record: ClassVar[frozenset[str]] = frozenset({"content"})

    snapshot: str = Field(
        primary_key=True, max_length=REF_LENGTH, sa_column_args=[reference("snapshot.ref")]
    )
    format: ExportFormat = Field(primary_key=True, sa_type=choice(ExportFormat))
    sha256: str = Field(max_length=SHA256_LENGTH)
    product_version: str = Field(max_length=KEY_LENGTH)
    made_by: str = person()
    made_at: datetime
    content: bytes = Field(sa_type=LargeBinary)

    def subject(self) -> str:
        """Return the snapshot's reference."""
        return self.snapshot

    def on_launch(self) -> str:
        """Return the key of the launch."""
        return launch_of(self.snapshot)


class ExportLog(Audited, table=True):
    """That somebody took a summary or a bundle out of the register; permanent.

    `exported_by` is plain text: whoever reads at the command line need not be in the register.
    """

    __table_args__ = (sha256("sha256"), {"sqlite_autoincrement": True})
    noun = "export"

    id: int | None = Field(default=None, primary_key=True)
    launch: str = launch_key()
    snapshot: str | None = Field(
        default=None, max_length=REF_LENGTH, sa_column_args=[reference("snapshot.ref")], index=True
    )
    format: str = Field(max_length=KEY_LENGTH)
    sha256: str = Field(max_length=SHA256_LENGTH)
    exported_by: str = Field(max_length=KEY_LENGTH)
    exported_at: datetime

    def subject(self) -> str:
        """Return the key of the launch."""
        return self.launch

    def on_launch(self) -> str:
        """Return the key of the launch."""
        return self.launch


class SignOff(Audited, table=True):
    """One person's signature on a snapshot; permanent."""

    __table_args__ = (
        CheckConstraint("(vote = 'object') = (dissent <> '')", name="objection_says_why"),
        CheckConstraint("vote <> 'recuse' OR comment <> ''", name="recusal_says_why"),
        CheckConstraint("(capacity = 'area lead') = (area IS NOT NULL)", name="area_of_lead"),
        {"sqlite_autoincrement": True},
    )
    noun = "sign-off"

    id: int | None = Field(default=None, primary_key=True)
    launch: str = launch_key()
    review: str = Field(max_length=REF_LENGTH, sa_column_args=[reference("review.ref")], index=True)
    snapshot: str = Field(
        max_length=REF_LENGTH, sa_column_args=[reference("snapshot.ref")], index=True
    )
    person: str = person()
    capacity: Capacity = Field(sa_type=choice(Capacity))
    area: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("policy_area.code")]
    )
    vote: Vote = Field(sa_type=choice(Vote))
    comment: str = Field(default="", max_length=REASON_LENGTH)
    dissent: str = Field(default="", max_length=REASON_LENGTH)
    would_change: str = Field(default="", max_length=REASON_LENGTH)
    sections: dict[str, str] = Field(nullable=False, sa_type=JSON_DOCUMENT)
    signed_at: datetime
    authenticated: bool
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the snapshot's reference."""
        return self.snapshot

    def on_launch(self) -> str:
        """Return the key of the launch."""
        return self.launch


class ObjectionAnswer(Audited, table=True):
    """The written answer to an objection, by somebody else; permanent, one per objection."""

    noun = "answer to an objection"

    sign_off: int = Field(primary_key=True, sa_column_args=[reference("sign_off.id")])
    launch: str = launch_key()
    answer: str = Field(max_length=REASON_LENGTH)
    answered_by: str = person()
    answered_at: datetime
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the number of the sign-off."""
        return f"{self.launch}/sign-off {self.sign_off}"

    def on_launch(self) -> str:
        """Return the key of the launch."""
        return self.launch


class Recommendation(Audited, table=True):
    """What reviewers recommend on a snapshot; permanent."""

    __table_args__ = ({"sqlite_autoincrement": True},)
    noun = "recommendation"

    id: int | None = Field(default=None, primary_key=True)
    launch: str = launch_key()
    review: str = Field(max_length=REF_LENGTH, sa_column_args=[reference("review.ref")], index=True)
    snapshot: str = Field(
        max_length=REF_LENGTH, sa_column_args=[reference("snapshot.ref")], index=True
    )
    outcome: Outcome = Field(sa_type=choice(Outcome))
    exposure_stage: ExposureStage = Field(sa_type=choice(ExposureStage))
    reason: str = Field(max_length=REASON_LENGTH)
    recommended_by: str = person()
    recommended_at: datetime
    authenticated: bool
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the review's reference."""
        return self.review

    def on_launch(self) -> str:
        """Return the key of the launch."""
        return self.launch


class MeetingNote(Audited, table=True):
    """One line of the minutes of a review meeting; permanent."""

    __table_args__ = ({"sqlite_autoincrement": True},)
    noun = "line of the minutes"

    id: int | None = Field(default=None, primary_key=True)
    review: str = Field(max_length=REF_LENGTH, sa_column_args=[reference("review.ref")], index=True)
    item: str = Field(default="", max_length=REF_LENGTH)
    text: str = Field(max_length=REASON_LENGTH)
    written_by: str = person()
    written_at: datetime

    def subject(self) -> str:
        """Return the review's reference."""
        return self.review

    def on_launch(self) -> str:
        """Return the key of the launch."""
        return launch_of(self.review)
