"""The command and its sub-commands, put together; and the way in."""

import sys
from collections.abc import Sequence
from typing import Annotated

import typer

from tracker import __version__
from tracker.cli import (
    bundling,
    checking,
    creating,
    exporting,
    managing,
    reading,
    reading_evidence,
    serving,
    showing,
    snapshotting,
    standing,
    verifying,
    waiting,
)
from tracker.cli.failing import exit_code_of
from tracker.cli.importing import import_app
from tracker.cli.output import say
from tracker.cli.person import person_app

app = typer.Typer(
    name="holdpoint",
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def _print_version(wanted: bool) -> None:
    if wanted:
        say(f"holdpoint {__version__}")
        raise typer.Exit


@app.callback()
def holdpoint(
    *,
    _version: Annotated[
        bool,
        typer.Option(
            "--version", callback=_print_version, is_eager=True, help="Print the version."
        ),
    ] = False,
) -> None:
    """Say whether a launch can go out, what safety should work on next, and what was recorded.

    The register is the one that HOLDPOINT_DATABASE_URL names, else register.db in the data
    folder, else demo.db there.
    """


for command in (
    managing.init,
    managing.demo,
    serving.serve,
    managing.migrate,
    reading.launches,
    reading.risks,
    reading.rank,
    showing.show,
    standing.status,
    snapshotting.snapshot,
    reading_evidence.gates,
    reading_evidence.evidence,
    waiting.inbox,
    waiting.digest,
    exporting.export,
    bundling.bundle,
    creating.new_launch,
    checking.check,
    managing.backup,
    verifying.verify,
):
    app.command(command.__name__.replace("_", "-"))(command)

app.add_typer(import_app, name="import")
app.add_typer(person_app, name="person")


def run(arguments: Sequence[str]) -> int:
    """Run the command with these arguments; return its exit code, having explained a failure.

    Without any argument it says what it can do.
    """

    def invoke() -> object:
        command = typer.main.get_command(app)
        return command.main(
            list(arguments) or ["--help"], prog_name="holdpoint", standalone_mode=False
        )

    return exit_code_of(invoke)


def main() -> None:
    """Run the command as the shell asked for it."""
    sys.exit(run(sys.argv[1:]))
