"""`export`: the readiness summary of a launch as a file."""

from pathlib import Path
from typing import Annotated, Final

import typer

from tracker.cli.files import placed
from tracker.cli.opening import now, opened, reader_of
from tracker.cli.options import Acting, Force, Today
from tracker.cli.output import say, write_bytes
from tracker.domain.errors import InvalidInput
from tracker.domain.words import ExportFormat
from tracker.services.reports import Reader, readiness_report

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
    force: Force = False,
    acting: Acting = None,
    today: Today = None,
) -> None:
    """Write the readiness summary of a launch, whole or not at all."""
    if output == STANDARD_OUTPUT and format_ not in TEXT_FORMATS:
        raise InvalidInput(
            {"-o": f"{format_} is no text and does not go to standard output"}, "Name a file."
        )
    content = _rendered(launch, format_, acting, today)
    if output == STANDARD_OUTPUT:
        write_bytes(content)
        return
    with placed(output, force=force) as draft:
        draft.write_bytes(content)
    say(f"Wrote {output} ({len(content):,} bytes).")


def _rendered(key: str, format_: ExportFormat, acting: str | None, today: Today) -> bytes:
    from tracker.exports.formats import (
        export as render,
    )  # brings charts and Typst; other commands need not

    with opened(today) as register:
        reader = Reader(reader_of(register.store, acting), register.today, now())
        return render(readiness_report(register.store, reader, register.profile, key), format_)
