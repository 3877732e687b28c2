"""Where the model runs: exposed under a decision, stepped back, the next stage asked for."""

from sqlmodel import Session

from tracker.domain.errors import InvalidInput, RuleViolation, StaleEdit
from tracker.domain.records import LaunchRecord
from tracker.domain.review_words import ExposureStep
from tracker.domain.roles import Action, require
from tracker.domain.words import ExposureStage, ReviewStatus, Verdict
from tracker.readers.materiality import packaged_materiality
from tracker.readers.profile import packaged_profile
from tracker.services.act import Act, perform
from tracker.services.clearing import clearance_within
from tracker.services.review_state import Method
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import Exposure, Launch


def expose(
    store: Store,
    act: Act,
    launch: str,
    stage: ExposureStage,
    version: int,
    *,
    uncovered: bool = False,
) -> str:
    """Record that the model runs at a wider stage, under the decision that covers it.

    The version guards against undoing a pause that the acting person has not seen.

    Args:
        store: The register.
        act: Who records it, and when; the reason is needed where nothing covers the stage.
        launch: Key of the launch.
        stage: Where the model runs from now on.
        version: Row version of the launch that the acting person read.
        uncovered: Record what has already happened although nothing covers it; it then shows as
            uncovered wherever the launch does.

    Returns:
        The number of the record.

    Raises:
        NotPermitted: The acting person may not record exposure here.
        StaleEdit: Somebody changed the launch since the acting person read it.
        RuleViolation: The stage is not wider, no decision covers it, a blocking condition of the
            decision is not met, or the launch is Not ready and the decision did not know.
        InvalidInput: It is recorded as uncovered, and no reason is given.
    """

    def work(session: Session) -> str:
        before = queries.get_launch(session, launch)
        require(act.actor, Action.EXPOSE, before)
        _require_version(before, version)
        if stage.order <= before.exposure_now.order:
            raise RuleViolation(
                f"{before.name} runs at {before.exposure_now}; {stage} is not wider.",
                "To run it more narrowly, pause it or roll it back.",
            )
        decision = _covering(session, act, before, stage, uncovered=uncovered)
        row = _row(act, before, ExposureStep.EXPOSE, stage)
        row.decision, row.covered = decision, decision is not None
        return _write(session, row)

    return perform(store, act, Action.EXPOSE, work)


def step_back(
    store: Store,
    act: Act,
    launch: str,
    step: ExposureStep,
    after: ExposureStage = ExposureStage.NONE,
) -> str:
    """Pause, roll back or withdraw at once; the reason says why.

    Withdrawing takes the model back from everywhere and ends the cover of the latest decision;
    after a pause or a roll-back, every wider stage has to be recorded anew. No version is asked
    for: whatever else changed meanwhile, the step counts.

    Returns:
        The number of the record.

    Raises:
        NotPermitted: The acting person has no duty on the launch.
        InvalidInput: There is no reason, or the stage does not go with the step.
        RuleViolation: The model runs no wider than that already, or no decision can be withdrawn.
    """

    def work(session: Session) -> str:
        act.require_reason("stepping back")
        before = queries.get_launch(session, launch)
        require(act.actor, Action.STEP_BACK, before)
        row = _row(act, before, step, after)
        row.model_version, row.configuration = _running(session, before)
        if step is ExposureStep.WITHDRAW:
            row.decision = _withdrawable(session, before, after)
        else:
            _require_narrower(before, step, after)
        return _write(session, row)

    return perform(store, act, Action.STEP_BACK, work)


