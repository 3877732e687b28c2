"""Writing much at once stays in proportion to how much it is."""

import pytest

from tests.cast import NOW
from tests.conftest import QueryCounter
from tests.factories import AURORA, a_launch, stamp
from tracker.store.engine import Store
from tracker.store.history import verify_chain
from tracker.store.tables import Risk, risk_ref

TABLES = Risk.metadata.tables


@pytest.mark.parametrize("large", ["risk", "assessment", "mitigation"])
def test_every_reference_to_a_large_table_leads_an_index(large: str) -> None:
    """SQLite looks for references that wait whenever it writes a row that may be referred to."""
    unindexed = [
        f"{table.name}.{key.parent.name}"
        for table in TABLES.values()
        for key in table.foreign_keys
        if key.column.table.name == large and key.parent.name not in leading_columns(table.name)
    ]
    assert unindexed == []


def leading_columns(table: str) -> set[str]:
    """Names of the columns that come first in the key or in an index."""
    firsts = [next(iter(TABLES[table].primary_key.columns)).name]
    return {*firsts, *(str(next(iter(index.columns)).name) for index in TABLES[table].indexes)}


def test_the_record_of_many_rows_is_written_in_few_statements(
    store: Store, query_counter: QueryCounter
) -> None:
    a_launch(store)
    before = store.revision()
    with query_counter(store) as counted, store.writing(stamp()) as session:
        session.add_all(
            Risk(
                ref=risk_ref(AURORA, number),
                launch=AURORA,
                number=number,
                title=f"Risk {number}",
                scenario="x",
                area="privacy",
                created_at=NOW,
            )
            for number in range(1, 501)
        )
    assert store.revision() == before + 500
    assert len(counted) <= 10
    with store.reading() as session:
        assert verify_chain(session) is None
