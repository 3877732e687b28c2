"""A published fact of the demo, and where it stands."""

from tracker.domain.types import Key, Reason, Title
from tracker.domain.validation import Draft


class Source(Draft):
    """Where in which document a fact stands."""

    document: Key
    section: Title


class Figure(Draft):
    """A published fact or figure that something of ours rests on."""

    text: Reason
    source: Source
