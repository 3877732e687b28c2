"""`inbox` and `digest`: what waits for people, printed or sent to where they read."""

from typing import Annotated

import typer

from tracker.cli.as_json import Values
from tracker.cli.digest_json import digest as digest_of
from tracker.cli.opening import Register, opened
from tracker.cli.options import JsonFlag, Today
from tracker.cli.output import print_json, print_table, say
from tracker.cli.posting import post_json, require_web_address
from tracker.domain.errors import InvalidInput
from tracker.domain.review_state import InboxItem
from tracker.readers.materiality import packaged_materiality
from tracker.services import inbox as services
from tracker.services.review_state import Method

Person = Annotated[
    str | None,
    typer.Option("--person", metavar="KEY", help="Only what waits for this person."),
]
Webhook = Annotated[
    str | None,
    typer.Option(
        "--to-webhook",
        metavar="URL",
        help="Where to send it: http:// or https://.",
    ),
]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Print what would be sent; send nothing.")]
Always = Annotated[bool, typer.Option("--always", help="Send it even where nothing waits.")]


def inbox(*, person: Person = None, as_json: JsonFlag = False, today: Today = None) -> None:
    """List what waits for people: to assess, verify, confirm, sign, answer or decide, by its day.

    Reminders of what runs out come from fourteen days before.
    """
    with opened(today) as register:
        items = _items(register, person)
    if as_json:
        print_json([_values(item) for item in items])
    elif items:
        print_table(
            {"Person": "left", "Kind": "left", "Launch": "left", "What": "fold", "Due": "left"},
            ((item.person, item.kind, item.launch, item.text, _day(item) or "") for item in items),
        )
    else:
        say("Nothing waits.")


def digest(
    *,
    to_webhook: Webhook = None,
    person: Person = None,
    dry_run: DryRun = False,
    always: Always = False,
    today: Today = None,
) -> None:
    """Send what waits for people to a webhook, as Slack and its like take it; made for cron.

    It holds references, codes and levels, and never a title. Where nothing waits, nothing is sent.
    """
    if to_webhook is None and not dry_run:
        raise InvalidInput({"--to-webhook": "is missing"}, "Name it, or look with --dry-run.")
    if to_webhook is not None:
        require_web_address(to_webhook)
    with opened(today) as register:
        items = _items(register, person)
    message = digest_of(items)
    if dry_run:
        print_json(message)
    elif to_webhook is not None and (items or always):
        post_json(to_webhook, message)
        say(f"Sent: {message['text']}")
    else:
        say("Nothing waits; nothing was sent.")


def _items(register: Register, person: str | None) -> tuple[InboxItem, ...]:
    method = Method(register.profile, packaged_materiality())
    return services.inbox(register.store, method, register.today, person)


def _values(item: InboxItem) -> Values:
    return {
        "person": item.person,
        "kind": item.kind,
        "launch": item.launch or None,
        "subject": item.subject,
        "text": item.text,
        "due": _day(item),
    }


def _day(item: InboxItem) -> str | None:
    return item.due.isoformat() if item.due else None
