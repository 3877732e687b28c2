"""Determining whether a launch reaches a frontier threshold, and confirming a lower answer."""

from typing import cast

from sqlmodel import Session

from tracker.domain.errors import InvalidInput, RuleViolation, SelfApproval, StaleEdit
from tracker.domain.gate_drafts import DeterminationDraft
from tracker.domain.records import LaunchRecord
from tracker.domain.release import Release
from tracker.domain.roles import Action, require
from tracker.domain.words import GateType, MitigationStatus, Origin
from tracker.services.act import Act, perform
from tracker.services.second_person import require_not_owner
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import RequiredSafeguard, ThresholdDetermination


def determine(
    store: Store, act: Act, launch: str, draft: DeterminationDraft, release: Release | None = None
) -> str:
    """Record what is determined about a frontier threshold for the release asked for.

    One that lowers the determination before it, or drops a safeguard of it, counts only once a
    second person has confirmed it.

    Args:
        store: The register.
        act: Who determines, and when.
        launch: The launch.
        draft: The area, the outcome, how sure, why, and which safeguards it asks for.
        release: What the acting person saw as the launch's release; not compared if left out.

    Returns:
        The number of the determination.

    Raises:
        NotFound: The launch does not exist.
        SelfApproval: The acting person owns the launch.
        NotPermitted: The acting person may not determine thresholds.
        StaleEdit: The release changed since the acting person looked.
        InvalidInput: The area is no frontier threshold, or a safeguard is not on the launch.
    """
    reasoned = act.because(draft.rationale)

    def work(session: Session) -> str:
        record = queries.get_launch(session, launch)
        require_not_owner(act, record, "determine its thresholds")
        require(act.actor, Action.DETERMINE_THRESHOLD, record)
        if release not in (None, record.release):
            raise StaleEdit("launch", launch)
        _require_known(session, launch, draft)
        row = _row(act, record, draft)
        session.add(row)
        session.flush()
        number = cast(int, row.id)
        session.add_all(
            RequiredSafeguard(determination=number, mitigation=ref, launch=launch)
            for ref in sorted(set(draft.safeguards))
        )
        return str(number)

    return perform(store, reasoned, Action.DETERMINE_THRESHOLD, work)


def confirm_determination(store: Store, act: Act, determination_id: int, version: int) -> str:
    """Confirm somebody else's determination, so that it may lower the one before it.

    Raises:
        NotFound: There is no such determination.
        SelfApproval: The acting person made it or owns the launch.
        NotPermitted: The acting person may not confirm determinations.
        StaleEdit: Somebody confirmed it since the acting person read it.
        RuleViolation: It is confirmed already, or is about another release than the present one.
    """

    def work(session: Session) -> str:
        made = queries.get_determination(session, determination_id)
        launch = queries.get_launch(session, made.launch)
        if act.actor.key == made.determined_by:
            raise SelfApproval(
                f"{act.actor.person.name} made this determination.",
                "A second person who is not the launch owner has to confirm it.",
            )
        require_not_owner(act, launch, "confirm it")
        require(act.actor, Action.CONFIRM_DETERMINATION, launch)
        if made.version != version:
            raise StaleEdit("frontier determination", f"about {made.area} of {launch.key}")
        if made.confirmed_by is not None:
            raise RuleViolation("This determination is confirmed already.")
        if made.release != launch.release:
            raise RuleViolation(
                f"This determination is not about the present release of {launch.name}.",
                "Determine the threshold for that release.",
            )
        session.get_one(ThresholdDetermination, determination_id).confirmed_by = act.actor.key
        return made.launch

    return perform(store, act, Action.CONFIRM_DETERMINATION, work)


def _require_known(session: Session, launch: str, draft: DeterminationDraft) -> None:
    problems: dict[str, str] = {}
    areas = {area.code: area for area in queries.policy_areas(session)}
    if draft.area not in areas or areas[draft.area].gate_type is not GateType.THRESHOLD:
        problems["area"] = f"“{draft.area}” is not a policy area with a frontier threshold"
    placed = {
        item.mitigation
        for item in queries.placements_on(session, launch)
        if item.status is not MitigationStatus.REJECTED
    }
    stray = [ref for ref in dict.fromkeys(draft.safeguards) if ref not in placed]
    if stray:
        problems["safeguards"] = f"{', '.join(stray)} is not on this launch, or was rejected there"
    if problems:
        raise InvalidInput(problems)


def _row(act: Act, launch: LaunchRecord, draft: DeterminationDraft) -> ThresholdDetermination:
    return ThresholdDetermination(
        launch=launch.key,
        **draft.model_dump(exclude={"safeguards"}),
        determined_by=act.actor.key,
        determined_on=act.at.date(),
        model_version=launch.model_version,
        configuration=launch.configuration,
        exposure_stage=launch.exposure_asked,
        origin=Origin.ENTERED,
    )
