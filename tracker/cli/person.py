"""`person`: invite people, change what they may do, deactivate them and let them act again."""

from typing import Annotated

import typer

from tracker.cli.opening import act_of, opened
from tracker.cli.options import Acting
from tracker.cli.output import say
from tracker.domain.drafts import PersonChange, PersonDraft
from tracker.domain.errors import NotFound
from tracker.domain.records import PersonRecord
from tracker.domain.validation import build
from tracker.domain.words import Role
from tracker.services.people import add_person, people
from tracker.services.person_changes import change_person, seen_as, set_active
from tracker.store.engine import Store

person_app = typer.Typer(help="Invite people, change what they may do, deactivate them.")

Key = Annotated[str, typer.Argument(metavar="KEY", help="Key of the person.")]
Roles = Annotated[
    list[Role] | None,
    typer.Option("--role", case_sensitive=False, help="A role they hold; repeat it."),
]
Leads = Annotated[
    list[str] | None,
    typer.Option("--leads", metavar="AREA", help="A policy area that they lead; repeat it."),
]
SignIn = Annotated[
    str | None,
    typer.Option(
        "--sign-in",
        metavar="NAME",
        help="What the OpenID provider calls them, usually their e-mail address; empty: nothing.",
    ),
]
Why = Annotated[str, typer.Option("--reason", metavar="TEXT", help="Recorded with the change.")]


@person_app.command()
def invite(
    key: Key,
    *,
    name: Annotated[str, typer.Option("--name", metavar="TEXT", help="Their name.")],
    role: Roles = None,
    leads: Leads = None,
    sign_in: SignIn = None,
    acting: Acting = None,
) -> None:
    """Add a person with a name to sign in under, roles and the policy areas that they lead."""
    given = {"key": key, "name": name, "roles": role or (), "leads": leads or ()}
    draft = build(PersonDraft, given | {"sign_in": sign_in or ""})
    with opened() as register:
        add_person(register.store, act_of(register.store, acting), draft)
    say(f"Added {draft.key}, {_signs_in(draft.sign_in)}.")


@person_app.command()
def change(
    key: Key,
    *,
    reason: Why,
    role: Roles = None,
    leads: Leads = None,
    sign_in: SignIn = None,
    acting: Acting = None,
) -> None:
    """Change roles, policy areas or the sign-in name; what is not named stays as it is."""
    with opened() as register:
        known = _known(register.store, key)
        given = {
            "roles": known.roles if role is None else role,
            "leads": known.leads if leads is None else leads,
            "sign_in": (known.sign_in or "") if sign_in is None else sign_in,
        }
        wanted = build(PersonChange, given)
        act = act_of(register.store, acting, reason)
        change_person(register.store, act, key, wanted, seen_as(known))
    say(f"{key} is now {', '.join(sorted(wanted.roles))}, {_signs_in(wanted.sign_in)}.")


@person_app.command()
def deactivate(key: Key, *, reason: Why, acting: Acting = None) -> None:
    """Let a person neither sign in nor act; all that they did stays."""
    _set_active(key, reason, acting, active=False)
    say(f"{key} can neither sign in nor act.")


@person_app.command()
def activate(key: Key, *, reason: Why, acting: Acting = None) -> None:
    """Let a deactivated person act again."""
    _set_active(key, reason, acting, active=True)
    say(f"{key} may act again.")


def _set_active(key: str, reason: str, acting: str | None, *, active: bool) -> None:
    with opened() as register:
        known = _known(register.store, key)
        act = act_of(register.store, acting, reason)
        set_active(register.store, act, key, active, seen_as(known))


def _known(store: Store, key: str) -> PersonRecord:
    found = people(store).get(key)
    if found is None:
        raise NotFound("person", key)
    return found


def _signs_in(name: str) -> str:
    return f"who signs in as {name}" if name else "who does not sign in"
