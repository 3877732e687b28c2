"""`init`, `demo`, `migrate` and `backup`: the register as a whole."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from tracker.cli.opening import load, now, place_of
from tracker.cli.options import parse_date
from tracker.cli.output import say
from tracker.domain.drafts import PersonDraft
from tracker.domain.validation import build
from tracker.domain.words import Role
from tracker.services.demo import DemoSummary, create_demo_register, load_demo
from tracker.services.register import create_own_register
from tracker.settings import Settings, redacted
from tracker.store.backup import backup as copy
from tracker.store.engine import Store
from tracker.store.schema import SchemaState, schema_state
from tracker.store.setup import migrate as bring_up_to_date

PersonKey = Annotated[
    str, typer.Option("--person-key", metavar="KEY", help="Key of the first person.")
]
PersonName = Annotated[
    str, typer.Option("--person-name", metavar="NAME", help="Name of the first person.")
]
Roles = Annotated[
    list[Role] | None,
    typer.Option(
        "--role",
        case_sensitive=False,
        help="Role of the first person; repeat it. Without it: policy lead and admin.",
    ),
]
SignIn = Annotated[
    str,
    typer.Option(
        "--sign-in",
        metavar="NAME",
        help="What the OpenID provider calls the first person, usually their e-mail address.",
    ),
]


def init(
    *,
    person_key: PersonKey = "policy-lead",
    person_name: PersonName = "Policy lead",
    role: Roles = None,
    sign_in: SignIn = "",
) -> None:
    """Make an empty register with the policy areas and a first person."""
    settings = load()
    roles = frozenset(role or (Role.POLICY_LEAD, Role.ADMIN))
    given = {"key": person_key, "name": person_name, "roles": roles, "sign_in": sign_in}
    person = build(PersonDraft, given)
    url = place_of(settings, settings.own_register_url())
    create_own_register(url, person, now())
    say(f"Made a register at {redacted(url)} with its first person, {person.key}.")


LoadingDay = Annotated[
    date | None,
    typer.Option(
        "--today",
        metavar="DATE",
        parser=parse_date,
        help="Day from which the dates of the launches under way count.",
    ),
]


def demo(*, today: LoadingDay = None) -> None:
    """Make a register with the demo portfolio: four real launches, illustrative judgements."""
    settings = load()
    url = place_of(settings, settings.demo_register_url())
    found = prepare_demo(url, today)
    if found.loaded:
        say(f"Made a register with the demo portfolio at {redacted(url)}.")
    else:
        say(f"The demo portfolio is at {redacted(url)} already, as of {found.loaded_on}.")
    _say_what_is_open(settings, url)


def prepare_demo(url: str, today: date | None = None) -> DemoSummary:
    """Make the demo register unless it is there.

    Raises:
        RuleViolation: Something else stands there.
        StoreError: The place cannot be used.
    """
    at = now()
    if schema_state(url) in (SchemaState.ABSENT, SchemaState.EMPTY):
        return create_demo_register(url, today or at.date(), at)
    store = Store.open(url)
    try:
        return load_demo(store, today or at.date(), at)
    finally:
        store.dispose()


def _say_what_is_open(settings: Settings, url: str) -> None:
    if settings.register_url() != url:
        say(
            f"Commands open your own register, {redacted(settings.register_url())}; "
            f"for the demo set HOLDPOINT_DATABASE_URL={redacted(url)}"
        )


def migrate() -> None:
    """Bring a register that an older release made up to date."""
    url = load().register_url()
    before = schema_state(url)
    bring_up_to_date(url)
    done = "is up to date" if before is SchemaState.CURRENT else "was brought up to date"
    say(f"The register at {redacted(url)} {done}.")


def backup(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="A new file for the copy.")],
) -> None:
    """Copy the register into a new file while it is in use; the copy is checked."""
    url = load().register_url()
    copy(url, file)
    say(f"Copied {redacted(url)} to {file}.")
