"""In how many ways may a request be forged by somebody who has seen some of Twilio's and holds no token? One function per class.

Each is given an honest request and makes another of it. The library's validator is the oracle for what is honest.
"""

import base64
import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from random import Random
from urllib.parse import parse_qsl, quote, urlencode

from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from tests.reliability.forging.borders import Pairs, moved

FORM = "application/x-www-form-urlencoded"
LETTERS = "abcdef0189+/=é\x00 \u202e"
METHODS = ("GET", "HEAD", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT", "post", "POST ")
NAMES = (
    "Digits",
    "CallSid",
    "To",
    "From",
    "CallStatus",
    "QueueTime",
    "Unheard",
    "digits",
    "DialBridged",
    "SequenceNumber",
)
VALUES = ("", "1", "+442079460103", "completed", "true", "CA" + "9" * 32, "é", "0" * 500, "\x00", "<Dial>")


@dataclass(frozen=True, slots=True)
class Tried:
    """A request as it is sent. ``signature`` none: no such header at all."""

    target: str
    pairs: Pairs
    signature: str | None
    method: str = "POST"
    body: bytes | None = None
    content_type: str = FORM
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def sent(self) -> bytes:
        """The body."""
        return urlencode(self.pairs).encode() if self.body is None else self.body


@dataclass(frozen=True, slots=True)
class Twilio:
    """Who signs, also for other addresses of the same account. ``base``: our public address."""

    base: str
    token: str

    def signed(self, url: str, pairs: Pairs) -> str:
        """The library's signature."""
        return str(RequestValidator(self.token).compute_signature(url, MultiDict(pairs)))

    def honest(self, target: str, pairs: Pairs) -> Tried:
        """A request as Twilio sends it to us."""
        return Tried(target, pairs, self.signed(f"{self.base}{target}", pairs))

    def admits(self, tried: Tried) -> bool:
        """Whether the library would let it in, were it posted: a form as others read it, letters that are none replaced."""
        said = parse_qsl(tried.sent.decode("utf-8", "replace"), keep_blank_values=True, errors="replace")
        fields = MultiDict(said)
        return bool(RequestValidator(self.token).validate(f"{self.base}{tried.target}", fields, tried.signature or ""))


def no_header(_: Random, one: Tried, twilio: Twilio) -> Tried:  # noqa: ARG001  # every class is handed the same
    """No signature."""
    return replace(one, signature=None)


def no_signature(dice: Random, one: Tried, twilio: Twilio) -> Tried:  # noqa: ARG001
    """What is none: empty, short, long, of other letters, or nearly the right one."""
    good = one.signature or ""
    at = dice.randrange(len(good))
    nearly = good[:at] + dice.choice(LETTERS) + good[at + 1 :]
    made = "".join(dice.choices(LETTERS, k=dice.choice((1, 27, 28, 29, 200, 5_000))))
    tries = "", "None", good[:at], good * 2, f"{good},{good}", nearly, made, good.swapcase(), f" {good}", f"{good}\n"
    return replace(one, signature=dice.choice(tries))


def of_another_address(dice: Random, one: Tried, twilio: Twilio) -> Tried:
    """Signed for another scheme, host, port, letter case or path: what Twilio sends to somebody else."""
    host, port = twilio.base.partition("://")[2].split(":")
    other = dice.choice((
        f"https://{host}:{port}", f"http://{host}:1{port}", f"http://{host}.example.org:{port}", f"http://evil.example:{port}",
        f"http://x{host}:{port}", f"{twilio.base}/ivr", f"{twilio.base}/", f"ws://{host}:{port}", f"http://{host}:443", f"http://{host}:80{port}",
    ))  # fmt: skip
    return replace(one, signature=twilio.signed(f"{other}{one.target}", one.pairs))


def of_trimmed_values(dice: Random, one: Tried, twilio: Twilio) -> Tried:
    """A value with blanks around it that were not signed, or were and are not sent."""
    at = dice.randrange(len(one.pairs))
    name, value = one.pairs[at]
    blanks = [
        *one.pairs[:at],
        (name, dice.choice((f" {value}", f"{value} ", f"{value}\r\n", f"\t{value}"))),
        *one.pairs[at + 1 :],
    ]
    if dice.random() < 0.5:
        return replace(one, pairs=blanks)
    return replace(one, signature=twilio.signed(f"{twilio.base}{one.target}", blanks))


def of_another_token(dice: Random, one: Tried, twilio: Twilio) -> Tried:
    """Signed with somebody else's token, with none, or with ours in another spelling."""
    token = dice.choice(
        ("", "0" * 32, twilio.token.upper(), twilio.token[:-1], f"{twilio.token} ", f"{dice.getrandbits(128):032x}")
    )
    return replace(one, signature=Twilio(twilio.base, token).signed(f"{twilio.base}{one.target}", one.pairs))


def of_another_request(dice: Random, one: Tried, twilio: Twilio) -> Tried:
    """The signature of another address of ours, or of the same with another call."""
    if dice.random() < 0.5:
        other = dice.choice(
            (
                "/webhooks/voice/",
                "/webhooks/status?",
                "/webhooks/x",
                "/webhooks//voice",
                "/webhooks/voice%2f",
                "/WEBHOOKS/voice",
            )
        )
        return replace(one, signature=twilio.signed(f"{twilio.base}{other}", one.pairs))
    pairs = [(name, f"CA{dice.getrandbits(128):032x}" if name == "CallSid" else value) for name, value in one.pairs]
    return replace(one, pairs=pairs)


def of_altered_values(dice: Random, one: Tried, twilio: Twilio) -> Tried:  # noqa: ARG001
    """One value is another, or one name."""
    at = dice.randrange(len(one.pairs))
    name, value = one.pairs[at]
    altered = (name, dice.choice(VALUES)) if dice.random() < 0.5 else (f"{name}{dice.choice('x 0é')}", value)
    return replace(one, pairs=[*one.pairs[:at], altered, *one.pairs[at + 1 :]])


def of_other_parameters(dice: Random, one: Tried, twilio: Twilio) -> Tried:  # noqa: ARG001
    """One more, one less, or one twice with two values."""
    at = dice.randrange(len(one.pairs))
    more = [*one.pairs, (dice.choice(NAMES), dice.choice(VALUES))]
    twice = [(one.pairs[at][0], dice.choice(VALUES)), *one.pairs]
    return replace(one, pairs=dice.choice((more, twice, [*one.pairs[:at], *one.pairs[at + 1 :]])))


def of_moved_borders(dice: Random, one: Tried, twilio: Twilio) -> Tried:  # noqa: ARG001
    """The same letters, with other borders between names and values."""
    return replace(one, pairs=moved(dice, one.pairs))


def of_another_query(dice: Random, one: Tried, twilio: Twilio) -> Tried:  # noqa: ARG001
    """Something in the query that was not signed."""
    joint = "&" if "?" in one.target else "?"
    more = dice.choice(
        ("x=1", "b=2.3", "t=AAAAAA", "m=4", "", "bodySHA256=" + "0" * 64, "%00", "s=~mash", "?", "a=b%20c")
    )
    altered = f"{one.target}{joint}{more}"
    return replace(one, target=altered if more else one.target.partition("?")[0] + "?")


def of_other_bodies(dice: Random, one: Tried, twilio: Twilio) -> Tried:
    """JSON, with its digest in the query, in form's clothes or its own; or two kinds of body at once."""
    body = json.dumps(dict(one.pairs)).encode()
    digest = hashlib.sha256(body).hexdigest()
    target = f"{one.target}{'&' if '?' in one.target else '?'}bodySHA256={digest}"
    kind = dice.choice(("application/json", FORM, "text/plain", "", "application/json; charset=utf-16"))
    seen = twilio.signed(f"{twilio.base}{one.target}", [])
    tries = (
        replace(one, body=body, content_type=kind), replace(one, target=target, body=body, content_type=kind),
        replace(one, body=body, signature=seen, content_type=kind), replace(one, body=b"\xef\xbb\xbf" + one.sent),
        replace(one, body=one.sent + b"&{}", content_type=kind), replace(one, body=one.sent + b"\n", content_type=kind),
    )  # fmt: skip
    return dice.choice(tries)


def by_another_method(dice: Random, one: Tried, twilio: Twilio) -> Tried:
    """Not posted, though signed, with the fields in the body or in the query."""
    method = dice.choice(METHODS)
    if dice.random() < 0.5:
        return replace(one, method=method, headers={"X-HTTP-Method-Override": "POST"})
    target = f"{one.target.partition('?')[0]}?{urlencode(one.pairs)}"
    return Tried(target, [], twilio.signed(f"{twilio.base}{target}", []), method)


def by_upgrade(dice: Random, one: Tried, twilio: Twilio) -> Tried:
    """A handshake for a socket, signed for ``wss:`` as Twilio signs for its streams."""
    scheme = dice.choice(("ws", "wss"))
    signed = twilio.signed(f"{scheme}{twilio.base.removeprefix('http')}{one.target}", [])
    key = base64.b64encode(dice.randbytes(16)).decode()
    headers = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Key": key, "Sec-WebSocket-Version": "13"}
    return replace(one, signature=signed, method=dice.choice(("GET", "POST")), headers=headers)


def in_another_charset(dice: Random, one: Tried, twilio: Twilio) -> Tried:
    """Letters that somebody might read as those that were signed."""
    at = dice.randrange(len(one.pairs))
    name, value = one.pairs[at]
    pairs = [*one.pairs[:at], (name, dice.choice((f"{value}é", f"{value}\ufffd", f"{value}İ"))), *one.pairs[at + 1 :]]
    signed = twilio.signed(f"{twilio.base}{one.target}", pairs)
    body = "&".join(f"{quote(key)}={quote(text)}" for key, text in pairs)
    tries = (
        urlencode(pairs, encoding="latin-1", errors="replace").encode(), body.encode("utf-16"), body.replace("%C3%A9", "%E9").encode(),
        body.replace("%C3%A9", "%u00e9").replace("+", "%2B").encode(), body.replace("a", "%C1%A1").encode(), body.encode("cp037"),
        body.replace("%", "%25").encode() + b"%", body.replace("&", ";").encode(), (body + "&\x00=").encode(),
    )  # fmt: skip
    kind = f"{FORM}; charset={dice.choice(('utf-16', 'latin-1', 'cp037', 'utf-7', 'x' * 99))}"
    return replace(one, signature=signed, body=dice.choice(tries), content_type=kind)


def by_smuggled_headers(dice: Random, one: Tried, twilio: Twilio) -> Tried:
    """Headers by which a request might be taken for another, or its signature for another's."""
    headers = dice.choice((
        {"X-Original-URL": "/webhooks/status"}, {"X-Rewrite-URL": one.target}, {"X-Forwarded-Prefix": "/ivr"}, {"Host": "evil.example"},
        {"X-Forwarded-Proto": "https"}, {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example;proto=https"},
        {"X-Twilio-Signature-256": one.signature or ""}, {"Authorization": f"Basic {one.signature}"}, {"X-Forwarded-Port": "443"},
        {"Transfer-Encoding": "chunked"}, {"Content-Encoding": "gzip"}, {"Cookie": f"X-Twilio-Signature={one.signature}"},
    ))  # fmt: skip
    host = "https://evil.example"
    seen = dice.choice(
        (
            None,
            "",
            f"{one.signature}, {'A' * 27}=",
            f"{'A' * 27}=, {one.signature}",
            twilio.signed(f"{host}{one.target}", one.pairs),
        )
    )
    return replace(one, signature=seen, headers=headers)


Class = Callable[[Random, Tried, Twilio], Tried]
CLASSES: Mapping[str, Class] = {
    one.__name__: one
    for one in (
        no_header, no_signature, of_another_address, of_trimmed_values, of_another_token, of_another_request, of_altered_values,
        of_other_parameters, of_moved_borders, of_another_query, of_other_bodies, by_another_method, by_upgrade, in_another_charset,
        by_smuggled_headers,
    )
}  # fmt: skip
