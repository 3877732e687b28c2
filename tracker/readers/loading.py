"""One loading of the demo: its files, and the day from which its offsets count."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from tracker.readers.demo_days import Offset, When
from tracker.readers.demo_files import DemoFiles, Document

NOON: Final = time(12, tzinfo=UTC)
"""The time of day of every illustrative act, of which only the day is given."""


@dataclass(frozen=True, slots=True)
class Loading:
    """The demo on one day.

    Attributes:
        area_names: Code of a policy area to its name.
        today: The day from which offsets count.
        at: When the demo is loaded, aware UTC.
    """

    demo: DemoFiles
    area_names: Mapping[str, str]
    today: date
    at: datetime

    @property
    def documents(self) -> Mapping[str, Document]:
        """The public documents by key."""
        return self.demo.documents.documents

    @property
    def names(self) -> Mapping[str, str]:
        """Names of the people by key."""
        return {person.key: person.name for person in self.demo.portfolio.people}

    @property
    def leads(self) -> Mapping[str, str]:
        """Who leads each policy area: area code to key of the person."""
        people = self.demo.portfolio.people
        return {area: person.key for person in people for area in person.leads}

    def day(self, when: When) -> date:
        """Return the date that is meant."""
        return self.today + timedelta(days=when.day) if isinstance(when, Offset) else when

    def noon(self, when: When) -> datetime:
        """Return noon of the date that is meant."""
        return datetime.combine(self.day(when), NOON)
