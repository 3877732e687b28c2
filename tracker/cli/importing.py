"""`import evidence`: take result files of evaluation tools in, all of them or nothing."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Annotated, Final

import typer

from tracker.cli.failing import BAD_INPUT, OK
from tracker.cli.importing_report import Imported, import_values, print_import
from tracker.cli.opening import act_of, opened
from tracker.cli.options import Acting, JsonFlag, parse_date
from tracker.cli.output import print_json
from tracker.cli.progress import progress
from tracker.cli.result_files import ResultFiles, result_files
from tracker.domain.evidence_drafts import ImportStatement
from tracker.domain.validation import build
from tracker.domain.words import Safeguards
from tracker.services.evidence import import_evidence
from tracker.services.evidence_files import FilesRead, Refusals, note, read_files
from tracker.services.evidence_preview import preview_import

import_app: Final = typer.Typer(help="Take files of other tools in.", no_args_is_help=False)

Paths = Annotated[
    list[Path],
    typer.Argument(
        metavar="PATH...",
        help="Result files, told by their content, and folders of them. Of a folder: every file in "
        "it and below it, in order of name; hidden ones and linked folders are passed over, "
        "and so is what is plainly no result, each with a line.",
    ),
]
LaunchKey = Annotated[
    str, typer.Option("--launch", metavar="KEY", help="The launch that the results are about.")
]
Configuration = Annotated[
    str | None,
    typer.Option(
        "--configuration",
        metavar="TEXT",
        help="The configuration that was measured; without it the launch's own.",
    ),
]
SafeguardsOption = Annotated[
    Safeguards | None,
    typer.Option(
        "--safeguards", case_sensitive=False, help="Whether the system safeguards were on."
    ),
]
RanOn = Annotated[
    date | None,
    typer.Option(
        "--ran-on",
        metavar="DATE",
        parser=parse_date,
        help="The day of the runs, for files that have no date.",
    ),
]
Risks = Annotated[
    list[str] | None,
    typer.Option(
        "--risk", metavar="REF", help="A risk that the results speak to, such as R-6; repeat it."
    ),
]
PreviewFlag = Annotated[
    bool, typer.Option("--preview", help="Say what would be taken in; write nothing.")
]


@import_app.callback()
def import_() -> None:
    """Take files of other tools in."""


@import_app.command("evidence")
def evidence(
    paths: Paths,
    *,
    launch: LaunchKey,
    configuration: Configuration = None,
    safeguards: SafeguardsOption = None,
    ran_on: RanOn = None,
    risk: Risks = None,
    acting: Acting = None,
    preview: PreviewFlag = False,
    as_json: JsonFlag = False,
) -> int:
    """Take evaluation results in: all of the files, or nothing if one is bad.

    What is here already is passed over, so that a pipeline may hand in the same folder each time.
    So is what lies in a folder beside results and is plainly none: a hit log, samples, a README.
    """
    statement = build(
        ImportStatement,
        {
            "configuration": configuration,
            "safeguards": safeguards,
            "ran_on": ran_on,
            "risks": tuple(one if "/" in one else f"{launch}/{one}" for one in risk or ()),
        },
    )
    with opened() as register:
        act = None if preview else act_of(register.store, acting)
        register.require_launch(launch)
        found, files = _read(paths)
        planned = preview_import(register.store, launch, files.files, statement)
        refused = _together(found.refused, files.refused, planned.refused)
        taken_in: tuple[str, ...] = ()
        if act is not None and planned.can_import and not refused:
            with progress("Writing runs") as told:
                written = import_evidence(
                    register.store, act, launch, files.whole(), statement, told
                )
            taken_in = tuple(written.split(", "))
    done = Imported(planned, refused, files.strangers, taken_in, previewed=preview)
    if as_json:
        print_json(import_values(done))
    print_import(done, shown=not as_json)
    return BAD_INPUT if refused else OK


def _read(paths: Sequence[Path]) -> tuple[ResultFiles, FilesRead]:
    found = result_files(paths)
    with progress("Reading files") as told:
        return found, read_files(found.sources, told)


def _together(*several: Refusals) -> Refusals:
    refused: dict[str, Mapping[str, str]] = {}
    for some in several:
        for name, places in some.items():
            note(refused, name, places)
    return refused
