"""`show`: one risk, launch, mitigation, gate or run with everything about it."""

import re
from collections.abc import Sequence
from typing import Annotated, Final

import typer

from tracker.cli.launch_json import MitigationDetail, mitigation_values, shown_launch_values
from tracker.cli.opening import Register, opened
from tracker.cli.options import JsonFlag, Today
from tracker.cli.output import print_json
from tracker.cli.risk_json import RiskDetail, risk_values
from tracker.cli.showing_evidence import show_gate, show_run
from tracker.cli.showing_text import print_launch, print_mitigation, print_risk
from tracker.domain.errors import NotFound
from tracker.domain.state import LaunchState, RankedRisk
from tracker.services.assessments import assessments_of
from tracker.services.portfolio import closed_risks, ranked_queue
from tracker.services.withholding import mitigation_records
from tracker.store import queries
from tracker.store.queries.missing import not_found

_MITIGATION: Final = re.compile(r"M-[0-9]+")
_RISK_NUMBER: Final = re.compile(r"R-[0-9]+")
_GATE: Final = re.compile(r"[^/]+/G-[0-9]+")
_RUN: Final = re.compile(r"[^/]+/E-[0-9]+")

Ref = Annotated[
    str,
    typer.Argument(
        metavar="REF",
        help="A risk (gpt-4v-2023-09/R-6), a gate (gpt-4v-2023-09/G-3), an evidence run "
        "(gpt-4v-2023-09/E-5), a launch (gpt-4v-2023-09) or a mitigation (M-7).",
    ),
]


def show(ref: Ref, *, as_json: JsonFlag = False, today: Today = None) -> None:
    """Show one risk with its sum and assessments, one gate, run, launch or mitigation."""
    with opened(today) as register:
        if _MITIGATION.fullmatch(ref):
            _show_mitigation(register, ref, as_json=as_json)
        elif _GATE.fullmatch(ref):
            show_gate(register, ref, as_json=as_json)
        elif _RUN.fullmatch(ref):
            show_run(register, ref, as_json=as_json)
        elif "/" in ref or _RISK_NUMBER.fullmatch(ref):
            _show_risk(register, ref, as_json=as_json)
        else:
            _show_launch(register, ref, as_json=as_json)


def _show_risk(register: Register, ref: str, *, as_json: bool) -> None:
    states = register.states()
    known = {ranked.state.ref: ranked for ranked in _all_risks(states)}
    if ref not in known:
        raise _no_such_risk(ref, list(known))
    assessments = assessments_of(register.store, ref)
    launch = next(state for state in states if state.launch.key == known[ref].launch.key)
    detail = RiskDetail(known[ref], launch, assessments)
    if as_json:
        print_json(risk_values(detail))
    else:
        print_risk(detail)


def _all_risks(states: Sequence[LaunchState]) -> list[RankedRisk]:
    return [*ranked_queue(states), *(one for state in states for one in closed_risks(state))]


def _no_such_risk(ref: str, known: Sequence[str]) -> NotFound:
    """Return the error that names the risks of that number, where only a number is given."""
    same_number = [other for other in known if other.endswith(f"/{ref}")]
    return NotFound("risk", ref, same_number) if same_number else not_found("risk", ref, known)


def _show_launch(register: Register, key: str, *, as_json: bool) -> None:
    states = register.states()
    state = next((state for state in states if state.launch.key == key), None)
    if state is None:
        raise not_found("launch", key, [state.launch.key for state in states])
    queue = [ranked for ranked in ranked_queue(states) if ranked.launch.key == key]
    if as_json:
        print_json(shown_launch_values(state, queue))
    else:
        print_launch(state, queue)


def _show_mitigation(register: Register, ref: str, *, as_json: bool) -> None:
    with register.store.reading() as session:
        mitigation = queries.get_mitigation(session, ref)
        placements = queries.placements_of(session, ref)
    effects, verifications = mitigation_records(register.store, ref)
    detail = MitigationDetail(mitigation, placements, effects, verifications)
    if as_json:
        print_json(mitigation_values(detail))
    else:
        print_mitigation(detail)
