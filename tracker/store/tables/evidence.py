"""Runs of evaluations and their metrics, and what was said about them later; all permanent."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, Index, UniqueConstraint
from sqlmodel import Field

from tracker.domain.types import (
    KEY_LENGTH,
    NAME_LENGTH,
    REF_LENGTH,
    TEXT_LENGTH,
    TITLE_LENGTH,
)
from tracker.domain.words import (
    EvidenceFlag,
    EvidenceFormat,
    ExposureStage,
    Origin,
    Safeguards,
)
from tracker.store.base import (
    JSON_DOCUMENT,
    Audited,
    Finite,
    between,
    choice,
    finite,
    reference,
)
from tracker.store.tables.risks import launch_of

FILE_NAME_LENGTH = 255
SHA256_LENGTH = 64
MOST_SAMPLES = 1_000_000_000


def run_ref(launch: str, number: int) -> str:
    """Return the reference of a run, such as `gpt-4v-2023-09/E-3`."""
    return f"{launch}/E-{number}"


def sha256(column: str) -> CheckConstraint:
    """Return a CHECK that a column holds 64 hexadecimal digits in small letters."""
    return CheckConstraint(
        f"length({column}) = 64 AND ltrim({column}, '0123456789abcdef') = ''",
        name=f"{column}_digits",
    )


class EvidenceRun(Audited, table=True):
    """One imported run with its provenance; triggers refuse to change or delete it.

    A file may hold several runs (its parts); each is imported once per launch. `flags` are the
    values of `EvidenceFlag` in order; `model_version` is what the file says.
    """

    __table_args__ = (
        UniqueConstraint("launch", "number"),
        UniqueConstraint("launch", "sha256", "part"),
        CheckConstraint("number >= 1", name="number_from_one"),
        CheckConstraint("ref = launch || '/E-' || number", name="ref_fits"),
        CheckConstraint("size >= 0", name="size_not_negative"),
        sha256("sha256"),
    )
    noun = "evidence run"

    ref: str = Field(primary_key=True, max_length=REF_LENGTH)
    launch: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("launch.key")])
    number: int
    file_name: str = Field(max_length=FILE_NAME_LENGTH)
    sha256: str = Field(max_length=SHA256_LENGTH)
    size: int = Field(sa_type=BigInteger)
    part: str = Field(default="", max_length=TITLE_LENGTH)
    format: EvidenceFormat = Field(sa_type=choice(EvidenceFormat))
    tool: str = Field(max_length=NAME_LENGTH)
    tool_version: str = Field(default="", max_length=TITLE_LENGTH)
    run_id: str = Field(default="", max_length=TITLE_LENGTH)
    ran_at: datetime | None = None
    model_version: str = Field(max_length=TEXT_LENGTH)
    configuration: str = Field(max_length=TITLE_LENGTH)
    exposure_stage: ExposureStage = Field(sa_type=choice(ExposureStage))
    safeguards: Safeguards = Field(default=Safeguards.NOT_STATED, sa_type=choice(Safeguards))
    flags: list[EvidenceFlag] = Field(
        default_factory=list[EvidenceFlag], nullable=False, sa_type=JSON_DOCUMENT
    )
    warnings: list[str] = Field(default_factory=list[str], nullable=False, sa_type=JSON_DOCUMENT)
    source: str = Field(default="", max_length=TEXT_LENGTH)
    imported_by: str = Field(max_length=KEY_LENGTH, sa_column_args=[reference("person.key")])
    imported_at: datetime
    origin: Origin = Field(default=Origin.ENTERED, sa_type=choice(Origin))

    def subject(self) -> str:
        """Return the run's reference."""
        return self.ref

    def on_launch(self) -> str:
        """Return the key of the run's launch."""
        return self.launch


class Evidence(Audited, table=True):
    """One metric of a run, of all its data or of one slice; triggers keep it as it is.

    `value` and `stderr` are in the file's own scale; `n` counts what was scored, of which
    `passed` count towards the metric and `failed` do not.
    """

    __table_args__ = (
        UniqueConstraint("run", "id"),
        Index(None, "run", "task", "metric"),
        finite("value"),
        finite("stderr", low="0"),
        between("n", 0, MOST_SAMPLES),
        between("errored", 0, MOST_SAMPLES),
        CheckConstraint(
            "(passed IS NULL AND failed IS NULL) OR (passed IS NOT NULL AND failed IS NOT NULL"
            " AND n IS NOT NULL AND passed >= 0 AND failed >= 0 AND passed + failed = n)",
            name="outcomes_make_n",
        ),
        {"sqlite_autoincrement": True},
    )
    noun = "evidence"

    id: int | None = Field(default=None, primary_key=True)
    run: str = Field(max_length=REF_LENGTH, sa_column_args=[reference("evidence_run.ref")])
    task: str = Field(max_length=TITLE_LENGTH)
    metric: str = Field(max_length=TITLE_LENGTH)
    slice: str = Field(default="", max_length=TITLE_LENGTH)
    value: Finite | None = None
    stderr: Finite | None = None
    n: int | None = None
    passed: int | None = None
    failed: int | None = None
    errored: int = 0
    qualifier: str = Field(default="", max_length=TITLE_LENGTH)
    unit: str = Field(default="", max_length=TITLE_LENGTH)
    higher_is_better: bool | None = None
    conditions: dict[str, str] = Field(
        default_factory=dict[str, str], nullable=False, sa_type=JSON_DOCUMENT
    )

    def subject(self) -> str:
        """Return the run's reference."""
        return self.run

    def on_launch(self) -> str:
        """Return the key of the run's launch."""
        return launch_of(self.run)


class EvidenceRisk(Audited, table=True):
    """A risk that a metric of a run speaks to."""

    noun = "evidence for a risk"

    evidence: int = Field(primary_key=True, sa_column_args=[reference("evidence.id")])
    risk: str = Field(
        primary_key=True,
        max_length=REF_LENGTH,
        sa_column_args=[reference("risk.ref")],
        index=True,
    )

    def subject(self) -> str:
        """Return the risk's reference."""
        return self.risk

    def on_launch(self) -> str:
        """Return the key of the risk's launch."""
        return launch_of(self.risk)
