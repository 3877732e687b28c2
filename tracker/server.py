"""The ASGI application: Streamlit with a health route, security headers and a warm start."""

import gc
import logging
import re
import secrets
import socket
import sys
from base64 import b64encode
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from hashlib import sha256
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import streamlit as st
from pydantic import SecretStr
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse
from starlette.routing import Route
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import USER_COOKIE_NAME

from tracker import __version__
from tracker.domain.errors import HoldpointError
from tracker.settings import CALLBACK, Settings, load_settings
from tracker.ui import messages, session, sign_in

logger = logging.getLogger(__name__)

_PACKAGE: Final = Path(__file__).parent
_METRICS: Final = "/_stcore/metrics"
_FILES: Final = ("/media/", "/_stcore/upload_file/")
_INLINE_SCRIPT: Final = re.compile(r"<script>(.*?)</script>", re.DOTALL)

_ALWAYS: Final[dict[str, Any]] = {
    "server.headless": True,
    "server.fileWatcherType": "none",
    "server.enableStaticServing": False,
    "browser.gatherUsageStats": False,
    "client.showErrorDetails": "none",
    "runner.postScriptGC": False,
    "logger.hideWelcomeMessage": True,
}
"""What no configuration file of the machine may change back (`streamlit.md` of the design)."""


class PortBusy(HoldpointError):
    """Another program listens where the dashboard should."""


def entry_script() -> Path:
    """Return the path of `app.py`: inside an installed wheel, else at the root of the clone."""
    bundled = _PACKAGE / "_bundle" / "app.py"
    return bundled if bundled.is_file() else _PACKAGE.parent / "app.py"


def run_server(settings: Settings, port: int | None = None) -> None:
    """Serve the dashboard on this machine until it is stopped.

    The configuration beside `app.py` is read from whatever folder the command was started in,
    because Streamlit looks beside the program named first in `sys.argv`.

    Args:
        settings: Names the address; the register is read from the environment again by each page.
        port: TCP port; that of the settings where None.

    Raises:
        PortBusy: Another program listens there.
    """
    chosen = settings.port if port is None else port
    require_free_port(settings.address, chosen)
    sys.argv = [str(entry_script())]
    overrides = {"server.address": settings.address, "server.port": chosen}
    make_app(settings).run(config={**_ALWAYS, **_public_place(settings), **overrides})


def require_free_port(address: str, port: int) -> None:
    """Refuse a port on which somebody listens.

    Raises:
        PortBusy: Naming the port and the way to choose another.
    """
    try:
        with socket.create_server((address, port), family=_family(address)):
            return
    except OSError as error:
        raise PortBusy(
            f"Port {port} on {address} is not available ({error.strerror}).",
            "Choose another: make run PORT=8502, or holdpoint serve --port 8502.",
        ) from None


def _family(address: str) -> socket.AddressFamily:
    return socket.AF_INET6 if ":" in address else socket.AF_INET


def _public_place(settings: Settings) -> dict[str, Any]:
    """Return whose pages may open a connection: those of the public address, beside our own."""
    if settings.public_url is None:
        return {}
    place = urlsplit(settings.public_url)
    port = place.port or {"https": 443}.get(place.scheme, 80)
    return {"browser.serverAddress": place.hostname, "browser.serverPort": port}


def make_app(settings: Settings) -> st.App:
    """Return the application; only one may live in a process."""
    middleware = [Middleware(Guard, secure=(settings.public_url or "").startswith("https://"))]
    if settings.signs_in:
        middleware.append(Middleware(Gate))
    return st.App(
        entry_script(),
        routes=[Route("/healthz", healthz)],
        middleware=middleware,
        lifespan=_warm,
        on_script_error=show_reference,
        secrets=sign_in_secrets(settings),
    )


def sign_in_secrets(settings: Settings) -> dict[str, Any] | None:
    """Return what Streamlit needs to sign people in, for its memory alone; None in local mode."""
    if not settings.signs_in:
        return None
    return {
        "auth": {
            "redirect_uri": f"{settings.public_url}{CALLBACK}",
            "cookie_secret": _revealed(settings.oidc_cookie_secret),
            "client_id": settings.oidc_client_id,
            "client_secret": _revealed(settings.oidc_client_secret),
            "server_metadata_url": settings.oidc_metadata_url,
        }
    }


