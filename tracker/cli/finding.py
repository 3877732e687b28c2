"""One finding of `check`."""

from dataclasses import dataclass
from enum import StrEnum


class Severity(StrEnum):
    """How bad a finding is; only an error makes `check` fail."""

    ERROR = "error"
    WARNING = "warning"
    INFO = "info"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that somebody should know about this installation.

    Attributes:
        id: One of `findings.KINDS`.
        what: What stands here, in one sentence.
        hint: What to do about it, in one sentence.
    """

    id: str
    what: str
    hint: str

    @property
    def severity(self) -> Severity:
        """How bad it is, as its id says."""
        return {"E": Severity.ERROR, "W": Severity.WARNING, "I": Severity.INFO}[self.id[3]]
