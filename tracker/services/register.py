"""The register as a whole: what kind it is."""

from tracker.domain.records import RegisterRecord
from tracker.store import queries
from tracker.store.engine import Store


def register_info(store: Store) -> RegisterRecord:
    """Return what kind of register this is and when it was made."""
    with store.reading() as session:
        return queries.register_info(session)
