"""Writes the documents that say what the code says: the command and the roles.

`make docs` writes them; tests/docs/test_generated.py compares them with what stands in `docs/`.
"""

import re
import sys
from collections.abc import Iterator, Mapping
from enum import EnumType
from inspect import cleandoc
from pathlib import Path
from typing import Any, Final, get_args

from typer.core import TyperGroup
from typer.main import get_command

from tracker.cli.app import app
from tracker.cli.findings import KINDS
from tracker.cli.keys import COMMANDS
from tracker.domain.roles import BARRED_FOR_LAUNCH_OWNER, Action, allows
from tracker.domain.words import LaunchRoleName, Role
from tracker.settings import Settings, load_settings

DOCS: Final = Path(__file__).resolve().parents[1] / "docs"
WRITTEN_BY: Final = "<!-- Written by `make docs` from the code; do not edit by hand. -->"
MAY, BARRED, MAY_NOT = "yes", "no, even with another role", "–"

EXIT_CODES: Final[Mapping[int, str]] = {
    0: "done; for `check` and `verify`: no error found; for `status`: Ready",
    1: "Holdpoint itself failed: a reference, with the details in `errors.log` of the data folder "
    "(and on screen with `HOLDPOINT_LOG_LEVEL=DEBUG`)",
    2: "refused: one line says what is wrong and what to do; nothing was changed. "
    "For `check` and `verify`: an error was found",
    3: "only `status`: Ready with conditions, or a deployment covered with a reserve",
    4: "only `status`: Not ready, or no decision covers the deployment",
    130: "interrupted",
    141: "whoever read the output closed it, as `head` does",
}

ABOUT_THE_COMMAND: Final = """\
`python -m tracker` is the same command. Every read takes `--json`: its keys are stable, numbers
are unrounded, equal registers give equal output. Without a terminal there are no colours and
nothing is cut. A date is a day in UTC; it ends at 24:00."""

HOW_ERRORS_LOOK: Final = """\
An error is one line on standard error, beginning with `error:`. An import names every bad place of
its files in a line of its own."""

WHICH_REGISTER: Final = """\
Without `HOLDPOINT_DATABASE_URL` commands open `register.db` in the data folder where it exists,
else `demo.db`. `holdpoint init` makes the one, `holdpoint demo` the other."""

ABOUT_ROLES: Final = """\
Services check this table (`tracker/domain/roles.py`) before every act, whichever way it comes in.
A person holds roles in the register and may hold one role on a launch; what any of them allows is
allowed. Who the acting person really is, a [sign-in](sign-in.md) says; in local mode and on the
command line nobody checks it, and screens and exports say so."""

BEYOND_ROLES: Final = """\
- One person holds at most one of launch owner, responsible officer and approver on a launch.
- Whoever decided a scope question, asked to close a risk or owns a mitigation does not confirm,
  close or verify it: somebody else does.
- What could better a verdict without new evidence or work takes two people, the second of them not
  the launch owner: replacing who holds a role on a launch, taking a mandatory mark away, a
  must-pass gate that was written after its evidence, another meaning of a metric that gates read, a
  lower determination, withdrawing a gate, closing a risk, leaving a policy area out.
- An assessment by the launch owner alone leaves its risk UNASSESSED.
- An inactive person may do nothing."""


def table(heading: tuple[str, ...], rows: Iterator[tuple[str, ...]]) -> str:
    """Return a Markdown table; bars inside cells are escaped."""
    lines = [heading, tuple("---" for _ in heading), *rows]
    return "\n".join(f"| {' | '.join(_cell(cell) for cell in line)} |" for line in lines)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())


def cli_page() -> str:
    """Return `docs/cli.md`."""
    group = get_command(app)
    if not isinstance(group, TyperGroup):
        raise TypeError("the command has no sub-commands")
    parts = [
        WRITTEN_BY,
        "# The command `holdpoint`",
        ABOUT_THE_COMMAND,
        "## Exit codes",
        table(("Code", "Meaning"), ((f"`{code}`", text) for code, text in EXIT_CODES.items())),
        HOW_ERRORS_LOOK,
        "## Settings",
        "From the environment, checked at start; a name that is not listed here is refused.",
        table(("Variable", "Meaning", "Without it"), _settings()),
        WHICH_REGISTER,
        *(_command(name, command) for name, command in _commands(group)),
    ]
    return "\n\n".join(parts) + "\n"


def _commands(group: TyperGroup, before: str = "") -> Iterator[tuple[str, Any]]:
    """Yield every command with its name, those of a group after the group's name."""
    for name, command in group.commands.items():
        if isinstance(command, TyperGroup):
            yield from _commands(command, f"{before}{name} ")
        else:
            yield f"{before}{name}", command


