"""Taking result files in, and what people say about the runs afterwards."""

from collections.abc import Sequence

from sqlmodel import Session, col, select

from tracker.domain.errors import InvalidInput, RuleViolation, SelfApproval, StaleEdit
from tracker.domain.evidence import EvidenceFile, EvidenceRunRecord
from tracker.domain.evidence_drafts import ImportStatement
from tracker.domain.records import LaunchRecord
from tracker.domain.release import Release
from tracker.domain.roles import Action, require
from tracker.domain.words import EvidenceFlag, Origin
from tracker.readiness.slots import has_equivalence
from tracker.services.act import Act, perform
from tracker.services.evidence_files import Progress, no_progress, refuse
from tracker.services.evidence_plan import ImportPlan, ImportStatus, plan_import
from tracker.services.evidence_rows import add_links, add_run, import_setting, risks_of
from tracker.store import queries
from tracker.store.engine import Store
from tracker.store.tables import (
    EvidenceConfirmation,
    EvidenceEquivalence,
    EvidenceRisk,
    launch_of,
)


def import_evidence(
    store: Store,
    act: Act,
    launch: str,
    files: Sequence[EvidenceFile],
    statement: ImportStatement,
    on_progress: Progress = no_progress,
) -> str:
    """Take in every run of the files that the launch does not have yet; all of them or nothing.

    Args:
        store: The register.
        act: Who imports, when and why.
        launch: The launch that the runs are about.
        files: Read by `read_files`, so that no bad one is among them.
        statement: What the importer says about them.
        on_progress: Is told how many of the runs are written.

    Returns:
        The references of the new runs, comma-joined. Runs that were here already are passed over;
        `preview_import` names them.

    Raises:
        NotFound: The launch does not exist.
        NotPermitted: The acting person may not import here.
        InvalidInput: The statement names an unknown risk or a day to come; no file was given.
        ImportRejected: Naming every file that cannot be taken in.
        RuleViolation: Everything in the files is here already.
    """

    def work(session: Session) -> str:
        record = queries.get_launch(session, launch)
        require(act.actor, Action.IMPORT_EVIDENCE, record)
        plan = plan_import(files, statement, import_setting(session, record, act.at))
        refuse(plan.refused)
        _require_something_new(plan, record)
        fresh = [run for run in plan.runs if run.ref]
        links: list[EvidenceRisk] = []
        for done, run in enumerate(fresh, start=1):
            links += add_run(session, act, record, run)
            on_progress(done, len(fresh))
        add_links(session, links)
        return ", ".join(run.ref for run in fresh)

    return perform(store, act, Action.IMPORT_EVIDENCE, work)


def state_equivalence(
    store: Store, act: Act, runs: Sequence[str], release: Release | None = None
) -> str:
    """Say why runs about something else speak for the present release of their launch.

    Args:
        store: The register.
        act: Who says so, with the reason.
        runs: References of the runs, of one launch.
        release: What the acting person saw as the launch's release; not compared if left out.

    Raises:
        InvalidInput: There is no reason, no run, or there are runs of several launches.
        SelfApproval: The acting person imported one of the runs or owns the launch.
        RuleViolation: A run is about this release, or somebody has said so already.
        StaleEdit: The release changed since the acting person looked.
    """

    def work(session: Session) -> str:
        act.require_reason("saying that a run about another release counts")
        wanted = tuple(dict.fromkeys(runs))
        launch = queries.get_launch(session, _only_launch(wanted))
        records = [queries.get_run(session, ref).run for ref in wanted]
        for run in records:
            _require_second_person(act, launch, run, "say that it counts")
        require(act.actor, Action.STATE_EQUIVALENCE, launch)
        if release not in (None, launch.release):
            raise StaleEdit("launch", launch.key)
        for run in records:
            _require_other_release(run, launch)
            session.add(_equivalence(act, run.ref, launch))
        return ", ".join(wanted)

    return perform(store, act, Action.STATE_EQUIVALENCE, work)


