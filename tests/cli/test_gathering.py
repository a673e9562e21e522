"""When is a request whole, and when is it refused before anybody reads it?"""

import pytest

from cli.gathering import MOST_BODY, MOST_HEAD, NO_LENGTH, TOO_LARGE, TOO_LONG_A_HEAD, Gathered

HEAD = b"POST /webhooks/voice HTTP/1.1\r\nHost: x\r\n"


def gathered(*pieces: bytes) -> Gathered:
    found = Gathered(until=0.0)
    for piece in pieces:
        found.add(piece)
    return found


WHOLE = [
    b"GET / HTTP/1.1\r\nHost: x\r\n\r\n", HEAD + b"Content-Length: 3\r\n\r\nabc", HEAD + b"content-length:\t3 \r\n\r\nabc",
    HEAD + b"Content-Length: 0\r\n\r\n", HEAD + b"Content-Length: 0003\r\n\r\nabc", HEAD + b"Content-Length: 3\r\n\r\nabcGET / HTTP/1.1",
]  # fmt: skip


@pytest.mark.parametrize("request_", WHOLE)
def test_a_request_is_whole_with_its_last_byte_and_not_before(request_: bytes) -> None:
    end = request_.index(b"\r\n\r\n") + 4 + (3 if b"abc" in request_ else 0)
    assert gathered(request_).is_whole
    assert not any(gathered(request_[:at]).is_whole for at in range(end))
    assert gathered(*(request_[at : at + 1] for at in range(end))).is_whole


REFUSED = {
    TOO_LONG_A_HEAD: HEAD + b"X: " + b"x" * MOST_HEAD,
    TOO_LARGE: HEAD + b"Content-Length: %d\r\n\r\n" % (MOST_BODY + 1),
    NO_LENGTH: HEAD + b"Transfer-Encoding: chunked\r\n\r\n",
}


@pytest.mark.parametrize("why", REFUSED)
def test_what_nobody_will_read_is_refused_at_once(why: bytes) -> None:
    found = gathered(REFUSED[why])
    assert (found.refused, found.is_whole) == (why, False)


@pytest.mark.parametrize("digits", ["9" * 10, "9" * 5_000, "0" * 50 + "9" * 12])
def test_no_length_is_too_long_to_be_read(digits: str) -> None:
    assert gathered(HEAD + f"Content-Length: {digits}\r\n\r\n".encode()).refused == TOO_LARGE


def test_a_length_in_the_body_is_none() -> None:
    assert gathered(HEAD + b"Content-Length: 20\r\n\r\n\r\nContent-Length: 5\r\n").is_whole is True
