"""Options that several commands share, and how their text is read."""

from datetime import UTC, date, datetime
from typing import Annotated

import typer

from tracker.domain.errors import InvalidInput


def parse_date(text: str | date) -> date:
    """Read a date.

    Raises:
        InvalidInput: It is not written as YYYY-MM-DD, or there is no such day.
    """
    if isinstance(text, date):
        return text
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        raise InvalidInput(
            {"date": f"“{text[:40]}” is not a day written as YYYY-MM-DD"}, "Correct it and repeat."
        ) from None


def parse_reasoned(option: str, text: str) -> tuple[str, str]:
    """Read `AREA=REASON`.

    Raises:
        InvalidInput: The equals sign or either side is missing.
    """
    area, equals, reason = text.partition("=")
    if not (area.strip() and equals and reason.strip()):
        raise InvalidInput(
            {option: f"“{text[:60]}” must be written as AREA=REASON"}, "Correct it and repeat."
        )
    return area.strip(), reason.strip()


JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON with stable keys.")]
Today = Annotated[
    date | None,
    typer.Option(
        "--today", metavar="DATE", parser=parse_date, help="Read the clocks as on this day (UTC)."
    ),
]
LaunchFilter = Annotated[
    str | None,
    typer.Option(
        "--launch",
        metavar="KEY",
        help="Only risks of this launch; ranks stay those over all launches.",
    ),
]
Acting = Annotated[
    str | None,
    typer.Option("--as", metavar="PERSON", help="Key of the acting person; nobody checks it."),
]
Force = Annotated[bool, typer.Option("--force", help="Replace a file that is there already.")]