def confirm_figures(store: Store, act: Act, run_ref: str) -> str:
    """Say that one compared self-reported figures with their source; the reason says how.

    Raises:
        SelfApproval: The acting person imported the run or owns the launch.
        RuleViolation: The run is not self-reported, or this person has confirmed it already.
    """

    def work(session: Session) -> str:
        run = queries.get_run(session, run_ref).run
        launch = queries.get_launch(session, run.launch)
        _require_second_person(act, launch, run, "confirm its figures")
        require(act.actor, Action.CONFIRM_EVIDENCE, launch)
        if EvidenceFlag.SELF_REPORTED not in run.flags:
            raise RuleViolation(
                f"{run_ref} comes from a tool's own file; there is nothing to confirm."
            )
        if any(one.confirmed_by == act.actor.key for one in run.confirmations):
            raise RuleViolation(f"{act.actor.person.name} has confirmed {run_ref} already.")
        session.add(
            EvidenceConfirmation(
                run=run_ref,
                note=act.reason.strip(),
                confirmed_by=act.actor.key,
                confirmed_at=act.at,
                origin=Origin.ENTERED,
            )
        )
        return run_ref

    return perform(store, act, Action.CONFIRM_EVIDENCE, work)


def link_risks(store: Store, act: Act, evidence_id: int, risks: Sequence[str]) -> str:
    """Say which risks of the launch a metric of a run speaks to; links are only ever added.

    Raises:
        InvalidInput: A risk is not on the launch.
        RuleViolation: All of them are linked already.
    """

    def work(session: Session) -> str:
        run = queries.get_evidence(session, evidence_id).run
        launch = queries.get_launch(session, launch_of(run))
        require(act.actor, Action.LINK_EVIDENCE, launch)
        unknown = sorted(set(risks) - risks_of(session, launch.key))
        if unknown:
            raise InvalidInput({"risks": f"{', '.join(unknown)} is not on {launch.name}"})
        linked = select(EvidenceRisk.risk).where(col(EvidenceRisk.evidence) == evidence_id)
        fresh = sorted(set(risks) - set(session.exec(linked)))
        if not fresh:
            raise RuleViolation("There is no risk to link that is not linked already.")
        session.add_all(EvidenceRisk(evidence=evidence_id, risk=risk) for risk in fresh)
        return run

    return perform(store, act, Action.LINK_EVIDENCE, work)


def _require_something_new(plan: ImportPlan, launch: LaunchRecord) -> None:
    if not plan.runs:
        raise InvalidInput({"files": "name at least one result file"})
    if all(run.status is ImportStatus.ALREADY_HERE for run in plan.runs):
        present = ", ".join(dict.fromkeys(run.resembles for run in plan.runs))
        raise RuleViolation(
            f"Nothing in these files is new to {launch.name}: it has {present} already.",
            "Choose files of a newer run.",
        )


def _only_launch(runs: Sequence[str]) -> str:
    launches = {launch_of(ref) for ref in runs}
    if len(launches) != 1:
        raise InvalidInput({"runs": "name runs of one launch"})
    return launches.pop()


def _require_second_person(
    act: Act, launch: LaunchRecord, run: EvidenceRunRecord, what: str
) -> None:
    if act.actor.key in (run.imported_by, launch.owner):
        raise SelfApproval(
            f"{act.actor.person.name} imported {run.ref} or owns the launch.",
            f"Somebody else has to {what}.",
        )


def _require_other_release(run: EvidenceRunRecord, launch: LaunchRecord) -> None:
    if run.release == launch.release:
        raise RuleViolation(f"{run.ref} is about the present release of {launch.name} as it is.")
    if has_equivalence(run, launch):
        raise RuleViolation(f"Somebody has said already why {run.ref} counts for {launch.name}.")


def _equivalence(act: Act, run: str, launch: LaunchRecord) -> EvidenceEquivalence:
    return EvidenceEquivalence(
        run=run,
        model_version=launch.model_version,
        configuration=launch.configuration,
        exposure_stage=launch.exposure_asked,
        reason=act.reason.strip(),
        stated_by=act.actor.key,
        stated_at=act.at,
        origin=Origin.ENTERED,
    )
