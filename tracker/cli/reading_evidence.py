"""`gates` and `evidence`: what a launch has to show, and what was measured."""

from collections.abc import Sequence
from typing import Annotated

import typer

from tracker.cli.evidence_json import ledger_values
from tracker.cli.gate_json import gate_values
from tracker.cli.opening import opened
from tracker.cli.options import JsonFlag, Today
from tracker.cli.output import print_json, print_table, say
from tracker.domain.gate_state import GateStatus
from tracker.readiness.gate_words import observed_words, threshold_words
from tracker.services.ledger import LedgerRow, read_ledger

LaunchKey = Annotated[str, typer.Argument(metavar="LAUNCH", help="Key of the launch.")]


def gates(launch: LaunchKey, *, as_json: JsonFlag = False, today: Today = None) -> None:
    """List the launch criteria with their states, what was shown, and what would settle them."""
    with opened(today) as register:
        listed = register.state(launch).gates
    if as_json:
        print_json([gate_values(status) for status in listed])
        return
    if not listed:
        say("This launch has no launch criteria yet. Write them in the dashboard, on Gates.")
        return
    folding = ["Title", "Why", "Asks", "Shows", "Would settle it"]
    columns = {"Gate": "left", "State": "left", "Counts": "left", **dict.fromkeys(folding, "fold")}
    print_table(columns, map(_gate_row, listed))


def _gate_row(status: GateStatus) -> Sequence[object]:
    gate = status.gate
    return (
        gate.short_ref,
        state_words(status),
        "must pass" if gate.must_pass else "advisory",
        gate.title,
        status.why,
        threshold_words(gate, status.definition),
        observed_words(status),
        status.settles,
    )


def state_words(status: GateStatus) -> str:
    """Return the state of a gate with what lies over it, such as "failed, waived"."""
    over = ["waived"] if status.waived else []
    if status.gate.withdrawn:
        over.append("withdrawn")
    return ", ".join([status.state, *over])


def evidence(launch: LaunchKey, *, as_json: JsonFlag = False, today: Today = None) -> None:
    """List what was measured, newest run first, and whether it counts for the launch today."""
    with opened(today) as register:
        ledger = read_ledger(register.store, register.today, launch)
    if as_json:
        print_json(ledger_values(ledger))
        return
    if not ledger.runs:
        say("No result is on record. Run: holdpoint import evidence --help")
        return
    figures = ["Value", "n", "Not scored"]
    columns = {
        **dict.fromkeys(["Run", "Day"], "left"),
        **dict.fromkeys(["Model", "Task", "Metric", "Slice"], "fold"),
        **dict.fromkeys(figures, "right"),
        **dict.fromkeys(["Standing", "Gates"], "fold"),
    }
    print_table(columns, map(evidence_row, ledger.rows))
    with_metrics = {row.run.ref for row in ledger.rows}
    for run in ledger.runs:
        if run.ref not in with_metrics:
            say(f"{run.short_ref} ({run.file_name}) has no metric.")


def evidence_row(row: LedgerRow) -> Sequence[object]:
    """Return one metric of a run as a line for a person."""
    run, one = row.run, row.evidence
    return (
        run.short_ref,
        run.ran_at.date().isoformat() if run.ran_at else "no date",
        run.model_version,
        one.task,
        one.metric,
        one.slice or "all",
        figure_words(row),
        "–" if one.n is None else f"{one.n:,}",
        one.errored or "",
        row.standing,
        ", ".join(gate.short_ref for gate in row.gates),
    )


def figure_words(row: LedgerRow) -> str:
    """Return a value as it was printed, such as "more than 98 %"."""
    one = row.evidence
    figure = "no figure" if one.value is None else f"{one.value:.10g}"
    return " ".join(part for part in (one.qualifier, figure, one.unit) if part)
