"""What `status` prints as plain values."""

from dataclasses import dataclass

from tracker.cli.as_json import Values, gate_counts
from tracker.cli.launch_json import reason_values
from tracker.domain.gate_state import PathStep, PathToGreen
from tracker.domain.release import Release
from tracker.domain.state import LaunchState
from tracker.readiness.deploying import Clearance


@dataclass(frozen=True, slots=True)
class Deployment:
    """A deployment that somebody asked about, and the answer."""

    release: Release
    clearance: Clearance


def status_values(state: LaunchState, path: PathToGreen, deployment: Deployment | None) -> Values:
    """Return verdict, reasons, gates and the path to a better verdict."""
    return {
        "launch": state.launch.key,
        "verdict": state.verdict,
        "reasons": [reason_values(reason) for reason in state.reasons],
        "gates": gate_counts(state),
        "path": {
            "target": path.target,
            "shared": _steps(path.shared),
            "alternatives": [_steps(steps) for steps in path.alternatives],
            "more": path.more,
            "blocked": list(path.blocked),
            "decisions": list(path.decisions),
        },
        "deploy": _deployment(deployment) if deployment else None,
    }


def _steps(steps: tuple[PathStep, ...]) -> list[Values]:
    return [
        {
            "kind": step.kind,
            "subject": step.subject,
            "text": step.text,
            "assumes": step.assumes,
            "days": step.days,
        }
        for step in steps
    ]


def _deployment(deployment: Deployment) -> Values:
    release, clearance = deployment.release, deployment.clearance
    decision = clearance.cover.decision
    return {
        "version": release.model_version,
        "configuration": release.configuration,
        "stage": release.exposure_stage,
        "answer": clearance.answer,
        "covered": clearance.cover.covers,
        "cover": clearance.cover.state,
        "decision": decision.ref if decision else None,
        "until": decision.until.isoformat() if decision and decision.until else None,
        "override": decision.override_reason or None if decision else None,
        "why": clearance.why,
    }
