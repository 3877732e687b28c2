"""Settings from the environment (`HOLDPOINT_*`), checked once at start."""

import os
from collections.abc import Iterator
from datetime import timedelta
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Final, Literal
from urllib.parse import SplitResult, urlsplit

from platformdirs import user_data_path
from pydantic import (
    AfterValidator,
    BeforeValidator,
    Field,
    SecretStr,
    ValidationError,
    ValidationInfo,
    field_validator,
)
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from tracker.domain.errors import InvalidInput
from tracker.domain.sign_in import SignInPolicy
from tracker.domain.words import Role

PREFIX = "HOLDPOINT_"
REGISTER_FILE = "register.db"
DEMO_FILE = "demo.db"
CALLBACK: Final = "/oauth2callback"
"""Where the provider sends people back to, below the public address."""

_COOKIE_SECRET_LEAST: Final = 32
_COOKIE_SECRET_SIGNS: Final = 8
_PLACEHOLDERS: Final = (
    *("changeme", "change-me", "change_me", "placeholder", "your-secret", "your_secret"),
    *("yoursecret", "mysecret", "my-secret", "cookie_secret", "cookie-secret", "xxxx"),
    *("strong-random", "random-string", "example", "password"),
)

_POSTGRESQL = "postgresql+psycopg"
_DRIVERS = {
    "sqlite": "sqlite",
    "sqlite+pysqlite": "sqlite",
    "postgres": _POSTGRESQL,
    "postgresql": _POSTGRESQL,
    _POSTGRESQL: _POSTGRESQL,
}


def database_url(text: str) -> str:
    """Bring the address of a database into the one form that the store opens.

    Args:
        text: `sqlite:///path/to/file.db` (a relative path starts at the working folder) or
            `postgresql://user:password@host/name`.

    Raises:
        ValueError: It is neither, or a register that would be lost; the text itself, which may
            hold a password, is not repeated.
    """
    try:
        url = make_url(text)
    except (ArgumentError, ValueError):
        raise ValueError(
            "is not an address like sqlite:///path or postgresql://host/name"
        ) from None
    if url.drivername not in _DRIVERS:
        raise ValueError("must begin with sqlite:/// or postgresql://")
    url = url.set(drivername=_DRIVERS[url.drivername])
    return _text(_with_absolute_path(url) if url.drivername == "sqlite" else url)


def redacted(url: str) -> str:
    """The address of a database as it may be printed: without password and options."""
    return make_url(url).set(query={}).render_as_string(hide_password=True)


def _text(url: URL) -> str:
    return url.render_as_string(hide_password=False)


def _with_absolute_path(url: URL) -> URL:
    path = url.database or ":memory:"
    if path == ":memory:" or path.startswith("file:"):
        raise ValueError("must name a file by its plain path; a register in memory would be lost")
    return url.set(database=str(_absolute(Path(path))))


def _absolute(path: Path) -> Path:
    return path.expanduser().absolute()


def _is_loopback(host: str) -> bool:
    return host == "localhost" or _is_loopback_number(host)


def _is_loopback_number(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _https(text: str) -> SplitResult:
    """Take an address apart that is https, or http on this machine."""
    try:
        parts = urlsplit(text)
        host, _port = parts.hostname or "", parts.port
    except ValueError:
        raise ValueError("is not an address like https://name/path") from None
    if parts.scheme not in ("https", "http") or not host or parts.username or parts.fragment:
        raise ValueError("is not an address like https://name/path")
    if parts.scheme == "http" and not _is_loopback(host):
        raise ValueError("must begin with https://, or lead to this machine")
    return parts


def _metadata_url(text: str) -> str:
    return _https(text).geturl()


def _public_url(text: str) -> str:
    parts = _https(text)
    if parts.path.strip("/") or parts.query:
        raise ValueError("must name scheme, host and port only, like https://holdpoint.example")
    return f"{parts.scheme}://{parts.netloc}"


def _cookie_secret(secret: SecretStr) -> SecretStr:
    text = secret.get_secret_value()
    if len(text) < _COOKIE_SECRET_LEAST:
        raise ValueError(f"must have at least {_COOKIE_SECRET_LEAST} characters")
    known = any(word in text.lower() for word in _PLACEHOLDERS)
    if known or len(set(text)) < _COOKIE_SECRET_SIGNS:
        raise ValueError("is a placeholder; make one: openssl rand -hex 32")
    return secret


def _role_pairs(text: str) -> Iterator[tuple[str, Role]]:
    for pair in filter(None, (part.strip() for part in text.split(";"))):
        group, _, role = pair.rpartition("=")
        if not group.strip() or role.strip() not in list(Role):
            known = ", ".join(Role)
            raise ValueError(f"must be like “group=role; group=role”; the roles are {known}")
        yield group.strip(), Role(role.strip())


def _roles_by_group(text: str) -> str:
    return "; ".join(f"{group}={role}" for group, role in _role_pairs(text))


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _user_data_folder() -> Path:
    return user_data_path("holdpoint", appauthor=False)


DatabaseUrl = Annotated[str, AfterValidator(database_url)]
DataFolder = Annotated[Path, AfterValidator(_absolute)]
MetadataUrl = Annotated[str, AfterValidator(_metadata_url)]
PublicUrl = Annotated[str, AfterValidator(_public_url)]
CookieSecret = Annotated[SecretStr, AfterValidator(_cookie_secret)]
RolesByGroup = Annotated[str, AfterValidator(_roles_by_group)]
LogLevel = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)]


