"""`serve`: prepares a register, or refuses it, before anything listens."""

import os
import pty
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.cli.commands import Command, clean_environment

PATIENCE_SECONDS = 90


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@contextmanager
def served(home: Path, *more: str) -> Generator[tuple[int, "subprocess.Popen[str]"]]:
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "serve", "--port", str(port), "--no-browser", *more],
        env=clean_environment() | {"HOLDPOINT_DATA_DIR": str(home)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        wait_until_healthy(port, process)
        yield port, process
    finally:
        process.kill()
        process.communicate()


def wait_until_healthy(port: int, process: "subprocess.Popen[str]") -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < end:
        assert process.poll() is None, process.communicate()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=2) as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
    raise AssertionError(f"no answer within {PATIENCE_SECONDS} seconds")


def test_an_empty_home_gets_the_demo_and_the_dashboard_listens(tmp_path: Path) -> None:
    home = tmp_path / "data"
    with served(home) as (port, process):
        assert (home / "demo.db").exists()
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=10) as page:
            assert b"<html" in page.read()
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert f"http://localhost:{port} (local mode, identity not authenticated)" in out
    assert "Traceback" not in err


def test_the_demo_is_served_beside_a_register_of_ones_own(
    command: Command, demo_file: Path, home: Path
) -> None:
    command("init")
    shutil.copy(demo_file, home / "demo.db")
    own = (home / "register.db").read_bytes()
    with served(home, "--demo") as (_port, process):
        process.send_signal(signal.SIGINT)
        out, _err = process.communicate(timeout=30)
    assert "demo.db" in out
    assert (home / "register.db").read_bytes() == own


def test_whoever_sits_at_a_screen_gets_a_browser_once_the_dashboard_answers(
    demo_file: Path, tmp_path: Path
) -> None:
    browser, opened = tmp_path / "browser", tmp_path / "opened"
    browser.write_text(f'#!/bin/sh\necho "$1" > {opened}\n')
    browser.chmod(0o700)
    port = free_port()
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [sys.executable, "-m", "tracker", "serve", "--port", str(port)],
        env=clean_environment()
        | {
            "HOLDPOINT_DATABASE_URL": f"sqlite:///{demo_file}",
            "DISPLAY": ":0",
            "BROWSER": str(browser),
        },
        stdout=theirs,
        stderr=theirs,
        text=True,
    )
    try:
        wait_until_healthy(port, process)
        end = time.monotonic() + 10
        while not (opened.exists() and opened.read_text()) and time.monotonic() < end:
            time.sleep(0.1)
        assert opened.read_text() == f"http://localhost:{port}\n"
    finally:
        process.kill()
        process.wait()
        os.close(ours)
        os.close(theirs)


def test_a_register_that_this_release_cannot_open_is_not_served(demo: Command, home: Path) -> None:
    with sqlite3.connect(home / "demo.db") as connection:
        connection.execute("UPDATE holdpoint_schema SET version_num = '9999'")
    assert "newer release" in demo("serve").refusal()


def test_an_older_register_is_not_served_but_its_command_is_named(
    demo: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.store.schema.head", lambda: "later")
    assert "Run: holdpoint migrate" in demo("serve").refusal()


def test_a_port_that_is_taken_is_said(demo: Command) -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = str(other.getsockname()[1])
        ran = demo("serve", "--port", port, "--no-browser")
    assert ran.code == 2
    assert f"Port {port} on 127.0.0.1 is not available" in ran.err
    assert "--port" in ran.err


@pytest.mark.parametrize(
    ("more", "said"),
    [(("--address", "0.0.0.0"), "nobody signs in"), (("--port", "70000"), "--port")],
)
def test_an_address_that_others_reach_or_no_port_is_refused(
    command: Command, home: Path, more: tuple[str, ...], said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDPOINT_ADDRESS", "127.0.0.1")
    assert said in command("serve", *more).refusal()
    assert not home.exists()