def ask_next_stage(store: Store, act: Act, launch: str, stage: ExposureStage, version: int) -> str:
    """Ask for a wider stage; what was judged and signed for the present one no longer counts.

    Work on a launch that was ready for review or decided begins again with assessing. What a
    decision covers today, it covers still.

    Returns:
        The key of the launch.

    Raises:
        InvalidInput: There is no reason.
        NotPermitted: The acting person may not ask for a stage here.
        StaleEdit: Somebody changed the launch since the acting person read it.
        RuleViolation: The stage is not wider, or a review is open.
    """

    def work(session: Session) -> str:
        act.require_reason("asking for the next stage")
        before = queries.get_launch(session, launch)
        require(act.actor, Action.ASK_NEXT_STAGE, before)
        _require_version(before, version)
        _require_no_review(session, before)
        if stage.order <= before.exposure_asked.order:
            raise RuleViolation(
                f"{before.name} asks for {before.exposure_asked}; {stage} is not wider."
            )
        row = session.get_one(Launch, launch)
        row.exposure_asked = stage
        if before.review_status not in _BEFORE_ASSESSMENTS:
            row.review_status = ReviewStatus.ASSESSING
        return launch

    return perform(store, act, Action.ASK_NEXT_STAGE, work)


_BEFORE_ASSESSMENTS = frozenset({ReviewStatus.DRAFT, ReviewStatus.SCOPING})


def _covering(
    session: Session, act: Act, launch: LaunchRecord, stage: ExposureStage, *, uncovered: bool
) -> str | None:
    """Return the decision that lets the model out at the stage; None where it is uncovered.

    The answer is the one that a pipeline gets: nothing goes out here that is stopped there.
    """
    method = Method(packaged_profile(), packaged_materiality())
    release = launch.release._replace(exposure_stage=stage)
    found = clearance_within(session, method, act.at.date(), launch.key, release)
    decision = found.cover.decision
    if decision is not None and found.answer is not Verdict.NOT_READY:
        return decision.ref
    if uncovered:
        act.require_reason("exposure that no decision covers")
        return None
    raise RuleViolation(
        f"{launch.name} may not run at {stage}: {found.why}.",
        "Where it runs there already, pause it, or record it as uncovered with a reason.",
    )


def _running(session: Session, launch: LaunchRecord) -> tuple[str, str]:
    """Return the version and configuration that run, which the launch may have left behind."""
    steps = queries.exposure_records(session, [launch.key])
    if launch.exposure_now is ExposureStage.NONE or not steps:
        return launch.model_version, launch.configuration
    return steps[-1].model_version, steps[-1].configuration


def _withdrawable(session: Session, launch: LaunchRecord, after: ExposureStage) -> str | None:
    if after is not ExposureStage.NONE:
        raise InvalidInput({"after": "a withdrawn model runs nowhere"})
    decided = queries.decision_records(session, [launch.key])
    if decided:
        return decided[-1].ref
    if launch.exposure_now is ExposureStage.NONE:
        raise RuleViolation(f"{launch.name} runs nowhere, and no decision lets it out.")
    return None


def _require_narrower(launch: LaunchRecord, step: ExposureStep, after: ExposureStage) -> None:
    if step is ExposureStep.EXPOSE:
        raise InvalidInput({"step": "exposing is no step back"})
    if after.order >= launch.exposure_now.order:
        raise RuleViolation(
            f"{launch.name} runs at {launch.exposure_now}; {after} is no step back."
        )


def _require_version(launch: LaunchRecord, version: int) -> None:
    if launch.version != version:
        raise StaleEdit("launch", launch.key)


def _require_no_review(session: Session, launch: LaunchRecord) -> None:
    running = queries.find_open_review(session, launch.key)
    if running is not None:
        raise RuleViolation(
            f"{running.ref} is open; it is about {launch.exposure_asked}.",
            "Decide or close it first.",
        )


def _row(act: Act, launch: LaunchRecord, step: ExposureStep, after: ExposureStage) -> Exposure:
    return Exposure(
        launch=launch.key,
        step=step,
        before=launch.exposure_now,
        after=after,
        model_version=launch.model_version,
        configuration=launch.configuration,
        covered=True,
        reason=act.reason.strip(),
        recorded_by=act.actor.key,
        recorded_at=act.at,
    )


def _write(session: Session, row: Exposure) -> str:
    session.get_one(Launch, row.launch).exposure_now = row.after
    session.add(row)
    session.flush()
    return str(row.id)
