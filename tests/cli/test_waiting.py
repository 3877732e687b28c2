"""`inbox` and `digest`: what waits for people, printed or sent to a real server."""

import json
import shutil
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.cast import NOW
from tests.cli.registers import own_register
from tests.factories import AURORA, a_launch, a_risk
from tracker.cli.digest_json import BLOCKS, digest
from tracker.domain.review_state import InboxItem
from tracker.domain.review_words import InboxKind, WithheldClass

DAY = ("--today", NOW.date().isoformat())
SECRET = "Recipe with household bleach"


@dataclass
class Webhook:
    """A server on this machine that keeps what it is sent."""

    url: str = ""
    status: int = 200
    got: list[tuple[str, str, Any]] = field(default_factory=list[tuple[str, str, Any]])


@contextmanager
def a_webhook() -> Generator[Webhook]:
    hook = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            hook.got.append((self.path, self.headers["Content-Type"], json.loads(body)))
            self.send_response(hook.status)
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            """Say nothing."""

    server = HTTPServer(("127.0.0.1", 0), Handler)
    hook.url = f"http://127.0.0.1:{server.server_port}/services/T1?token=s3cret"
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield hook
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture
def webhook() -> Generator[Webhook]:
    with a_webhook() as hook:
        yield hook


@pytest.fixture
def own(command, home: Path, register_with_cast: Path):
    """The command on a register with one launch whose withheld risk nobody assessed."""
    home.mkdir()
    shutil.copy(register_with_cast, home / "register.db")
    with own_register(home) as store:
        a_launch(store)
        a_risk(store, title=SECRET, scenario=SECRET, withheld=WithheldClass.SECURITY)
    return command


@pytest.fixture
def idle(command, home: Path, register_with_cast: Path):
    """The command on a register without a launch."""
    home.mkdir()
    shutil.copy(register_with_cast, home / "register.db")
    return command


def test_the_inbox_lists_what_waits_and_for_whom(own):
    ran = own("inbox", *DAY)
    assert ran.code == 0
    assert "Assess R-1: UNASSESSED." in ran.out
    assert {line.split()[0] for line in ran.out.splitlines()[1:]} == {"dana", "eli"}


def test_the_inbox_of_one_person_as_json(own):
    (item,) = own("inbox", "--person", "dana", "--json", *DAY).json()
    assert item == {
        "person": "dana",
        "kind": "assess",
        "launch": AURORA,
        "subject": f"{AURORA}/R-1",
        "text": "Assess R-1: UNASSESSED.",
        "due": None,
    }


def test_an_empty_inbox_says_so(own):
    assert own("inbox", "--person", "cleo", *DAY).out == "Nothing waits.\n"
    assert own("inbox", "--person", "cleo", "--json", *DAY).json() == []


def test_the_inbox_of_somebody_unknown_is_refused(own):
    assert "There is no person “nobody”" in own("inbox", "--person", "nobody", *DAY).refusal()


def test_a_digest_reaches_the_webhook_as_slack_takes_it(own, webhook):
    ran = own("digest", "--to-webhook", webhook.url, *DAY)
    assert (ran.code, ran.err) == (0, "")
    ((path, kind, message),) = webhook.got
    assert (path, kind) == ("/services/T1?token=s3cret", "application/json")
    assert message["text"] == "Holdpoint: 2 things wait for 2 people."
    assert [block["type"] for block in message["blocks"]] == ["section"] * 3
    assert message["blocks"][1]["text"] == {
        "type": "mrkdwn",
        "text": f"*dana*\n• {AURORA}: Assess R-1: UNASSESSED.",
    }


def test_a_digest_never_holds_a_title(own, webhook):
    own("digest", "--to-webhook", webhook.url, *DAY)
    shown = own("digest", "--dry-run", *DAY).out
    listed = own("inbox", "--json", *DAY).out
    for text in (json.dumps(webhook.got), shown, listed):
        assert SECRET not in text
        assert "R-1" in text


def test_a_dry_run_prints_the_message_and_sends_nothing(own, webhook):
    shown = own("digest", "--dry-run", "--to-webhook", webhook.url, *DAY).json()
    assert webhook.got == []
    own("digest", "--to-webhook", webhook.url, *DAY)
    assert webhook.got[0][2] == shown


def test_nothing_is_sent_where_nothing_waits_unless_always(idle, webhook):
    ran = idle("digest", "--to-webhook", webhook.url, *DAY)
    assert (ran.code, ran.out) == (0, "Nothing waits; nothing was sent.\n")
    assert webhook.got == []
    assert idle("digest", "--to-webhook", webhook.url, "--always", *DAY).code == 0
    assert webhook.got[0][2]["text"] == "Holdpoint: nothing waits."


@pytest.mark.parametrize("status", [302, 404, 500])
def test_a_server_that_refuses_is_a_failure_in_one_line_without_the_secret(own, webhook, status):
    webhook.status = status
    refusal = own("digest", "--to-webhook", webhook.url, *DAY).refusal()
    assert f"127.0.0.1 answered with status {status}" in refusal
    assert "s3cret" not in refusal
    assert len(webhook.got) == 1


def test_a_server_that_is_not_there_is_a_failure_in_one_line(own):
    with a_webhook() as hook:
        gone = hook.url
    refusal = own("digest", "--to-webhook", gone, *DAY).refusal()
    assert "127.0.0.1 cannot be reached" in refusal
    assert "s3cret" not in refusal


@pytest.mark.parametrize(
    "url", ["ftp://example.org/x", "file:///etc/passwd", "example.org", "http://", "http://a b/"]
)
def test_only_addresses_of_the_web_are_sent_to(own, url):
    assert "http:// or https://" in own("digest", "--to-webhook", url, *DAY).refusal()


def test_a_digest_needs_to_know_where_to(own):
    assert "--to-webhook: is missing" in own("digest", *DAY).refusal()


def test_a_long_digest_says_that_there_is_more():
    items = [
        InboxItem(f"person-{number:03}", InboxKind.ASSESS, AURORA, "R-1", "Assess R-1.", None)
        for number in range(200)
    ]
    blocks = digest(items)["blocks"]
    assert len(blocks) == BLOCKS
    assert "There is more" in blocks[-1]["text"]["text"]


def test_no_section_of_a_digest_is_too_long_for_slack():
    items = [
        InboxItem("dana", InboxKind.ASSESS, "a" * 64, "R-1", "<&>" * 200, None) for _ in range(40)
    ]
    texts = [block["text"]["text"] for block in digest(items)["blocks"]]
    assert max(map(len, texts)) <= 3000
    assert sum(text.count("•") for text in texts) == len(items)
    assert not any("<" in text for text in texts)
