"""`status`: may this launch go out, for people and for pipelines that stop at any other answer."""

from typing import Annotated, Final

import typer

from tracker.cli.failing import NOT_READY, OK, WITH_CONDITIONS
from tracker.cli.opening import opened
from tracker.cli.options import JsonFlag, Today
from tracker.cli.output import print_json, print_table, say
from tracker.cli.standing_json import Deployment, status_values
from tracker.domain.errors import InvalidInput
from tracker.domain.gate_state import PathStep, PathToGreen
from tracker.domain.state import LaunchState
from tracker.domain.words import ExposureStage, Verdict
from tracker.readiness.path import path_to_green
from tracker.readiness.words import why

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


def status(
    launch: LaunchKey,
    *,
    deploy: Deploy = None,
    stage: Stage = None,
    as_json: JsonFlag = False,
    today: Today = None,
) -> int:
    """Say whether a launch can go out, and why; every exit code but 0 means stop.

    0 is Ready, 3 Ready with conditions, 4 Not ready. With --deploy it is 4 whatever the verdict:
    no decision is recorded in this release, so that none can cover a deployment.
    """
    deployment = _deployment(deploy, stage)
    with opened(today) as register:
        state = register.state(launch)
    path = path_to_green(state)
    if as_json:
        print_json(status_values(state, path, deployment))
    else:
        _print(state, path, deployment)
    return NOT_READY if deployment else EXIT_CODES[state.verdict]


def _deployment(version: str | None, stage: ExposureStage | None) -> Deployment | None:
    if version is None and stage is None:
        return None
    if version is None or stage is None:
        missing = "--deploy" if version is None else "--stage"
        raise InvalidInput(
            {missing: "is missing"}, "Name both the version and the stage of the deployment."
        )
    return Deployment(version, stage)


def _print(state: LaunchState, path: PathToGreen, deployment: Deployment | None) -> None:
    if deployment:
        say(f"Stop: {deployment.why}.")
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
