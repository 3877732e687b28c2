"""Running the command in tests: inside this process for speed, or as people start it."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

TODAY = date(2026, 11, 24)
AT = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)


@dataclass(frozen=True)
class Ran:
    """What a command gave back."""

    code: int
    out: str
    err: str

    def json(self) -> Any:
        """Its output as JSON, once it ended well and said nothing else."""
        assert (self.code, self.err) == (0, "")
        return json.loads(self.out)

    def refusal(self) -> str:
        """The one line on standard error of a command that refused."""
        assert (self.code, self.out) == (2, "")
        assert self.err.startswith("error: ")
        assert self.err.count("\n") == 1
        assert self.err.endswith("\n")
        return self.err.removeprefix("error: ").strip()


Command = Callable[..., Ran]


def shell(
    *arguments: str, env: Mapping[str, str], cwd: Path | None = None, program: str = "holdpoint"
) -> Ran:
    """Run the installed command as a program of its own."""
    start = {
        "holdpoint": [str(Path(sys.executable).with_name("holdpoint"))],
        "module": [sys.executable, "-m", "tracker"],
    }[program]
    ran = subprocess.run(
        [*start, *arguments],
        env=clean_environment() | dict(env),
        cwd=cwd,
        capture_output=True,
        text=True,
        check=False,
        stdin=subprocess.DEVNULL,
    )
    return Ran(ran.returncode, ran.stdout, ran.stderr)


def clean_environment() -> dict[str, str]:
    """The environment without settings of the machine that runs the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("HOLDPOINT_")}