def _settings() -> Iterator[tuple[str, str, str]]:
    listed = cleandoc(Settings.__doc__ or "").partition("Attributes:")[2]
    meanings = dict(re.findall(r"(?m)^ {4}(\w+): (.*(?:\n {8}.*)*)", listed))
    for name, field in Settings.model_fields.items():
        usual = field.get_default() if not field.default_factory else None
        shown = f"`{usual}`" if usual is not None else _WITHOUT[name]
        yield f"`HOLDPOINT_{name.upper()}`", meanings[name], shown


_WITHOUT: Final = {
    "database_url": "a file in the data folder",
    "data_dir": "the user's data folder of the system",
    "public_url": "needed to sign in",
    "oidc_metadata_url": "needed to sign in",
    "oidc_client_id": "needed to sign in",
    "oidc_client_secret": "needed to sign in",
    "oidc_cookie_secret": "needed to sign in",
    "oidc_roles_claim": "the register says who has which role",
    "oidc_roles": "the register says who has which role",
}


def _command(name: str, command: Any) -> str:
    usage = " ".join(["holdpoint", name, *(_usage(param) for param in command.params)])
    parts = [
        f"## `holdpoint {name}`",
        cleandoc(command.help),
        f"```\n{usage}\n```",
        *_parameters(command),
        *(
            f"{title} in `--json`:\n\n"
            + table(("Key", "Meaning"), ((f"`{key}`", text) for key, text in listed.items()))
            for title, listed in COMMANDS.get(name, {}).items()
        ),
    ]
    if name == "check":
        kinds = table(("Id", "Meaning"), ((f"`{key}`", text) for key, text in KINDS.items()))
        parts.append(f"Findings (E error, W warning, I information):\n\n{kinds}")
    return "\n\n".join(parts)


def _usage(param: Any) -> str:
    if param.param_type_name == "argument":
        return str(param.metavar or param.name.upper())
    shown = param.opts[-1] if param.is_flag else f"{param.opts[-1]} {_value(param)}"
    return shown if param.required else f"[{shown}]"


def _value(param: Any) -> str:
    return str(param.metavar or param.name.strip("_").upper())


def _choices(param: Any) -> list[str]:
    annotation = param.type_descriptor.annotation
    kind = next(iter(get_args(annotation)), annotation)
    return [f"`{choice}`" for choice in kind] if isinstance(kind, EnumType) else []


def _parameters(command: Any) -> Iterator[str]:
    rows = [_parameter(param) for param in command.params]
    if rows:
        yield table(("Option", "Meaning", "Without it"), iter(rows))


def _parameter(param: Any) -> tuple[str, str, str]:
    if param.param_type_name == "argument":
        return f"`{param.metavar}`", param.help or "", "required"
    flags = ", ".join(f"`{flag}`" for flag in param.opts)
    usual = "required" if param.required else _usual(param)
    choices = _choices(param)
    return flags, f"{param.help} {'One of ' if choices else ''}{', '.join(choices)}", usual


def _usual(param: Any) -> str:
    default = param.default
    return f"`{default}`" if isinstance(default, str) and default else "–"


def roles_page() -> str:
    """Return `docs/roles.md`."""
    roles = [*Role, *LaunchRoleName]
    parts = [
        WRITTEN_BY,
        "# Who may do what",
        ABOUT_ROLES,
        "## Roles in the register, and on a launch",
        table(
            ("Action", *(_role(role) for role in roles)),
            ((action.value, *(cell(action, role) for role in roles)) for action in Action),
        ),
        "“approver” stands twice: as a role in the register, and on one launch.",
        f"“{BARRED}”: a launch owner may not do it on the own launch, whatever else they are.",
        "## Beyond the table",
        BEYOND_ROLES,
    ]
    return "\n\n".join(parts) + "\n"


def cell(action: Action, role: Role | LaunchRoleName) -> str:
    """Return what stands at one place of the table of roles."""
    if role is LaunchRoleName.LAUNCH_OWNER and action in BARRED_FOR_LAUNCH_OWNER:
        return BARRED
    return MAY if allows(action, role) else MAY_NOT


def _role(role: Role | LaunchRoleName) -> str:
    return f"{role.value} (launch)" if isinstance(role, LaunchRoleName) else role.value


PAGES: Final = {"cli.md": cli_page, "roles.md": roles_page}


def main() -> None:
    """Write every page that changed."""
    load_settings()
    for name, page in PAGES.items():
        content = page()
        target = DOCS / name
        if not target.exists() or target.read_text(encoding="utf-8") != content:
            target.write_text(content, encoding="utf-8")
            sys.stdout.write(f"wrote docs/{name}\n")


if __name__ == "__main__":
    main()