_FOR_OIDC: Final = (
    *("oidc_metadata_url", "oidc_client_id", "oidc_client_secret", "oidc_cookie_secret"),
)


class Settings(BaseSettings):
    """What the environment says; `load_settings` makes it and explains a bad value.

    Attributes:
        database_url: The register; None stands for a file in the data folder.
        data_dir: Folder of the registers kept on this machine, absolute; made when first needed.
        sign_in: `local`: nobody signs in, for one person on one machine. `oidc`: everybody signs
            in with an OpenID Connect provider.
        public_url: The address that people type, such as `https://holdpoint.example`; the provider
            must know it with `/oauth2callback` behind it.
        oidc_metadata_url: The provider's discovery document, ending in
            `/.well-known/openid-configuration`.
        oidc_client_id: Our name at the provider; a sign-in meant for another one is refused.
        oidc_client_secret: Our secret at the provider; never shown.
        oidc_cookie_secret: Signs the cookies of whoever signed in, at least 32 characters; never
            shown. A new one signs everybody out.
        oidc_claim: The claim that names a person: `email` (refused where the provider says that
            it is not verified), `sub` or `preferred_username`.
        oidc_roles_claim: The claim that lists groups, such as `groups`; roles then come from the
            provider at each sign-in, and no longer from the register.
        oidc_roles: Which group gives which role, such as `safety=reviewer; leads=policy lead`.
        sign_in_hours: Hours for which a sign-in lasts, 1 to 168; the provider is then asked anew.
        address: Where the dashboard listens; only on this machine while nobody signs in.
        port: TCP port of the dashboard, 1 to 65535.
        log_level: The least severe message that is logged.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, hide_input_in_errors=True
    )

    database_url: DatabaseUrl | None = Field(default=None, repr=False)
    data_dir: DataFolder = Field(default_factory=_user_data_folder)
    sign_in: Literal["local", "oidc"] = "local"
    public_url: PublicUrl | None = None
    oidc_metadata_url: MetadataUrl | None = None
    oidc_client_id: str | None = None
    oidc_client_secret: SecretStr | None = None
    oidc_cookie_secret: CookieSecret | None = None
    oidc_claim: Literal["email", "sub", "preferred_username"] = "email"
    oidc_roles_claim: str | None = None
    oidc_roles: RolesByGroup | None = None
    sign_in_hours: int = Field(default=12, ge=1, le=168)
    address: str = "127.0.0.1"
    port: int = Field(default=8501, ge=1, le=65535)
    log_level: LogLevel = "INFO"

    @field_validator("public_url", *_FOR_OIDC)
    @classmethod
    def _needed_to_sign_in(cls, value: object, info: ValidationInfo) -> object:
        mode = info.data.get("sign_in")
        if value is None and mode == "oidc":
            raise ValueError("is needed where HOLDPOINT_SIGN_IN is oidc")
        if value is not None and mode == "local" and info.field_name in _FOR_OIDC:
            raise ValueError("does nothing while HOLDPOINT_SIGN_IN is local; set that to oidc")
        return value

    @field_validator("oidc_roles")
    @classmethod
    def _roles_need_their_claim(cls, value: str | None, info: ValidationInfo) -> str | None:
        if bool(value) != bool(info.data.get("oidc_roles_claim")):
            raise ValueError("and HOLDPOINT_OIDC_ROLES_CLAIM are set together or not at all")
        return value

    @field_validator("address")
    @classmethod
    def _reachable_only_with_sign_in(cls, value: str, info: ValidationInfo) -> str:
        if _is_loopback(value):
            return value
        if info.data.get("sign_in") == "local":
            raise ValueError(
                "must be of this machine (127.0.0.1, ::1 or localhost): nobody signs in "
                "(HOLDPOINT_SIGN_IN), so whoever can connect could act in anybody's name"
            )
        if str(info.data.get("public_url")).startswith("http://"):
            raise ValueError(
                "may be reached by others only where HOLDPOINT_PUBLIC_URL begins with https://"
            )
        return value

    @property
    def signs_in(self) -> bool:
        """Whether people sign in with a provider."""
        return self.sign_in == "oidc"

    def sign_in_policy(self) -> SignInPolicy:
        """Return what a sign-in must fulfil."""
        return SignInPolicy(
            claim=self.oidc_claim,
            audience=self.oidc_client_id or "",
            longest=timedelta(hours=self.sign_in_hours),
            roles_claim=self.oidc_roles_claim,
            roles=tuple(_role_pairs(self.oidc_roles or "")),
        )

    def register_url(self) -> str:
        """Which register is meant: the one named, else `register.db` if it exists, else `demo.db`.

        The password is in it; print `redacted(url)`.
        """
        if self.database_url is not None:
            return self.database_url
        own = self.data_dir / REGISTER_FILE
        return _sqlite_url(own if own.exists() else self.data_dir / DEMO_FILE)

    def own_register_url(self) -> str:
        """Where "Start my own register" puts the register; the demo's file stays beside it."""
        return _sqlite_url(self.data_dir / REGISTER_FILE)

    def demo_register_url(self) -> str:
        """Where the demo portfolio lives unless a database is named."""
        return _sqlite_url(self.data_dir / DEMO_FILE)

    def prepare_data_dir(self) -> Path:
        """Make the data folder if it is missing, readable by its owner only, and return it.

        Raises:
            InvalidInput: The folder cannot be made or written to.
        """
        try:
            self.data_dir.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError as error:
            raise self._unusable_data_dir(f"cannot be made ({error.strerror})") from error
        if not os.access(self.data_dir, os.W_OK | os.X_OK):
            raise self._unusable_data_dir("cannot be written to")
        return self.data_dir

    def _unusable_data_dir(self, problem: str) -> InvalidInput:
        return InvalidInput(
            {_variable("data_dir"): f"the folder {self.data_dir} {problem}"},
            "Name a folder of your own, or a database with HOLDPOINT_DATABASE_URL.",
        )

    def shown(self) -> dict[str, str]:
        """Each setting by the name of its variable, as it may be printed: no password."""
        plain = {_variable(name): str(getattr(self, name)) for name in Settings.model_fields}
        return plain | {_variable("database_url"): redacted(self.register_url())}


