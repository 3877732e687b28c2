"""How the command fails: one clear line and an exit code, never a traceback for a mistake."""

import os
import secrets
import sys
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import typer
from typer.exceptions import TyperException

from tracker.cli.output import OutputFailed, ReaderLeft, complain
from tracker.domain.errors import HoldpointError
from tracker.settings import load_settings

OK: Final = 0
INTERNAL: Final = 1
BAD_INPUT: Final = 2
WITH_CONDITIONS: Final = 3
NOT_READY: Final = 4
INTERRUPTED: Final = 130
READER_LEFT: Final = 141
"""128 + 13, what a shell reports for any program whose reader left."""

LOG_FILE: Final = "errors.log"


def exit_code_of(command: Callable[[], object]) -> int:
    """Do what a command says; return its exit code, having explained any failure.

    Known errors (something typed, found or forbidden) give 2 and one line. Anything else is our
    mistake: it gives 1, a reference, and the details in `errors.log` of the data folder.
    """
    try:
        outcome = command()
    except ReaderLeft:
        _drop_output()
        return READER_LEFT
    except (KeyboardInterrupt, typer.Abort):
        return INTERRUPTED
    except TyperException as error:
        complain(f"error: {_sentence(error.format_message())} {_help_for(error)}")
        return BAD_INPUT
    except HoldpointError as error:
        complain(f"error: {error}")
        if isinstance(error, OutputFailed):
            _drop_output()
        return BAD_INPUT
    except Exception as error:  # the border of the program: every mistake of ours ends here
        _report(error)
        return INTERNAL
    return outcome if isinstance(outcome, int) else OK


def _report(error: Exception) -> None:
    reference = secrets.token_hex(4)
    where = _log(error, reference)
    details = f"The details are in {where}." if where else "The details could not be written."
    complain(f"error: Holdpoint itself failed (reference {reference}). {details}")
    if os.environ.get("HOLDPOINT_LOG_LEVEL", "").upper() == "DEBUG":
        traceback.print_exception(error)


def _log(error: Exception, reference: str) -> Path | None:
    """Add the traceback to the log; None where there is no place for it."""
    try:
        path = load_settings().prepare_data_dir() / LOG_FILE
        with path.open("a", encoding="utf-8") as log:
            log.write(f"{datetime.now(UTC).isoformat()} reference {reference}\n")
            log.writelines(traceback.format_exception(error))
    except (OSError, HoldpointError):
        return None
    return path


def _help_for(error: TyperException) -> str:
    context = getattr(error, "ctx", None)
    path = context.command_path if context else "holdpoint"
    return f"Run: {path} --help"


def _sentence(message: str) -> str:
    text = " ".join(message.replace("Value error, ", "").split())
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _drop_output() -> None:
    """Send what is still buffered nowhere, so that closing down does not fail again."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
