"""`serve`: the dashboard, on a register that is fit for it."""

import os
import sys
import threading
import time
import urllib.error
import urllib.request
import webbrowser
from typing import Annotated

import typer

from tracker.cli.managing import prepare_demo
from tracker.cli.opening import load, place_of
from tracker.cli.output import say
from tracker.domain.report import IDENTITY_NOTE
from tracker.settings import Settings, redacted
from tracker.store.engine import Store
from tracker.store.schema import SchemaState, schema_state

Port = Annotated[
    int | None,
    typer.Option("--port", min=1, max=65535, metavar="N", help="TCP port; else 8501."),
]
Address = Annotated[
    str | None,
    typer.Option("--address", metavar="A", help="Address of this machine; else 127.0.0.1."),
]
DemoFlag = Annotated[
    bool, typer.Option("--demo", help="Serve the demo even if there is a register of your own.")
]
NoBrowser = Annotated[bool, typer.Option("--no-browser", help="Do not open a browser.")]


def serve(
    *,
    port: Port = None,
    address: Address = None,
    demo: DemoFlag = False,
    no_browser: NoBrowser = False,
) -> None:
    """Serve the dashboard on this machine; where there is no register yet, with the demo."""
    settings = _settings(address, demo=demo)
    url = place_of(settings, settings.register_url())
    _prepare(url)
    from tracker.server import run_server  # brings Streamlit, which no other command needs

    page = f"http://{_host(settings.address)}:{port or settings.port}"
    say(f"Holdpoint serves {redacted(url)} on {page} ({_identity(settings)}).")
    if not no_browser and _has_screen():
        threading.Thread(target=_open_when_ready, args=(page,), daemon=True).start()
    run_server(settings, port)


def _identity(settings: Settings) -> str:
    if settings.signs_in:
        return f"people sign in at {settings.public_url}"
    return f"local mode, {IDENTITY_NOTE}"


def _settings(address: str | None, *, demo: bool) -> Settings:
    """Read the settings; what the command says goes into the environment, which pages read."""
    if address is not None:
        os.environ["HOLDPOINT_ADDRESS"] = address
    settings = load()
    if not demo or settings.database_url is not None:
        return settings
    os.environ["HOLDPOINT_DATABASE_URL"] = settings.demo_register_url()
    settings.prepare_data_dir()
    return load()


def _prepare(url: str) -> None:
    """Make the demo where nothing is; refuse what this release cannot open.

    Raises:
        StoreError: The register is of another release, damaged, or does not answer.
    """
    if schema_state(url) in (SchemaState.ABSENT, SchemaState.EMPTY):
        prepare_demo(url)
    Store.open(url).dispose()


def _host(address: str) -> str:
    if address in ("127.0.0.1", "::1"):
        return "localhost"
    return f"[{address}]" if ":" in address else address


def _has_screen() -> bool:
    desktop = sys.platform == "darwin" or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    return desktop and sys.stdout.isatty()


def _open_when_ready(page: str) -> None:
    for _attempt in range(100):
        try:
            with urllib.request.urlopen(f"{page}/healthz", timeout=1):
                webbrowser.open(page)
                return
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.2)
