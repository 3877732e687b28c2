"""`export`: the readiness summary of a launch as a file."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Final
from uuid import uuid4

import typer

from tracker.cli.files import placed
from tracker.cli.opening import Register, act_of, now, opened, reader_of
from tracker.cli.options import Acting, Force, Today
from tracker.cli.output import say, write_bytes
from tracker.domain.errors import InvalidInput
from tracker.domain.words import ExportFormat
from tracker.services.act import Act
from tracker.services.exporting import log_export
from tracker.services.reports import Reader, readiness_report, snapshot_report
from tracker.services.stored_exports import is_decided, store_export

STANDARD_OUTPUT: Final = Path("-")
TEXT_FORMATS: Final = (
    ExportFormat.HTML,
    ExportFormat.MARKDOWN,
    ExportFormat.CSV,
    ExportFormat.JSON,
)

LaunchKey = Annotated[str, typer.Argument(metavar="LAUNCH", help="Key of the launch.")]
Format = Annotated[
    ExportFormat, typer.Option("--format", "-f", case_sensitive=False, help="Which document.")
]
Snapshot = Annotated[
    str | None,
    typer.Option(
        "--snapshot", metavar="SNAPSHOT", help="Of this snapshot, such as S-1, not of today."
    ),
]
Output = Annotated[
    Path,
    typer.Option(
        "--output",
        "-o",
        metavar="FILE",
        help="Where to write it; - is standard output, for text formats.",
    ),
]


def export(
    launch: LaunchKey,
    *,
    format_: Format,
    output: Output,
    snapshot: Snapshot = None,
    force: Force = False,
    acting: Acting = None,
    today: Today = None,
) -> None:
    """Write the readiness summary of a launch, whole or not at all.

    With --snapshot it shows the launch as it was; once that snapshot is decided, the file is kept
    and written again byte for byte where --as names somebody. The export is recorded either way.
    """
    if output == STANDARD_OUTPUT and format_ not in TEXT_FORMATS:
        raise InvalidInput(
            {"-o": f"{format_} is no text and does not go to standard output"}, "Name a file."
        )
    with opened(today) as register:
        content = _exported(register, _Wanted(launch, snapshot, format_), acting)
    if output == STANDARD_OUTPUT:
        write_bytes(content)
        return
    with placed(output, force=force) as draft:
        draft.write_bytes(content)
    say(f"Wrote {output} ({len(content):,} bytes).")


@dataclass(frozen=True, slots=True)
class _Wanted:
    """Which summary in which format; `snapshot` is such as `S-1`, None for the launch today."""

    launch: str
    snapshot: str | None
    format: ExportFormat

    @property
    def ref(self) -> str | None:
        """The whole reference of the snapshot."""
        return f"{self.launch}/{self.snapshot}" if self.snapshot else None


def _exported(register: Register, wanted: _Wanted, acting: str | None) -> bytes:
    """Make the file, and record who takes it; where nobody is named, the record says so."""
    content = _rendered(register, wanted, acting)
    act = Act(reader_of(register.store, acting), now(), f"cli-{uuid4().hex}")
    log_export(register.store, act, wanted.launch, wanted.format, content, wanted.ref)
    return content


def _rendered(register: Register, wanted: _Wanted, acting: str | None) -> bytes:
    from tracker.exports.formats import (
        exporter,
    )  # brings charts and Typst; other commands need not

    render = exporter(wanted.format).render
    reader = Reader(reader_of(register.store, acting), register.today, now())
    if wanted.ref is None:
        return render(readiness_report(register.store, reader, register.profile, wanted.launch))
    if acting is not None and is_decided(register.store, wanted.ref):
        act = act_of(register.store, acting)
        return store_export(register.store, act, wanted.ref, wanted.format, render)
    return render(snapshot_report(register.store, reader, wanted.ref))
