"""The five picks of an assessment."""

from dataclasses import dataclass, fields

from tracker.domain.words import Factor

LOWEST_PICK = 1
HIGHEST_PICK = 5


@dataclass(frozen=True, slots=True)
class Picks:
    """The five picks of an assessment, each from 1 to 5, none with a default.

    Raises:
        ValueError: A pick is no whole number from 1 to 5.
    """

    likelihood: int
    severity: int
    exposure: int
    reversibility: int
    business_impact: int

    def __post_init__(self) -> None:
        for field in fields(self):
            pick = getattr(self, field.name)
            if type(pick) is not int or not LOWEST_PICK <= pick <= HIGHEST_PICK:
                raise ValueError(f"{field.name} must be a whole number from 1 to 5, not {pick!r}")

    def of(self, factor: Factor) -> int:
        """Return the pick of one factor."""
        return int(getattr(self, factor.value))
