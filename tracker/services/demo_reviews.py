"""The demo's reviews, signatures and decisions, once the launches that they are about are written.

A snapshot is really taken of what was loaded, by the rules of any other; only its day is that of
the files, and it is marked illustrative. Signatures rest on its true section hashes. Harm scores
of acceptances and verdicts of decisions are those that the rules compute.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import fields
from typing import Any

from sqlmodel import Session

from tracker.domain.records import Actor
from tracker.domain.state import LaunchState
from tracker.domain.words import Origin
from tracker.readers import portfolio_review
from tracker.readers.loading import Loading
from tracker.readers.review_files import SignOffEntry
from tracker.readiness.launch import launch_states
from tracker.services.act import Act
from tracker.services.launch_state import read_setting
from tracker.services.review_state import Method
from tracker.services.sign_offs import rested_on
from tracker.services.snapshots import take
from tracker.store import queries
from tracker.store.base import Base
from tracker.store.queries.reviews import snapshot_records
from tracker.store.tables import (
    Acceptance,
    Condition,
    Decision,
    Exposure,
    Recommendation,
    Review,
    SignOff,
)


def write_reviews(session: Session, loading: Loading, method: Method) -> None:
    """Write what was accepted, signed, decided and exposed, with real snapshots.

    Args:
        session: The transaction in which the launches were written.
        loading: The files and their day.
        method: Scoring profile and materiality policy.
    """
    states = _states(session, loading, method)
    scores = {
        risk.ref: risk.current.harm_score
        for state in states
        for risk in state.risks
        if risk.current.harm_score is not None
    }
    _add(session, (Acceptance(**_row(it)) for it in portfolio_review.acceptances(loading, scores)))
    _add(session, (Review(**_row(it)) for it in portfolio_review.reviews(loading)))
    _take_snapshots(session, loading, method)
    for rows in _signed(session, loading, method):
        _add(session, rows)


def _states(session: Session, loading: Loading, method: Method) -> tuple[LaunchState, ...]:
    setting = read_setting(session, method.profile, loading.today)
    return launch_states(queries.launch_inputs(session), setting)


def _take_snapshots(session: Session, loading: Loading, method: Method) -> None:
    people = queries.people(session)
    for files, review in portfolio_review.reviewed(loading):
        ref = f"{files.key}/{review.ref}"
        actor = Actor(people[review.opened_by], authenticated=False)
        act = Act(actor, loading.noon(review.snapshot.date), f"demo snapshot of {ref}")
        take(session, act, method, ref, Origin.ILLUSTRATIVE)


def _signed(session: Session, loading: Loading, method: Method) -> Iterator[Iterable[Base]]:
    taken = {one.review: one for one in snapshot_records(session, None)}
    states = _states(session, loading, method)
    verdicts = {state.launch.key: state.verdict for state in states}

    def sections(review: str, _: SignOffEntry, area: str | None) -> Mapping[str, str]:
        return rested_on(taken[review], area)

    signed = portfolio_review.sign_offs(loading, sections)
    yield [SignOff(**_row(it, "id", *_ANSWERS)) for it in signed]
    recommended = portfolio_review.recommendations(loading)
    yield [Recommendation(**_row(it, "id")) for it in recommended]
    yield [Decision(**_row(it)) for it in portfolio_review.decisions(loading, verdicts)]
    yield [Condition(**_row(it)) for it in portfolio_review.conditions(loading)]
    yield [Exposure(**_row(it, "id")) for it in portfolio_review.exposures(loading)]


_ANSWERS = ("answer", "answered_by", "answered_at")


def _row(record: Any, *without: str) -> dict[str, Any]:
    """Return the fields of a record as its row holds them."""
    names = (field.name for field in fields(record) if field.name not in ("version", *without))
    values = {name: getattr(record, name) for name in names}
    return {name: _listed(value) for name, value in values.items()}


def _listed(value: Any) -> Any:
    """Return a tuple of texts as the list that JSON holds."""
    texts: Any = value
    return list(texts) if isinstance(value, tuple) else value


def _add(session: Session, rows: Iterable[Base]) -> None:
    session.add_all(rows)
    session.flush()
