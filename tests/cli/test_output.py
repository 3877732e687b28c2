"""Whatever the register holds, the output shows it and does nothing else."""

import contextlib
import os
import pty
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cli.commands import Command, clean_environment
from tests.cli.test_creating import new_launch

HOSTILE = [
    '=HYPERLINK("http://example.test","click")',
    "<script>alert(1)</script>",
    "[red]not red[/red] [link=http://example.test]x[/link]",
    ":warning: :smile: | a | b |",
    "a\u202egnol\u2066x",
    "עברית and \u200fmarks",
    "👩‍🔬 naïve ‮",
    "w" * 200,
]

MARKS = set("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_is_shown_letter_by_letter(demo: Command, name: str) -> None:
    assert new_launch(demo, name=name).code == 0
    listed = demo("launches", "--json")
    (launch,) = [one for one in listed.json() if one["launch"] == "o9-2027-01"]
    assert launch["name"] == name
    shown = demo("show", "o9-2027-01").out
    plain = "".join(f"\\u{ord(c):04x}" if c in MARKS else c for c in name)
    assert plain in shown
    for out in (listed.out, shown):
        assert not set(out) & MARKS
        assert "\x1b" not in out


def on_terminal(arguments: list[str], env: dict[str, str]) -> str:
    """Run a command with a terminal as its output; return all that it wrote there."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(arguments, stdout=theirs, stderr=theirs, env=env):
        os.close(theirs)
        seen = b"".join(parts_of(ours))
    os.close(ours)
    return seen.decode()


def parts_of(terminal: int) -> Iterator[bytes]:
    """Read until the other side is closed, which Linux tells by an error and others by nothing."""
    with contextlib.suppress(OSError):
        while part := os.read(terminal, 65536):
            yield part


@pytest.mark.parametrize("no_color", [False, True])
def test_a_terminal_gets_colours_unless_it_asks_for_none(demo_file: Path, no_color: bool) -> None:
    env = clean_environment() | {
        "HOLDPOINT_DATABASE_URL": f"sqlite:///{demo_file}",
        "TERM": "xterm-256color",
        "COLUMNS": "80",
    }
    env.pop("NO_COLOR", None)
    if no_color:
        env["NO_COLOR"] = "1"
    seen = on_terminal([sys.executable, "-m", "tracker", "rank", "--top", "8"], env)
    assert "UNASSESSED" in seen
    assert "Critical" in seen
    assert ("\x1b[1;31mCritical" in seen) == (not no_color)
