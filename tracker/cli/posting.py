"""Sending a message to a web address, once and within a time; no retry, no redirect."""

import json
from collections.abc import Mapping
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from typing import Any, Final
from urllib.parse import SplitResult, urlsplit

from tracker.domain.errors import HoldpointError, InvalidInput

TIMEOUT: Final = 10.0
"""Seconds until a server that says nothing is given up."""


class NotDelivered(HoldpointError):
    """A message could not be delivered."""


def post_json(url: str, message: Mapping[str, Any], timeout: float = TIMEOUT) -> None:
    """Send a message as JSON.

    The address is a secret of whoever runs the webhook, so no error tells more than its host.

    Args:
        url: Beginning with http:// or https://.
        message: What is sent.
        timeout: Seconds to wait for the server, each time.

    Raises:
        InvalidInput: The address is none of the web.
        NotDelivered: The server cannot be reached, or answers with anything but success.
    """
    place = _place(url)
    connection = _connection(place, timeout)
    target = f"{place.path or '/'}{f'?{place.query}' if place.query else ''}"
    body = json.dumps(message).encode()
    try:
        connection.request("POST", target, body, {"Content-Type": "application/json"})
        status = connection.getresponse().status
    except (OSError, HTTPException, ValueError) as error:
        raise NotDelivered(
            f"{place.hostname} cannot be reached ({_why(error)}).", "Nothing was delivered."
        ) from error
    finally:
        connection.close()
    if not 200 <= status < 300:
        raise NotDelivered(
            f"{place.hostname} answered with status {status}.", "Check the address of the webhook."
        )


def require_web_address(url: str) -> None:
    """Refuse what is no address of the web, before work is done for it.

    Raises:
        InvalidInput: It does not begin with http:// or https://, or names no host.
    """
    _place(url)


def _place(url: str) -> SplitResult:
    try:
        place = urlsplit(url)
        usable = place.scheme in ("http", "https") and bool(place.hostname) and place.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isascii() or any(one.isspace() for one in url):
        raise InvalidInput(
            {"--to-webhook": "must be an address that begins with http:// or https://"}
        )
    return urlsplit(url)


def _connection(place: SplitResult, timeout: float) -> HTTPConnection:
    host = str(place.hostname)
    if place.scheme == "https":
        return HTTPSConnection(host, place.port, timeout=timeout)
    return HTTPConnection(host, place.port, timeout=timeout)


def _why(error: Exception) -> str:
    if isinstance(error, TimeoutError):
        return "no answer in time"
    if isinstance(error, OSError) and error.strerror:
        return error.strerror
    return type(error).__name__