def _revealed(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret else ""


def healthz(_request: Request) -> JSONResponse:
    """Answer whether the register can be opened, without any of its content."""
    try:
        session.open_register(load_settings())
    except HoldpointError as error:
        return JSONResponse({"status": "failing", "why": type(error).__name__}, status_code=503)
    return JSONResponse({"status": "ok", "version": __version__})


@asynccontextmanager
async def _warm(_app: st.App) -> AsyncIterator[None]:
    session.warm()
    _check_register()
    gc.collect()
    gc.freeze()
    yield


def _check_register() -> None:
    try:
        session.open_register(load_settings())
    except HoldpointError as error:
        logger.warning("The register cannot be opened: %s", error)


def show_reference(error: Exception) -> bool:
    """Log an unexpected error whole, and show only a reference to it."""
    reference = secrets.token_hex(4)
    logger.error("Unexpected error, reference %s", reference, exc_info=error)
    messages.unexpected(reference)
    return True


class Guard:
    """Adds the security headers to every answer, and answers no question about the process.

    Where the public address is https, cookies never travel without it.
    """

    def __init__(self, app: ASGIApp, *, secure: bool = False) -> None:
        self.app = app
        self.secure = secure
        self.headers = [
            (name.encode("latin-1"), value.encode("latin-1"))
            for name, value in security_headers(_index_page()).items()
        ]

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on with the headers added, or refuse it."""

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                theirs = _others(message["headers"], self.headers)
                message["headers"] = [*map(self._kept, theirs), *self.headers]
            await send(message)

        if scope["type"] == "http" and scope["path"].rstrip("/") == _METRICS:
            await PlainTextResponse("Not found", 404)(scope, receive, send_guarded)
            return
        await self.app(scope, receive, send_guarded)

    def _kept(self, header: tuple[bytes, bytes]) -> tuple[bytes, bytes]:
        name, value = header
        return (name, value + b"; Secure") if self.secure and _is_cookie(header) else header


class Gate:
    """Lets nobody have a file of the register who has not signed in, and says why a sign-in failed.

    Streamlit serves downloads and pictures by an address that tells their content, to whoever knows
    it; and it leads back to the page without a word when the provider's answer does not hold.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, or refuse it."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
        elif scope["path"].startswith(_FILES) and not _is_signed_in(Request(scope)):
            await PlainTextResponse("Sign in first", 403)(scope, receive, send)
        elif scope["path"] == CALLBACK and _is_answer(scope["query_string"]):
            await self.app(scope, receive, _explaining(send))
        else:
            await self.app(scope, receive, send)


def _explaining(send: Send) -> Send:
    """Lead whoever comes back without a cookie of their own to the words for it."""

    async def send_explained(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = list(message["headers"])
            if not any(_is_user_cookie(header) for header in headers):
                there = _others(headers, [(b"location", b"")])
                headers = [*there, (b"location", f"/?{sign_in.REFUSED_PARAMETER}=1".encode())]
            message["headers"] = headers
        await send(message)

    return send_explained


def _is_answer(query: bytes) -> bool:
    """Tell the provider's answer to a sign-in from the way back after a log-out."""
    return bool({b"code", b"error"} & {part.partition(b"=")[0] for part in query.split(b"&")})


def _is_cookie(header: tuple[bytes, bytes]) -> bool:
    name, value = header
    return name.lower() == b"set-cookie" and b"; secure" not in value.lower()


def _is_user_cookie(header: tuple[bytes, bytes]) -> bool:
    """Whether this header signs somebody in; the one that ends a sign-in carries no value."""
    name, value = header
    cookie, _, rest = value.partition(b"=")
    signed = rest.partition(b";")[0].strip(b'"')
    return name.lower() == b"set-cookie" and cookie == USER_COOKIE_NAME.encode() and bool(signed)


def _is_signed_in(request: Request) -> bool:
    """Whether the request carries a cookie that we signed; whom it names, the pages ask."""
    value = request.cookies.get(USER_COOKIE_NAME, "").encode("latin-1")
    return decode_signed_value(get_cookie_secret(), USER_COOKIE_NAME, value) is not None


def _others(
    present: Iterable[tuple[bytes, bytes]], ours: Iterable[tuple[bytes, bytes]]
) -> list[tuple[bytes, bytes]]:
    replaced = {name.lower() for name, _ in ours}
    return [header for header in present if header[0].lower() not in replaced]


def security_headers(index_page: str) -> dict[str, str]:
    """Return the headers of every answer; the page's own inline scripts are allowed by hash.

    Args:
        index_page: The HTML that the installed Streamlit serves; its scripts differ per release.
    """
    hashes = "".join(f" '{_hash(script)}'" for script in _INLINE_SCRIPT.findall(index_page))
    policy = {
        "default-src": "'self'",
        "script-src": f"'self' 'wasm-unsafe-eval'{hashes}",
        "style-src": "'self' 'unsafe-inline'",
        "img-src": "'self' data: blob:",
        "font-src": "'self' data:",
        "connect-src": "'self'",
        "worker-src": "'self' blob:",
        "frame-src": "'self' blob:",
        "frame-ancestors": "'none'",
        "form-action": "'self'",
        "object-src": "'none'",
        "base-uri": "'self'",
    }
    return {
        "content-security-policy": "; ".join(f"{name} {value}" for name, value in policy.items()),
        "x-content-type-options": "nosniff",
        "referrer-policy": "no-referrer",
        "x-frame-options": "DENY",
        "cross-origin-opener-policy": "same-origin",
        "permissions-policy": "camera=(), microphone=(), geolocation=()",
    }


def _hash(script: str) -> str:
    return f"sha256-{b64encode(sha256(script.encode()).digest()).decode()}"


def _index_page() -> str:
    return (Path(st.__file__).parent / "static" / "index.html").read_text(encoding="utf-8")
