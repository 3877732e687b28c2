"""Rows of a risk and what belongs to it, inside somebody else's transaction."""

from collections.abc import Iterable, Sequence
from datetime import date

from sqlmodel import Session, select

from tracker.domain.drafts import RiskChange, RiskDraft, TagDraft
from tracker.domain.errors import InvalidInput, RuleViolation
from tracker.domain.records import RiskRecord
from tracker.domain.words import Applicability, Origin, RiskStatus
from tracker.readers.areas import packaged_crosswalk
from tracker.services.act import Act
from tracker.store import queries
from tracker.store.tables import Risk, RiskArea, RiskTag, risk_ref
from tracker.store.writes import next_risk_number


def add_risk(session: Session, act: Act, launch: str, draft: RiskDraft, origin: Origin) -> str:
    """Add a risk with its areas and tags; return its reference."""
    number = next_risk_number(session, launch)
    ref = risk_ref(launch, number)
    session.add(
        Risk(
            ref=ref,
            launch=launch,
            number=number,
            **draft.model_dump(exclude={"also_touches", "tags"}),
            origin=origin,
            status=RiskStatus.OPEN,
            created_at=act.at,
        )
    )
    session.flush()
    replace_areas(session, ref, draft.area, draft.also_touches)
    replace_tags(session, ref, draft.tags)
    return ref


def open_again(row: Risk) -> None:
    """Open a risk and forget what was said about its closure; the record of changes keeps it."""
    row.status = RiskStatus.OPEN
    row.close_reason = None
    row.close_note = ""
    row.duplicate_of = None
    row.closure_asked_by = None
    row.closure_confirmed_by = None


def replace_areas(session: Session, ref: str, area: str, touches: Iterable[str]) -> None:
    """Make these the areas that the risk also touches, each once and never its own."""
    wanted = set(touches) - {area}
    present = {row.area: row for row in session.exec(select(RiskArea).where(RiskArea.risk == ref))}
    for code in sorted(present.keys() - wanted):
        session.delete(present[code])
    session.add_all(RiskArea(risk=ref, area=code) for code in sorted(wanted - present.keys()))


def replace_tags(session: Session, ref: str, tags: Sequence[TagDraft]) -> None:
    """Make these the taxonomy tags of the risk, each once."""
    wanted = {(tag.taxonomy, tag.code) for tag in tags}
    rows = session.exec(select(RiskTag).where(RiskTag.risk == ref))
    present = {(row.taxonomy, row.code): row for row in rows}
    for pair in sorted(present.keys() - wanted):
        session.delete(present[pair])
    session.add_all(
        RiskTag(risk=ref, taxonomy=taxonomy, code=code)
        for taxonomy, code in sorted(wanted - present.keys())
    )


def require_known(
    session: Session, launch: str, draft: RiskDraft | RiskChange, but: str | None = None
) -> None:
    """Refuse unknown areas, people and tags, and a title that another risk of the launch has.

    Raises:
        InvalidInput: Naming every field that is wrong.
    """
    problems = {
        **_unknown_areas(session, draft),
        **_unknown_person(session, draft.owner),
        **_unknown_tags(draft.tags or ()),
        **_taken_title(session, launch, draft.title, but),
    }
    if problems:
        raise InvalidInput(problems)


def require_covers_nothing_new(session: Session, risk: RiskRecord, change: RiskChange) -> None:
    """Refuse to let an assessed risk alone cover an area that nobody assessed it for.

    An area in scope without a risk holds a launch. A label on a risk that was judged for other
    areas would lift that without any work.

    Raises:
        RuleViolation: Naming the areas.
    """
    before = {risk.area, *risk.touches}
    touches = risk.touches if change.also_touches is None else change.also_touches
    added = {change.area or risk.area, *touches} - before
    if not added or not queries.risk_assessments(session, risk.ref):
        return
    (inputs,) = queries.launch_inputs(session, [risk.launch])
    covered = {
        area
        for one in inputs.risks
        if one.risk.status is RiskStatus.OPEN and one.risk.ref != risk.ref
        for area in (one.risk.area, *one.risk.touches)
    }
    left_out = {
        scope.area
        for scope in inputs.scopes
        if scope.applicability is not Applicability.IN_SCOPE and scope.confirmed_by is not None
    }
    alone = sorted(added - covered - left_out)
    if alone:
        raise RuleViolation(
            f"{risk.short_ref} was assessed for other areas, and no other open risk covers "
            f"{', '.join(alone)}.",
            "Enter a risk of that area and have it assessed.",
        )


def require_coming_due(due: date | None, act: Act) -> None:
    """Refuse a due date that has passed when it is set.

    Raises:
        InvalidInput: Naming the date.
    """
    if due is not None and due < act.at.date():
        raise InvalidInput({"due": f"{due.isoformat()} has passed"})


def _unknown_areas(session: Session, draft: RiskDraft | RiskChange) -> dict[str, str]:
    known = {area.code for area in queries.policy_areas(session)}
    named = [("area", draft.area)] if draft.area is not None else []
    named += [("also_touches", code) for code in draft.also_touches or ()]
    return {field: f"“{code}” is not a policy area" for field, code in named if code not in known}


def _unknown_person(session: Session, key: str | None) -> dict[str, str]:
    if key is None:
        return {}
    person = queries.people(session).get(key)
    if person is None or not person.active:
        return {"owner": f"“{key}” is not an active person of this register"}
    return {}


def _unknown_tags(tags: Sequence[TagDraft]) -> dict[str, str]:
    crosswalk = packaged_crosswalk()
    unknown = [
        f"{tag.taxonomy} {tag.code}" for tag in tags if not crosswalk.has(tag.taxonomy, tag.code)
    ]
    return {"tags": f"{', '.join(unknown)} is in no known taxonomy"} if unknown else {}


def _taken_title(
    session: Session, launch: str, title: str | None, but: str | None
) -> dict[str, str]:
    if title is None:
        return {}
    rows = session.exec(select(Risk.ref, Risk.title).where(Risk.launch == launch))
    twins = [ref for ref, other in rows if other.casefold() == title.casefold() and ref != but]
    return {"title": f"{twins[0]} has the same title; say how they differ"} if twins else {}
