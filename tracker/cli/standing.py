"""`status`: may this launch go out, for people and for pipelines that stop at any other answer."""

from typing import Annotated, Final, NamedTuple

import typer

from tracker.cli.failing import NOT_READY, OK, WITH_CONDITIONS
from tracker.cli.opening import Register, opened
from tracker.cli.options import JsonFlag, Today
from tracker.cli.output import print_json, print_table, say
from tracker.cli.standing_json import Deployment, status_values
from tracker.domain.errors import InvalidInput
from tracker.domain.gate_state import PathStep, PathToGreen
from tracker.domain.release import Release
from tracker.domain.state import LaunchState
from tracker.domain.words import ExposureStage, Verdict
from tracker.readers.materiality import packaged_materiality
from tracker.readiness.path import path_to_green
from tracker.readiness.words import why
from tracker.services.clearing import deployment_clearance
from tracker.services.review_state import Method

EXIT_CODES: Final = {
    Verdict.READY: OK,
    Verdict.READY_WITH_CONDITIONS: WITH_CONDITIONS,
    Verdict.NOT_READY: NOT_READY,
}

LaunchKey = Annotated[str, typer.Argument(metavar="LAUNCH", help="Key of the launch.")]
Deploy = Annotated[
    str | None,
    typer.Option(
        "--deploy",
        metavar="VERSION",
        help="Ask whether a decision covers the deployment of this model version; with --stage.",
    ),
]
Stage = Annotated[
    ExposureStage | None,
    typer.Option(
        "--stage", case_sensitive=False, help="The exposure stage that is meant; with --deploy."
    ),
]


Configuration = Annotated[
    str | None,
    typer.Option(
        "--configuration", help="The configuration that is meant; the launch's own if left out."
    ),
]


def status(
    launch: LaunchKey,
    *,
    deploy: Deploy = None,
    stage: Stage = None,
    configuration: Configuration = None,
    as_json: JsonFlag = False,
    today: Today = None,
) -> int:
    """Say whether a launch can go out, and why; every exit code but 0 means stop.

    0 is Ready, 3 Ready with conditions, 4 Not ready. With --deploy it is 0 only if, besides, a
    decision covers exactly that version, configuration and stage today; 3 if it does so by a
    recorded override or with conditions not met yet; else 4.
    """
    asked = _asked(deploy, stage, configuration)
    with opened(today) as register:
        state = register.state(launch)
        deployment = _deployment(register, state, asked) if asked else None
    path = path_to_green(state)
    if as_json:
        print_json(status_values(state, path, deployment))
    else:
        _print(state, path, deployment)
    return EXIT_CODES[deployment.clearance.answer if deployment else state.verdict]


class _Asked(NamedTuple):
    """The deployment that somebody asks about; no configuration stands for the launch's own."""

    version: str
    stage: ExposureStage
    configuration: str | None


def _asked(
    version: str | None, stage: ExposureStage | None, configuration: str | None
) -> _Asked | None:
    if version is None and stage is None and configuration is None:
        return None
    if version is None or stage is None:
        missing = "--deploy" if version is None else "--stage"
        raise InvalidInput(
            {missing: "is missing"}, "Name both the version and the stage of the deployment."
        )
    return _Asked(version, stage, configuration)


def _deployment(register: Register, state: LaunchState, asked: _Asked) -> Deployment:
    launch = state.launch
    release = Release(asked.version, asked.configuration or launch.configuration, asked.stage)
    method = Method(register.profile, packaged_materiality())
    found = deployment_clearance(register.store, method, register.today, launch.key, release)
    return Deployment(release, found)


def _print(state: LaunchState, path: PathToGreen, deployment: Deployment | None) -> None:
    if deployment:
        say(_answer(deployment))
    say(why(state))
    if state.reasons:
        say("")
        print_table(
            {"Holds": "left", "Reason": "fold", "Remedy": "fold"},
            (
                ("yes" if reason.holds else "condition", reason.text, reason.remedy)
                for reason in state.reasons
            ),
        )
    if path.target:
        _print_path(path)


def _answer(deployment: Deployment) -> str:
    may = "Go" if deployment.clearance.answer is Verdict.READY else "Stop"
    version, configuration, stage = deployment.release
    asked = f"“{version}” in configuration “{configuration}” at stage {stage}"
    return f"{may}: {asked}: {deployment.clearance.why.removesuffix('.')}."


def _print_path(path: PathToGreen) -> None:
    say("")
    for blocked in path.blocked:
        say(f"No work on record can turn this: {blocked}")
    for step in path.shared:
        say(f"To do: {_step(step)}")
    for number, steps in enumerate(path.alternatives, start=1):
        if steps:
            say(f"{'and either' if number == 1 else 'or'}: {'; '.join(map(_step, steps))}")
    if path.more:
        say("There are further ways.")
    if path.alternatives:
        say(f"That reaches: {path.target}.")
    for decision in path.decisions:
        say(f"Instead somebody may decide: {decision}")


def _step(step: PathStep) -> str:
    days = f" ({step.days:g} person-days)" if step.days is not None else ""
    assumes = f", if {step.assumes}" if step.assumes else ""
    return f"{step.text.removesuffix('.')}{days}{assumes}"
