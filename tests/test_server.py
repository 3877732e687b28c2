"""The server itself, as a process of its own, started from a folder that is not the project's."""

import asyncio
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
import zipfile
from collections.abc import Generator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from email.message import Message as Headers
from pathlib import Path

import pytest
from pydantic import SecretStr
from starlette.responses import PlainTextResponse
from starlette.types import Message, Receive, Scope, Send
from streamlit.testing.v1 import AppTest

from tests.databases import sqlite_template
from tracker.server import (
    Guard,
    PortBusy,
    entry_script,
    require_free_port,
    security_headers,
    sign_in_secrets,
)
from tracker.settings import Settings

START = (
    "from tracker.settings import load_settings; from tracker.server import run_server; "
    "run_server(load_settings())"
)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Headers
    body: str


def _ask(url: str) -> Answer:
    try:
        with urllib.request.urlopen(url, timeout=10) as response:
            return Answer(response.status, response.headers, response.read().decode())
    except urllib.error.HTTPError as error:
        return Answer(error.code, error.headers, error.read().decode())


@dataclass
class Running:
    """A server process and where it listens."""

    process: subprocess.Popen[str]
    url: str
    port: int
    register: Path


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Generator[Running]:
    folder = tmp_path_factory.mktemp("server")
    register = sqlite_template(folder, cast=True)
    port = _free_port()
    environment = {
        **os.environ,
        "HOLDPOINT_DATABASE_URL": f"sqlite:///{register}",
        "HOLDPOINT_PORT": str(port),
    }
    process = subprocess.Popen(
        [sys.executable, "-c", START],
        cwd=folder,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    url = f"http://127.0.0.1:{port}"
    until = time.monotonic() + 60
    while time.monotonic() < until:
        try:
            urllib.request.urlopen(f"{url}/healthz", timeout=2).close()
            break
        except OSError:
            time.sleep(0.2)
    yield Running(process, url, port, register)
    process.terminate()
    process.communicate(timeout=20)


def test_health_says_that_the_register_opens(running: Running) -> None:
    answer = _ask(f"{running.url}/healthz")
    assert answer.status == 200
    assert json.loads(answer.body)["status"] == "ok"


def test_the_page_is_served_with_the_project_s_configuration_and_security_headers(
    running: Running,
) -> None:
    headers = _ask(running.url).headers
    policy = headers["content-security-policy"]
    assert "frame-ancestors 'none'" in policy
    assert "'unsafe-eval'" not in policy.replace("'wasm-unsafe-eval'", "")
    script = next(part for part in policy.split("; ") if part.startswith("script-src"))
    assert "'unsafe-inline'" not in script
    assert "'sha256-" in script
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"


@pytest.mark.parametrize("path", ["/_stcore/metrics", "/_stcore/metrics/"])
def test_the_process_s_metrics_are_told_to_nobody(running: Running, path: str) -> None:
    assert _ask(f"{running.url}{path}").status == 404


def test_the_server_listens_on_this_machine_only(running: Running) -> None:
    require_free_port("127.0.0.2", running.port)  # taken, if it listened on every interface
    with pytest.raises(PortBusy):
        require_free_port("127.0.0.1", running.port)


def test_a_busy_port_is_refused_in_one_clear_line(running: Running) -> None:
    with pytest.raises(PortBusy, match=f"Port {running.port} on 127.0.0.1 is not available"):
        require_free_port("127.0.0.1", running.port)


def test_a_free_port_is_accepted() -> None:
    require_free_port("127.0.0.1", _free_port())


def test_health_fails_when_the_register_cannot_be_opened(tmp_path: Path) -> None:
    port = _free_port()
    environment = {
        **os.environ,
        "HOLDPOINT_DATABASE_URL": f"sqlite:///{tmp_path / 'missing.db'}",
        "HOLDPOINT_PORT": str(port),
    }
    with subprocess.Popen(
        [sys.executable, "-c", START], cwd=tmp_path, env=environment, stderr=subprocess.DEVNULL
    ) as process:
        answer = _answer_within(f"http://127.0.0.1:{port}/healthz")
        process.terminate()
    assert answer.status == 503
    assert json.loads(answer.body) == {"status": "failing", "why": "StoreError"}


def _answer_within(url: str, seconds: float = 60) -> Answer:
    until = time.monotonic() + seconds
    while True:
        try:
            return _ask(url)
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.2)


def test_the_entry_of_a_clone_stands_at_its_root() -> None:
    assert entry_script() == Path(__file__).resolve().parents[1] / "app.py"


