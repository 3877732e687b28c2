"""Days of the demo: fixed ones, and those that count from the day on which it is loaded."""

from datetime import date
from typing import Annotated

from pydantic import Field

from tracker.domain.validation import Draft

Day = Annotated[date, Field(strict=True)]


class Offset(Draft):
    """A day counted from the one on which the demo is loaded; negative ones lie before it."""

    day: Annotated[int, Field(strict=True, ge=-3650, le=3650)]


When = Day | Offset
