"""Who the OpenID provider says somebody is, and whom the register knows by that name.

The signature, the issuer, the nonce and the end of the token are checked where it is received; the
rules here are asked again at each run of a page, of the claims that the browser's cookie carries.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Final, cast

from tracker.domain.errors import SignInRefused
from tracker.domain.records import PersonRecord
from tracker.domain.words import Role

Claims = Mapping[str, Any]

CLOCKS_MAY_DIFFER: Final = timedelta(minutes=5)
_AGAIN: Final = "Sign in again; nothing that was saved is lost."


@dataclass(frozen=True, slots=True)
class SignInPolicy:
    """What a sign-in must fulfil.

    Attributes:
        claim: The claim that names a person: `email`, `sub` or `preferred_username`.
        audience: Our own name at the provider, its client id.
        longest: How long after the token was issued a sign-in lasts.
        roles_claim: The claim that lists groups; None where the register alone says who is what.
        roles: Which group gives which role; a group may stand in several pairs.
    """

    claim: str
    audience: str
    longest: timedelta
    roles_claim: str | None = None
    roles: tuple[tuple[str, Role], ...] = ()


def sign_in_name(text: str) -> str:
    """Return a name as it is kept and compared: without outer blanks, A to Z made small.

    Other letters stay as they are: folding them would take “ß” for “ss” and the sign of the Kelvin
    for “k”, and with that one mailbox for another.
    """
    return "".join(sign.lower() if sign.isascii() else sign for sign in text.strip())


def claimed_name(claims: Claims, policy: SignInPolicy, at: datetime) -> str:
    """Return the name under which the provider knows whoever signed in.

    Args:
        claims: The claims of an ID token whose signature was checked.
        policy: What they must fulfil.
        at: Aware UTC.

    Raises:
        SignInRefused: They are meant for another program, too old, or name nobody for certain.
    """
    _require_audience(claims, policy.audience)
    _require_recent(claims, policy.longest, at)
    if policy.claim == "email" and _says_no(claims.get("email_verified")):
        raise SignInRefused(
            "Your provider says that your e-mail address is not verified.",
            "Verify it with the provider, then sign in again.",
        )
    named = claims.get(policy.claim)
    if not isinstance(named, str) or not named.strip():
        raise SignInRefused(
            f"Your provider did not say who you are: the claim “{policy.claim}” is missing.",
            "Ask whoever runs Holdpoint to have the provider send it.",
        )
    return sign_in_name(named)


def claimed_roles(claims: Claims, policy: SignInPolicy) -> frozenset[Role] | None:
    """Return the roles that the person's groups give; None where groups give none to anybody.

    Raises:
        SignInRefused: The groups are missing, or none of them gives a role.
    """
    if policy.roles_claim is None:
        return None
    told = claims.get(policy.roles_claim)
    groups = {told} if isinstance(told, str) else _texts(told)
    given = frozenset(role for group, role in policy.roles if group in groups)
    if not given:
        raise SignInRefused(
            f"The groups that your provider names (claim “{policy.roles_claim}”) give you no role.",
            "Ask whoever runs Holdpoint to put you into a group that does.",
        )
    return given


def person_named(people: Iterable[PersonRecord], name: str) -> PersonRecord:
    """Return the active person who signs in under this name.

    Raises:
        SignInRefused: The register knows nobody of that name, or no longer.
    """
    known = next((person for person in people if person.sign_in == name), None)
    if known is None:
        raise SignInRefused(
            f"Nobody in this register signs in as “{name[:80]}”.",
            "Ask an administrator or the policy lead to invite you under this name.",
        )
    if not known.active:
        raise SignInRefused(
            f"{known.name} is no longer active in this register.",
            "Ask an administrator or the policy lead if you should be.",
        )
    return known


def _require_audience(claims: Claims, expected: str) -> None:
    told = claims.get("aud")
    if expected not in ({told} if isinstance(told, str) else _texts(told)):
        raise SignInRefused("This sign-in was meant for another program.", _AGAIN)


def _require_recent(claims: Claims, longest: timedelta, at: datetime) -> None:
    issued = claims.get("iat")
    if isinstance(issued, bool) or not isinstance(issued, int | float):
        raise SignInRefused("Your provider did not say when you signed in.", _AGAIN)
    age = at - _moment(issued)
    if age > longest:
        hours = f"{longest / timedelta(hours=1):g}"
        raise SignInRefused(f"Your sign-in has ended: it lasts {hours} hours.", _AGAIN)
    if age < -CLOCKS_MAY_DIFFER:
        raise SignInRefused(
            "Your sign-in is dated in the future: the clocks of the provider and of this machine "
            "disagree.",
            "Ask whoever runs Holdpoint to set the clock.",
        )


def _moment(seconds: float) -> datetime:
    try:
        return datetime.fromtimestamp(seconds, UTC)
    except (OverflowError, ValueError, OSError):
        raise SignInRefused("Your provider did not say when you signed in.", _AGAIN) from None


def _says_no(value: object) -> bool:
    return value is False or str(value).lower() == "false"


def _texts(value: object) -> set[str]:
    if not isinstance(value, list | tuple):
        return set()
    return {str(item) for item in cast("Iterable[object]", value)}
