"""`show` of a launch criterion and of an imported run."""

from collections.abc import Iterable, Iterator

from tracker.cli.evidence_json import rows_of, shown_run_values
from tracker.cli.gate_json import shown_gate_values
from tracker.cli.opening import Register
from tracker.cli.output import print_json, print_table, say
from tracker.cli.reading_evidence import figure_words, state_words
from tracker.domain.evidence import EvidenceRunRecord
from tracker.domain.gate_state import GateStatus, WaiverStatus
from tracker.domain.state import LaunchState
from tracker.domain.words import EvidenceFlag, GateKind
from tracker.readiness.gate_words import interval_words, observed_words, threshold_words
from tracker.services.ledger import Ledger, LedgerRow, read_ledger
from tracker.store.queries.missing import not_found


def show_gate(register: Register, ref: str, *, as_json: bool) -> None:
    """Show one launch criterion.

    Raises:
        NotFound: Naming similar references.
    """
    state = register.state(ref.partition("/")[0])
    status = next((one for one in state.gates if one.gate.ref == ref), None)
    if status is None:
        raise not_found("gate", ref, [one.gate.ref for one in state.gates])
    if as_json:
        print_json(shown_gate_values(status))
    else:
        _print_gate(status, state)


def show_run(register: Register, ref: str, *, as_json: bool) -> None:
    """Show one imported run.

    Raises:
        NotFound: Naming similar references.
    """
    ledger = read_ledger(register.store, register.today, ref.partition("/")[0])
    run = next((one for one in ledger.runs if one.ref == ref), None)
    if run is None:
        raise not_found("evidence run", ref, [one.ref for one in ledger.runs])
    rows = rows_of(ledger, run)
    if as_json:
        print_json(shown_run_values(run, rows, ledger))
    else:
        _print_run(run, rows, ledger)


def _print_gate(status: GateStatus, state: LaunchState) -> None:
    gate = status.gate
    say(f"{gate.ref}  {gate.title}")
    say(f"{status.area.name}. {'Must pass' if gate.must_pass else 'Advisory'}.")
    if gate.kind is GateKind.ATTESTED:
        say(f"Asks for somebody's word: {gate.statement}")
    else:
        say(f"Asks {threshold_words(gate, status.definition)}: {gate.metric} of {gate.task}")
        say(f"in results of {gate.tool}, configuration “{gate.configuration}”.")
    if gate.rationale:
        say(f"Because: {gate.rationale}")
    say(f"Written by {state.person_name(gate.written_by)}.")
    say("")
    say(f"State: {state_words(status)}. {status.why}")
    for line in _details(status):
        say(line)


def _details(status: GateStatus) -> Iterator[str]:
    if status.run:
        yield f"{status.run.short_ref} shows {observed_words(status) or 'no figure'}"
    if status.settles:
        yield f"What would settle it: {status.settles}"
    scale = status.definition.scale if status.definition else None
    for one in status.slices:
        shown = [one.state, interval_words(one, scale), one.why]
        yield f"  {one.slice or 'all'}: {', '.join(part for part in shown if part)}"
    comparison = status.comparison
    if comparison:
        yield f"Against {comparison.baseline}: {comparison.state}, {comparison.why}"
        yield from (f"  differs in {difference}" for difference in comparison.differences)
    if status.waiver:
        yield _waiver_words(status.waiver)


def _waiver_words(status: WaiverStatus) -> str:
    waiver = status.waiver
    why = f" ({status.why})" if status.why else ""
    return (
        f"Waiver {status.state}{why} until {waiver.until.isoformat()}, over “{waiver.state}”: "
        f"{waiver.reason} Instead: {waiver.compensation}"
    )


def _print_run(run: EvidenceRunRecord, rows: Iterable[LedgerRow], ledger: Ledger) -> None:
    say(f"{run.ref}  {run.file_name}{f', part {run.part}' if run.part else ''}")
    say(f"{run.format}, {run.size:,} bytes, SHA-256 {run.sha256}")
    ran_at = run.ran_at.strftime("%Y-%m-%d %H:%M UTC") if run.ran_at else "no date on record"
    say(f"{run.tool} {run.tool_version}, {ran_at}")
    other = "" if run.release == ledger.launch.release else ", another release than the launch's"
    say(f"Model: {run.model_version}. Configuration: {run.configuration}{other}.")
    say(f"System safeguards: {run.safeguards}. Stage asked for then: {run.exposure_stage}.")
    say(f"Imported by {run.imported_by} on {run.imported_at.date().isoformat()}.")
    for line in _said(run):
        say(line)
    say("")
    print_table(
        {
            **dict.fromkeys(["Task", "Metric", "Slice"], "fold"),
            **dict.fromkeys(["Value", "n", "Passed", "Failed", "Not scored"], "right"),
            **dict.fromkeys(["Standing", "Gates"], "fold"),
        },
        (
            (
                *(row.evidence.task, row.evidence.metric, row.evidence.slice or "all"),
                *(figure_words(row), row.evidence.n, row.evidence.passed, row.evidence.failed),
                *(row.evidence.errored or "", row.standing),
                ", ".join(gate.short_ref for gate in row.gates),
            )
            for row in rows
        ),
    )


def _said(run: EvidenceRunRecord) -> Iterator[str]:
    if run.source:
        yield f"Source: {run.source}"
    if run.flags:
        yield f"Flags: {', '.join(flag for flag in EvidenceFlag if flag in run.flags)}"
    yield from (f"warning: {warning}" for warning in run.warnings)
    for one in run.equivalences:
        yield f"Counts for another release, says {one.stated_by}: {one.reason}"
    for one in run.confirmations:
        yield f"Figures confirmed by {one.confirmed_by}{f': {one.note}' if one.note else ''}"
