"""Which provider do the tests sign in at? The mock, and what it leaves out: a code is taken back once, with its verifier only.

RFC 7636, section 4.6. Run as ``python -m tests.admin.provider_process PORT``.
"""

import base64
import hashlib
import hmac
import sys
from urllib.parse import parse_qs, urlsplit

from flask import Flask, Response, jsonify, request
from oidc_provider_mock import app
from werkzeug.serving import make_server

AUTHORIZE, TOKEN = "/oauth2/authorize", "/oauth2/token"


def provider() -> Flask:
    """The provider, which wants S256 of everybody."""
    challenges = dict[str, str]()

    def with_a_challenge() -> tuple[Response, int] | None:
        if request.path == AUTHORIZE and request.args.get("code_challenge_method") != "S256":
            return _refused("invalid_request")
        if request.path == TOKEN and not _proves(challenges.pop(request.form.get("code", ""), "")):
            return _refused("invalid_grant")
        return None

    def noted(reply: Response) -> Response:
        code = parse_qs(urlsplit(reply.headers.get("Location", "")).query).get("code", [""])[0]
        if request.path == AUTHORIZE and code:
            challenges[code] = request.args["code_challenge"]
        return reply

    flask: Flask = app(require_nonce=True)
    flask.before_request(with_a_challenge)
    flask.after_request(noted)
    return flask


def _proves(challenge: str) -> bool:
    """Whether the verifier that came with the code is the one behind its challenge."""
    digest = hashlib.sha256(request.form.get("code_verifier", "").encode()).digest()
    return hmac.compare_digest(base64.urlsafe_b64encode(digest).rstrip(b"=").decode(), challenge)


def _refused(error: str) -> tuple[Response, int]:
    return jsonify(error=error), 400


if __name__ == "__main__":
    make_server("127.0.0.1", int(sys.argv[1]), provider(), threaded=True).serve_forever()
