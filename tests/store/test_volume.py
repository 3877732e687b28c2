"""Writing much at once stays in proportion to how much it is."""

import pytest
from sqlalchemy import Table, UniqueConstraint

from tests.cast import NOW
from tests.conftest import QueryCounter
from tests.factories import AURORA, a_launch, stamp
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import verify_chain
from tracker.store.tables import Risk, risk_ref

TABLES = Risk.metadata.tables


@pytest.mark.parametrize("large", ["risk", "assessment", "mitigation", "evidence_run", "evidence"])
def test_every_reference_to_a_large_table_leads_an_index(large: str) -> None:
    """SQLite looks for references that wait whenever it writes a row that may be referred to."""
    unindexed = [
        f"{table.name}.{key.column_keys}"
        for table in TABLES.values()
        for key in table.foreign_key_constraints
        if key.referred_table.name == large and not leads_an_index(table, [*key.column_keys])
    ]
    assert unindexed == []


def leads_an_index(table: Table, columns: list[str]) -> bool:
    """Whether the columns come first in the key, in a unique constraint or in an index."""
    unique = [rule for rule in table.constraints if isinstance(rule, UniqueConstraint)]
    orders = [
        [column.name for column in rule.columns]
        for rule in (table.primary_key, *unique, *table.indexes)
    ]
    return any(order[: len(columns)] == columns for order in orders)


@pytest.mark.parametrize("store", ["sqlite"], indirect=True)
def test_what_gates_read_is_looked_up_and_not_searched_for(
    store: Store, query_counter: QueryCounter
) -> None:
    """As one join, SQLite compared every metric of the register with every gate."""
    with query_counter(store) as counted, store.reading() as session:
        queries.launch_inputs(session)
    reads = [statement for statement in counted.statements if "JOIN evidence_run" in statement]
    assert len(reads) == 7
    with store.engine.connect() as connection:
        for statement in reads:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}")
            assert not [step for *_, step in plan if step.startswith("SCAN evidence ")]


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
