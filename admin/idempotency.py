"""Was this POST sent before? Under one Idempotency-Key a thing is done once, and answered again as it was the first time.

A refusal frees its key, since nothing was done. An answer that never came (a crash, a fault of ours) does not: nobody knows
how far it went. Replies are sealed with the deployment's secret, for one of them shows a new API key.
"""

import hashlib
import re
from http import HTTPStatus

from cryptography.fernet import Fernet, InvalidToken
from flask import Flask, Response, g, request

from admin.auth import caller
from admin.ports import desk, now
from admin.problems import API, Faults, ProblemError, invalid
from store import repeats
from store.repeats import Answer, Asked

HEADER, REPLAYED = "Idempotency-Key", "Idempotent-Replayed"
KEY = re.compile(r"[\x21-\x7e]{1,128}")
KEPT = ("Content-Type", "Location", "ETag")
KEY_WORDS = "it takes 1 to 128 letters, digits and signs without spaces; a random UUID will do."
REUSED = "this key was used for another request; send a new key with each new request."
UNDER_WAY = (
    "A request with this key is under way, or ended without an answer. Ask again in a moment; if this stays, look whether "
    "the thing was done, and send the request with a new key if it was not."
)


def register(flask: Flask) -> None:
    """Look at every POST of the API that carries a key, once its caller is known and its body is readable."""
    flask.before_request(_replayed)
    flask.after_request(_kept)


def _replayed() -> Response | None:
    key = request.headers.get(HEADER)
    if request.method != "POST" or key is None or not request.path.startswith(API) or request.url_rule is None:
        return None
    if not KEY.fullmatch(key):
        raise _refused(KEY_WORDS)
    asked = Asked(f"{caller().id}"[:40], key, _hash())
    with desk().database.write() as connection:
        free = repeats.claimed(connection, asked, now())
    if free:
        g.asked = asked
        return None
    return _again(asked)


def _refused(words: str) -> ProblemError:
    faults = Faults()
    faults.say(HEADER, "idempotency-key", words)
    return invalid(faults.found)


def _hash() -> str:
    """What is asked: address, query and body."""
    parts = (request.full_path.encode(), (request.content_type or "").encode(), request.get_data())
    return hashlib.sha256(b"\0".join(hashlib.sha256(part).digest() for part in parts)).hexdigest()


def _again(asked: Asked) -> Response:
    with desk().database.read() as connection:
        first = repeats.earlier(connection, asked)
    if first and first.hash != asked.hash:
        raise _refused(REUSED)
    answer = first.answer if first else None
    if answer is None:
        raise ProblemError(HTTPStatus.CONFLICT, UNDER_WAY)
    reply = Response(_opened(answer.body), answer.status, headers=dict(answer.headers))
    reply.headers[REPLAYED] = "true"
    return reply


def _kept(reply: Response) -> Response:
    asked: Asked | None = g.pop("asked", None)
    if asked is None or reply.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return reply
    with desk().database.write() as connection:
        if reply.status_code < HTTPStatus.BAD_REQUEST:
            repeats.keep(connection, asked, _answer(reply))
        else:
            repeats.release(connection, asked)
    return reply


def _answer(reply: Response) -> Answer:
    headers = {name: reply.headers[name] for name in KEPT if name in reply.headers}
    return Answer(reply.status_code, headers, _seal().encrypt(reply.get_data()).decode())


def _opened(body: str) -> bytes:
    try:
        return _seal().decrypt(body)
    except InvalidToken as fault:  # the deployment's secret was changed since
        raise ProblemError(HTTPStatus.CONFLICT, UNDER_WAY) from fault


def _seal() -> Fernet:
    return Fernet(desk().keyed("answers that are kept for a day"))
