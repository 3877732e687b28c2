"""Settings from the environment (`HOLDPOINT_*`), checked once at start."""

import os
from difflib import get_close_matches
from ipaddress import ip_address
from pathlib import Path
from typing import Annotated, Literal

from platformdirs import user_data_path
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict
from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from tracker.domain.errors import InvalidInput

PREFIX = "HOLDPOINT_"
REGISTER_FILE = "register.db"
DEMO_FILE = "demo.db"

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


def _loopback(address: str) -> str:
    if address != "localhost" and not _is_loopback_number(address):
        raise ValueError(
            "must be of this machine (127.0.0.1, ::1 or localhost): nobody signs in yet, so whoever"
            " can connect could act in anybody's name"
        )
    return address


def _is_loopback_number(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _upper(value: object) -> object:
    return value.upper() if isinstance(value, str) else value


def _user_data_folder() -> Path:
    return user_data_path("holdpoint", appauthor=False)


DatabaseUrl = Annotated[str, AfterValidator(database_url)]
DataFolder = Annotated[Path, AfterValidator(_absolute)]
LoopbackAddress = Annotated[str, AfterValidator(_loopback)]
LogLevel = Annotated[Literal["DEBUG", "INFO", "WARNING", "ERROR"], BeforeValidator(_upper)]


class Settings(BaseSettings):
    """What the environment says; `load_settings` makes it and explains a bad value.

    Attributes:
        database_url: The register; None stands for a file in the data folder.
        data_dir: Folder of the registers kept on this machine, absolute; made when first needed.
        address: Where the dashboard listens; only on this machine while nobody signs in.
        port: TCP port of the dashboard, 1 to 65535.
        log_level: The least severe message that is logged.
    """

    model_config = SettingsConfigDict(
        env_prefix=PREFIX, env_ignore_empty=True, frozen=True, hide_input_in_errors=True
    )

    database_url: DatabaseUrl | None = Field(default=None, repr=False)
    data_dir: DataFolder = Field(default_factory=_user_data_folder)
    address: LoopbackAddress = "127.0.0.1"
    port: int = Field(default=8501, ge=1, le=65535)
    log_level: LogLevel = "INFO"

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