def test_each_inline_script_of_the_page_is_allowed_by_its_own_hash() -> None:
    page = "<script>one()</script><script src='x'></script><script>two()</script>"
    policy = security_headers(page)["content-security-policy"]
    assert policy.count("'sha256-") == 2


def _breaks() -> None:
    from tracker.server import show_reference

    show_reference(ValueError("the text of a secret risk"))


def test_an_unexpected_error_shows_a_reference_that_the_log_has_with_the_details(
    caplog: pytest.LogCaptureFixture,
) -> None:
    told = AppTest.from_function(_breaks).run().error[0].value
    logged = [record for record in caplog.records if record.name == "tracker.server"]
    assert "secret" not in told
    assert logged[0].getMessage().rpartition(" ")[2] in told
    assert logged[0].exc_info


async def _hello(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {"X-Frame-Options": "ALLOWALL", "X-Own": "kept"}
    await PlainTextResponse("hello", headers=headers)(scope, receive, send)


def _through_the_guard(path: str) -> tuple[int, list[tuple[bytes, bytes]]]:
    """Ask the guarded application for a path, and return status and headers."""
    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": path, "headers": []}
    # In a thread of its own: the browser's driver keeps a loop running in this one.
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, Guard(_hello)(scope, receive, send)).result()
    return sent[0]["status"], sent[0]["headers"]


def test_the_guard_replaces_weaker_headers_and_keeps_the_others() -> None:
    status, headers = _through_the_guard("/")
    assert status == 200
    assert [value for name, value in headers if name == b"x-frame-options"] == [b"DENY"]
    assert (b"x-own", b"kept") in headers


def test_the_guard_answers_no_question_about_the_process() -> None:
    status, headers = _through_the_guard("/_stcore/metrics")
    assert status == 404
    assert b"content-security-policy" in dict(headers)


def test_with_a_public_https_address_cookies_never_travel_without_it() -> None:
    for secure, expected in ((True, b"user=1; HttpOnly; Secure"), (False, b"user=1; HttpOnly")):
        sent: list[Message] = []

        async def send(message: Message, sent: list[Message] = sent) -> None:
            sent.append(message)

        async def receive() -> Message:
            return {"type": "http.request", "body": b"", "more_body": False}

        scope = {"type": "http", "method": "GET", "path": "/", "headers": []}
        guard = Guard(_with_cookie, secure=secure)
        with ThreadPoolExecutor(1) as pool:
            pool.submit(asyncio.run, guard(scope, receive, send)).result()
        assert (b"set-cookie", expected) in sent[0]["headers"]


async def _with_cookie(scope: Scope, receive: Receive, send: Send) -> None:
    headers = {"set-cookie": "user=1; HttpOnly"}
    await PlainTextResponse("hello", headers=headers)(scope, receive, send)


def test_secrets_reach_streamlit_from_the_settings_and_only_for_sign_in() -> None:
    assert sign_in_secrets(Settings()) is None
    settings = Settings(
        sign_in="oidc",
        public_url="https://holdpoint.example",
        oidc_metadata_url="https://id.example/.well-known/openid-configuration",
        oidc_client_id="holdpoint",
        oidc_client_secret=SecretStr("c1ient-s3cret"),
        oidc_cookie_secret=SecretStr("0f1e2d3c4b5a69788796a5b4c3d2e1f0"),
    )
    assert sign_in_secrets(settings) == {
        "auth": {
            "redirect_uri": "https://holdpoint.example/oauth2callback",
            "cookie_secret": "0f1e2d3c4b5a69788796a5b4c3d2e1f0",
            "client_id": "holdpoint",
            "client_secret": "c1ient-s3cret",
            "server_metadata_url": "https://id.example/.well-known/openid-configuration",
        }
    }


ASK_CONFIG = """
from streamlit import config
from tracker.server import entry_script, make_app
from tracker.settings import load_settings
make_app(load_settings())
print(entry_script())
print(config.get_option("theme.dark.primaryColor"), config.get_option("client.toolbarMode"))
"""


def test_an_installed_wheel_brings_its_entry_and_its_configuration(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[1]
    build = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(tmp_path)]
    subprocess.run(build, cwd=root, check=True, capture_output=True)
    installed = tmp_path / "installed"
    zipfile.ZipFile(next(tmp_path.glob("*.whl"))).extractall(installed)
    told = subprocess.run(
        [sys.executable, "-c", ASK_CONFIG],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(installed)},
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    assert told == [f"{installed / 'tracker' / '_bundle' / 'app.py'}", "#386BEB viewer"]
