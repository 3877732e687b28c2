"""An OpenID provider on loopback that can be told to issue tokens that do not hold.

The provider itself is `oidc-provider-mock`; what stands before it signs each ID token again with a
key of its own, after changing the claims as a test asked for with `PUT /alter`. Run as a program:
`python openid_provider.py PORT`.
"""

import json
import sys
import warnings
from base64 import urlsafe_b64decode
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Final

warnings.simplefilter("ignore")  # the provider still uses a part of Authlib that is on its way out

import oidc_provider_mock  # noqa: E402
from joserfc import jwt  # noqa: E402
from joserfc.jwk import KeySet, RSAKey  # noqa: E402
from werkzeug.serving import run_simple  # noqa: E402
from werkzeug.test import run_wsgi_app  # noqa: E402
from werkzeug.wrappers import Request, Response  # noqa: E402

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

FORGED: Final = "forged"
"""Beside the claims to change: sign with a key that the provider does not publish."""


class Altering:
    """A provider whose tokens say what a test wants them to say."""

    def __init__(self, provider: "WSGIApplication") -> None:
        self.provider = provider
        self.key = RSAKey.generate_key(2048, {"kid": "ours", "use": "sig", "alg": "RS256"})
        self.stranger = RSAKey.generate_key(2048, {"kid": "ours", "use": "sig", "alg": "RS256"})
        self.changes: dict[str, Any] = {}

    def __call__(self, environ: "WSGIEnvironment", start: "StartResponse") -> Iterable[bytes]:
        """Answer for the keys and the alterations; pass the rest on."""
        request = Request(environ)
        if request.path == "/alter":
            self.changes = request.get_json()
            return Response(status=204)(environ, start)
        if request.path == "/jwks":
            keys = KeySet([self.key]).as_dict(private=False)
            return _as_json(keys)(environ, start)
        if request.path == "/oauth2/token":
            return self._token(environ)(environ, start)
        return self.provider(environ, start)

    def _token(self, environ: "WSGIEnvironment") -> Response:
        body, status, headers = run_wsgi_app(self.provider, environ, buffered=True)
        answer = json.loads(b"".join(body))
        if "id_token" not in answer:
            return Response(json.dumps(answer), status=status, headers=headers)
        answer["id_token"] = self._signed(_claims(answer["id_token"]))
        return _as_json(answer)

    def _signed(self, claims: dict[str, Any]) -> str:
        changes = dict(self.changes)
        key = self.stranger if changes.pop(FORGED, False) else self.key
        altered = {name: value for name, value in (claims | changes).items() if value is not None}
        return jwt.encode({"alg": "RS256", "kid": "ours"}, altered, key)


def _claims(token: str) -> dict[str, Any]:
    payload = token.split(".")[1]
    return json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))


def _as_json(value: object) -> Response:
    return Response(json.dumps(value), mimetype="application/json")


if __name__ == "__main__":
    run_simple("localhost", int(sys.argv[1]), Altering(oidc_provider_mock.app()), threaded=True)
