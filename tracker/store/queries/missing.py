"""What to say when a reference names nothing."""

from collections.abc import Iterable
from difflib import get_close_matches

from tracker.domain.errors import NotFound


def not_found(noun: str, ref: str, known: Iterable[str]) -> NotFound:
    """Return the error that names up to three similar references."""
    return NotFound(noun, ref, get_close_matches(ref[:200], list(known), n=3, cutoff=0.5))