def _sqlite_url(path: Path) -> str:
    return _text(URL.create("sqlite", database=str(path)))


def _variable(field: str) -> str:
    return f"{PREFIX}{field.upper()}"


def load_settings() -> Settings:
    """Read the environment and check it whole.

    Raises:
        InvalidInput: A value is not acceptable, or a `HOLDPOINT_*` name is unknown, which is
            nearly always a slip that would otherwise open another register than the one meant.
    """
    problems = _unknown_names()
    try:
        settings = Settings()
    except ValidationError as error:
        problems |= {_variable(str(e["loc"][0])): _plain(e["msg"]) for e in error.errors()}
        settings = None
    if settings is None or problems:
        raise InvalidInput(problems, "Correct the environment and start again.")
    return settings


def _unknown_names() -> dict[str, str]:
    known = [_variable(name) for name in Settings.model_fields]
    given = [name for name in os.environ if name.upper().startswith(PREFIX)]
    return {name: _advice(name, known) for name in given if name.upper() not in known}


def _advice(name: str, known: list[str]) -> str:
    near = get_close_matches(name.upper(), known, n=1)
    return (
        f"is no setting; did you mean {near[0]}?"
        if near
        else (f"is no setting; there are {', '.join(known)}")
    )


def _plain(message: str) -> str:
    return message.removeprefix("Value error, ")
