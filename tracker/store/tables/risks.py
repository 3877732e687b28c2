"""Risks of a launch, the further areas that they touch, and their taxonomy tags."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, UniqueConstraint
from sqlmodel import Field

from tracker.domain.review_words import WithheldClass
from tracker.domain.types import KEY_LENGTH, REASON_LENGTH, REF_LENGTH, TEXT_LENGTH, TITLE_LENGTH
from tracker.domain.words import CloseReason, Origin, RiskStatus
from tracker.store.base import Audited, Editable, choice, reference


def risk_ref(launch: str, number: int) -> str:
    """Return the reference of a risk, such as `gpt-4v-2023-09/R-6`."""
    return f"{launch}/R-{number}"


def launch_of(ref: str) -> str:
    """Return the key of the launch that the reference of a risk, run or gate names."""
    return ref.rpartition("/")[0]


class Risk(Editable, table=True):
    """A risk scenario of one launch; numbered per launch, closed but never deleted."""

    __table_args__ = (
        UniqueConstraint("launch", "number"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("ref = launch || '/R-' || number", name="ref_fits"),
        CheckConstraint(
            "status = 'open' OR (close_reason IS NOT NULL AND closure_asked_by IS NOT NULL"
            " AND closure_confirmed_by IS NOT NULL)",
            name="closed_by_two",
        ),
        CheckConstraint(
            "closure_confirmed_by IS NULL OR closure_confirmed_by <> closure_asked_by",
            name="closure_confirmed_by_another",
        ),
        CheckConstraint("duplicate_of IS NULL OR duplicate_of <> ref", name="no_twin_of_itself"),
    )
    noun = "risk"

    ref: str = Field(primary_key=True, max_length=REF_LENGTH)
    launch: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("launch.key")])
    number: int
    title: str = Field(max_length=TITLE_LENGTH)
    scenario: str = Field(max_length=TEXT_LENGTH)
    area: str = Field(
        max_length=KEY_LENGTH, sa_column_args=[reference("policy_area.code")], index=True
    )
    owner: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")], index=True
    )
    due: date | None = None
    source: str = Field(default="", max_length=TEXT_LENGTH)
    note: str = Field(default="", max_length=TEXT_LENGTH)
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))
    status: RiskStatus = Field(default=RiskStatus.OPEN, sa_type=choice(RiskStatus))
    close_reason: CloseReason | None = Field(
        default=None, nullable=True, sa_type=choice(CloseReason)
    )
    close_note: str = Field(default="", max_length=REASON_LENGTH)
    duplicate_of: str | None = Field(
        default=None, max_length=REF_LENGTH, sa_column_args=[reference("risk.ref")], index=True
    )
    closure_asked_by: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    closure_confirmed_by: str | None = Field(
        default=None, max_length=KEY_LENGTH, sa_column_args=[reference("person.key")]
    )
    created_at: datetime
    withheld: WithheldClass | None = Field(
        default=None, nullable=True, sa_type=choice(WithheldClass)
    )

    def subject(self) -> str:
        """Return the risk's reference."""
        return self.ref

    def on_launch(self) -> str:
        """Return the key of the risk's launch."""
        return self.launch


class RiskArea(Audited, table=True):
    """A further policy area that a risk touches."""

    noun = "area touched by a risk"

    risk: str = Field(
        primary_key=True, max_length=REF_LENGTH, sa_column_args=[reference("risk.ref")]
    )
    area: str = Field(
        primary_key=True,
        max_length=KEY_LENGTH,
        sa_column_args=[reference("policy_area.code")],
        index=True,
    )

    def subject(self) -> str:
        """Return the risk's reference."""
        return self.risk

    def on_launch(self) -> str:
        """Return the key of the risk's launch."""
        return launch_of(self.risk)


class RiskTag(Audited, table=True):
    """A code of a public taxonomy that a risk carries."""

    noun = "tag of a risk"

    risk: str = Field(
        primary_key=True, max_length=REF_LENGTH, sa_column_args=[reference("risk.ref")]
    )
    taxonomy: str = Field(primary_key=True, max_length=KEY_LENGTH)
    code: str = Field(primary_key=True, max_length=KEY_LENGTH)

    def subject(self) -> str:
        """Return the risk's reference."""
        return self.risk

    def on_launch(self) -> str:
        """Return the key of the risk's launch."""
        return launch_of(self.risk)
