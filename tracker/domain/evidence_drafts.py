"""What people hand in about evidence: what they say of files, corrections, meanings of metrics."""

from datetime import date
from typing import Self

from pydantic import model_validator

from tracker.domain.types import Name, OptionalText, Reason, RiskRef, Title
from tracker.domain.validation import Draft
from tracker.domain.words import CorrectionKind, Direction, Safeguards, Scale


class ImportStatement(Draft):
    """What the person who imports files says about them and the files cannot know.

    `configuration` left out stands for the launch's own; `ran_on` only dates runs whose file has
    no date. The model version is never stated here: it is what the file says.
    """

    configuration: Title | None = None
    safeguards: Safeguards | None = None
    ran_on: date | None = None
    risks: tuple[RiskRef, ...] = ()


class CorrectionDraft(Draft):
    """Evidence taken back, or said to belong to another slot, with the reason for it."""

    kind: CorrectionKind
    reason: Reason
    task: Title | None = None
    metric: Title | None = None

    @model_validator(mode="after")
    def _remap_names_its_slot(self) -> Self:
        if (self.kind is CorrectionKind.REMAPPED) != (bool(self.task) and bool(self.metric)):
            raise ValueError("a re-mapping names the task and metric that it belongs to")
        return self


class MetricDefinitionDraft(Draft):
    """Which way a metric of a tool is good, and what its values are."""

    tool: Name
    metric: Title
    direction: Direction
    scale: Scale
    note: OptionalText = ""
