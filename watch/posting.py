"""How does a test call reach us as Twilio's would? Posted to the public address, signed, with a deadline over all."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from time import monotonic
from typing import Protocol

from requests import RequestException, Response, Session

AT_ONCE = 4
MOST_BYTES = 100_000
TOO_SLOW = "no reply within {seconds:.0f} seconds"
UNREACHABLE = "no connection to the public address"
NOT_OK = "the reply has the status {status}"


@dataclass(frozen=True, slots=True)
class Reply:
    """What came back: the document, or the words for why there is none; after how many milliseconds."""

    document: bytes
    fault: str
    milliseconds: int


class Post(Protocol):
    """Whoever posts a signed form."""

    def __call__(self, url: str, pairs: Sequence[tuple[str, str]], signature: str) -> Reply:
        """What came back. Raises nothing for what the network or the other side does."""
        ...


class Posting:
    """Posts forms, each within so many seconds over all: a look-up of names or a slow body is not waited for longer."""

    def __init__(self, seconds: float = 2.0) -> None:
        self._seconds = seconds
        self._threads = ThreadPoolExecutor(AT_ONCE, "test-call")

    def __call__(self, url: str, pairs: Sequence[tuple[str, str]], signature: str) -> Reply:
        """Post, and wait no longer than that."""
        began = monotonic()
        going = self._threads.submit(_posted, url, list(pairs), signature, self._seconds)
        try:
            document, fault = going.result(self._seconds)
        except TimeoutError:
            document, fault = b"", TOO_SLOW.format(seconds=self._seconds)
        return Reply(document, fault, round((monotonic() - began) * 1000))

    def close(self) -> None:
        """Begin nothing more."""
        self._threads.shutdown(wait=False, cancel_futures=True)


def _posted(url: str, pairs: list[tuple[str, str]], signature: str, seconds: float) -> tuple[bytes, str]:
    """Document and fault. No redirect is followed: Twilio's signature is for this address."""
    try:
        with (
            Session() as session,
            session.post(
                url, data=pairs, headers={"X-Twilio-Signature": signature}, timeout=seconds, allow_redirects=False,
                stream=True,
            ) as reply,
        ):  # fmt: skip
            if reply.status_code != 200:
                return b"", NOT_OK.format(status=reply.status_code)
            return _body(reply), ""
    except RequestException:
        return b"", UNREACHABLE


def _body(reply: Response) -> bytes:
    """The whole of it, or more than any document of ours has."""
    document = b""
    for part in reply.iter_content(MOST_BYTES):
        document += part
        if len(document) > MOST_BYTES:
            break
    return document
