"""Which application is at the other end, in the telephone's own tests? One that returns canned documents."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypedDict, Unpack

from telephone import Account, Delivery, Request, Response, ScreeningFailure, Sids, Telephone, Unheard, WsgiTransport
from telephone.fetching import Attempt

HOST = "http://127.0.0.1:8000"
LINE = "+442079460101"
DUTY = "01392 388481"
MANAGER = "020 7946 0201"
ACCOUNT = Account("AC00000000000000000000000000000001", "12345")

THANKS = "<Response/>"
WHISPER = (
    '<Response><Gather numDigits="1" timeout="6" action="/screened"><Say>Press 1 to accept</Say></Gather>'
    "<Hangup/></Response>"
)


@dataclass(frozen=True, slots=True)
class Reply:
    """A canned answer."""

    body: bytes | str
    kind: str | None = "text/xml"
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()

    @property
    def raw(self) -> bytes:
        return self.body.encode() if isinstance(self.body, str) else self.body

    @property
    def all_headers(self) -> list[tuple[str, str]]:
        return [*self.headers, *([("Content-Type", self.kind)] if self.kind else [])]


class Settings(TypedDict, total=False):
    """How a test's telephone may differ."""

    voice_url: str
    fallback_url: str
    fallback_method: str
    status_url: str
    delivery: Delivery
    screening_failure: ScreeningFailure
    follow: Callable[[float], None]
    began: datetime
    sids: Sids


Canned = str | Reply | Sequence[str | Reply]


class Application:
    """A WSGI application: by path, one answer, or several of which the last is repeated."""

    def __init__(self, documents: Mapping[str, Canned]) -> None:
        self._left = {path: _replies(canned) for path, canned in documents.items()}

    def __call__(self, environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        reply = self._next(environ["PATH_INFO"])
        start_response(f"{reply.status} As canned", reply.all_headers)
        return [reply.raw]

    def _next(self, path: str) -> Reply:
        if path not in self._left:
            return Reply(f"nothing is canned for {path}", "text/plain", 404)
        replies = self._left[path]
        return replies.pop(0) if len(replies) > 1 else replies[0]


class Wire:
    """A transport that plays faults and answers in their order; the last is repeated."""

    def __init__(self, *answers: Response | Exception) -> None:
        self._answers = list(answers)
        self.requests: list[Request] = []

    def send(self, request: Request) -> Response:
        self.requests.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer


def _replies(canned: Canned) -> list[Reply]:
    several = [canned] if isinstance(canned, str | Reply) else canned
    return [Reply(each) if isinstance(each, str) else each for each in several]


def telephone(voice: Canned, documents: Mapping[str, Canned] | None = None, **settings: Unpack[Settings]) -> Telephone:
    """A telephone whose line answers with `voice`, and its other paths with `documents`."""
    app = Application({"/voice": voice, **(documents or {})})
    settings.setdefault("voice_url", f"{HOST}/voice")
    return Telephone(WsgiTransport(app), ACCOUNT, **settings)


def twiml(text: str, seconds: float = 0.0) -> Response:
    """A response as a transport returns it."""
    return Response(200, (("Content-Type", "text/xml"),), text.encode(), seconds)


def asked(exchanges: Sequence[Attempt], path: str) -> Attempt:
    """The only request to a path."""
    found = [each for each in exchanges if each.request.url.startswith(HOST + path)]
    if len(found) != 1:
        raise Unheard(f"{len(found)} requests for {path}: {[each.request.url for each in exchanges]}")
    return found[0]


def paths(exchanges: Sequence[Attempt]) -> list[str]:
    """What was requested, in order, without the host."""
    return [each.request.url.removeprefix(HOST) for each in exchanges]
