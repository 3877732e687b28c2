"""Loading the demo portfolio: four real launches with illustrative judgements, all or nothing."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import URL
from sqlmodel import Session

from tracker.domain.errors import RuleViolation
from tracker.domain.words import RegisterKind
from tracker.readers.areas import packaged_areas
from tracker.readers.demo import packaged_demo
from tracker.readers.loading import Loading
from tracker.readers.materiality import packaged_materiality
from tracker.readers.portfolio import Portfolio, portfolio_of
from tracker.readers.profile import packaged_profile
from tracker.services.demo_reviews import write_reviews
from tracker.services.demo_rows import demo_rows
from tracker.services.register import seed_policy_areas
from tracker.services.review_state import Method
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.history import Stamp
from tracker.store.setup import create
from tracker.store.tables import RegisterInfo


@dataclass(frozen=True, slots=True)
class DemoSummary:
    """What the demo holds, as it was loaded.

    Attributes:
        loaded: False where the register held the demo already and nothing was done.
        loaded_on: The day from which its offsets count.
    """

    loaded: bool
    loaded_on: date
    launches: int
    risks: int
    mitigations: int
    assessments: int


def load_demo(store: Store, today: date, at: datetime) -> DemoSummary:
    """Put the demo portfolio into an empty register, in one transaction.

    A register that holds the demo already is left as it is, edits included.

    Args:
        store: A register without launches and people; it becomes a demo register.
        today: The day from which the dates of the launches under way count.
        at: When it is loaded, aware UTC.

    Raises:
        RuleViolation: The register holds something else.
        DataFileMissing: A file of the demo is missing.
        ImportRejected: A file of the demo is not sound.
    """
    names = {area.code: area.name for area in packaged_areas()}
    loading = Loading(packaged_demo(), names, today, at)
    portfolio = portfolio_of(loading)
    with store.writing(Stamp(None, "load the demo portfolio", at=at)) as session:
        earlier = _loaded_on(session, portfolio)
        if earlier is None:
            _write(session, portfolio, today)
            write_reviews(session, loading, Method(packaged_profile(), packaged_materiality()))
    return DemoSummary(
        loaded=earlier is None,
        loaded_on=earlier or today,
        launches=len(portfolio.launches),
        risks=len(portfolio.risks),
        mitigations=len(portfolio.mitigations),
        assessments=len(portfolio.assessments),
    )


def create_demo_register(url: str | URL, today: date, at: datetime) -> DemoSummary:
    """Make a new register and load the demo portfolio into it.

    On SQLite the file appears only once it is complete.

    Raises:
        StoreError: Something stands at the address already, or it cannot be written.
    """
    summaries: list[DemoSummary] = []

    def fill(address: URL) -> None:
        store = Store.open(address)
        try:
            summaries.append(load_demo(store, today, at))
        finally:
            store.dispose()

    create(url, kind=RegisterKind.DEMO, demo_loaded_on=today, at=at, fill=fill)
    return summaries[0]


def _loaded_on(session: Session, portfolio: Portfolio) -> date | None:
    """Return the day on which the demo was loaded into this register, None where it is empty."""
    info = queries.register_info(session)
    present = {launch.key for launch in queries.launches(session)}
    expected = {launch.key for launch in portfolio.launches}
    if info.kind is RegisterKind.DEMO and expected <= present:
        return info.demo_loaded_on
    if present or queries.people(session):
        raise RuleViolation(
            "The demo is loaded only into an empty register, and this one has launches or people.",
            "Name another database in HOLDPOINT_DATABASE_URL, or move this one away.",
        )
    return None


def _write(session: Session, portfolio: Portfolio, today: date) -> None:
    info = session.get_one(RegisterInfo, 1)
    info.kind, info.demo_loaded_on = RegisterKind.DEMO, today
    seed_policy_areas(session)
    for rows in demo_rows(portfolio):
        session.add_all(rows)
        session.flush()
