"""What does Twilio do to get an answer from a webhook?

One `fetch` is one webhook: signed, with cookies, tried again where its URL's fragment allows, redirected at most ten
times, and given up at 15 seconds. Every attempt is kept in `exchanges`.
"""

from base64 import b64encode
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from typing import Literal
from urllib.parse import unquote, urldefrag, urlencode, urljoin, urlsplit, urlunsplit

from telephone.account import Account, Sids
from telephone.clock import Clock
from telephone.overrides import Overrides, overrides
from telephone.signature import Parameters, signature
from telephone.transport import BrokenOff, Headers, Request, Response, TimedOut, Transport, Unreachable

MOST_BYTES = 64 * 1024
MOST_REDIRECTS = 10

Purpose = Literal["parent", "child", "status"]
"""Whose request it was: the caller's leg, a called person's leg, or a status callback."""


@dataclass(frozen=True, slots=True)
class Order:
    """A webhook to request: an absolute URL, fragment and credentials included, and the parameters."""

    url: str
    method: str = "POST"
    parameters: Parameters = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """No usable answer. `code` is Twilio's error; `kind` is what a retry policy calls it, empty for the rest."""

    code: int
    url: str
    reason: str
    kind: Literal["ct", "rt", "4xx", "5xx", ""] = ""
    seconds: float = 0.0


@dataclass(frozen=True, slots=True)
class Attempt:
    """One attempt on the wire, at `at` virtual seconds."""

    at: float
    purpose: Purpose
    request: Request
    parameters: Parameters
    answer: Response | Failure

    def parameter(self, name: str) -> str | None:
        """What was sent under a name; None where it was not sent."""
        return dict(self.parameters).get(name)


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer below 400, and the URL it finally came from."""

    url: str
    response: Response


@dataclass(slots=True)
class _Budget:
    """How much of one webhook's 15 seconds and retries is left."""

    seconds: float
    retries: int


@dataclass(slots=True)
class Fetcher:
    """Twilio's HTTP client for the webhooks of one call."""

    transport: Transport
    account: Account
    clock: Clock
    sids: Sids
    exchanges: list[Attempt] = field(default_factory=list)
    _cookies: dict[str, SimpleCookie] = field(default_factory=dict)

    def fetch(self, order: Order, purpose: Purpose) -> Fetched | Failure:
        """Request one webhook. Moves the clock by the virtual time it takes."""
        limits = overrides(order.url)
        budget = _Budget(limits.total, limits.retries)
        token = self.sids.next("")
        for _ in range(MOST_REDIRECTS + 1):
            answer = self._insist(order, purpose, token, budget)
            if isinstance(answer, Failure):
                return answer
            if not 300 <= answer.status < 400:
                return self._accepted(order, answer)
            order = _redirected(order, answer)
        return Failure(11215, order.url, f"more than {MOST_REDIRECTS} redirects")

    def _accepted(self, order: Order, answer: Response) -> Fetched | Failure:
        if len(answer.body) > MOST_BYTES:
            return Failure(11750, order.url, f"the response is larger than {MOST_BYTES} bytes")
        return Fetched(order.url, answer)

    def _insist(self, order: Order, purpose: Purpose, token: str, budget: _Budget) -> Response | Failure:
        limits = overrides(order.url)
        while True:
            answer = self._attempt(order, purpose, token, budget)
            may_retry = isinstance(answer, Failure) and answer.kind in limits.retry_on
            if not may_retry or not budget.retries or budget.seconds <= 0:
                return answer
            budget.retries -= 1

    def _attempt(self, order: Order, purpose: Purpose, token: str, budget: _Budget) -> Response | Failure:
        answer = self._exchange(order, purpose, token, budget)
        if isinstance(answer, Response) and answer.status == 401 and _credentials(order.url):
            answer = self._exchange(order, purpose, token, budget, _authorization(order.url))
        if isinstance(answer, Response) and answer.status >= 400:
            return _refusal(order.url, answer)
        return answer

    def _exchange(
        self, order: Order, purpose: Purpose, token: str, budget: _Budget, extra: Headers = ()
    ) -> Response | Failure:
        limits = overrides(order.url)
        request = self._request(order, token, limits, budget, extra)
        answer = _in_time(self._send(request, order.url), order.url, min(limits.read, budget.seconds))
        self.exchanges.append(Attempt(self.clock.now, purpose, request, order.parameters, answer))
        budget.seconds -= answer.seconds
        if purpose != "status":  # nobody on the line waits for a status callback
            self.clock.spend(answer.seconds)
        if isinstance(answer, Response):
            self._keep_cookies(request.url, answer)
        return answer

    def _send(self, request: Request, url: str) -> Response | Failure:
        try:
            return self.transport.send(request)
        except Unreachable as fault:
            return Failure(fault.code, url, f"no connection: {fault}", "ct", fault.seconds)
        except TimedOut:
            return Failure(11200, url, "no answer in time", "rt", request.read_seconds)
        except BrokenOff as fault:
            return Failure(11200, url, f"the answer broke off: {fault}")

    def _request(self, order: Order, token: str, limits: Overrides, budget: _Budget, extra: Headers) -> Request:
        url = _full_url(order)
        posted = order.parameters if order.method == "POST" else ()
        headers: Headers = (
            ("X-Twilio-Signature", signature(self.account.token, url, posted)),
            ("I-Twilio-Idempotency-Token", token),
            ("User-Agent", "TwilioProxy/1.1"),
            *extra,
            *self._cookie_header(url),
        )
        if order.method == "POST":
            headers += (("Content-Type", "application/x-www-form-urlencoded; charset=UTF-8"),)
        body = urlencode(posted).encode()
        connect, read = min(limits.connect, budget.seconds), min(limits.read, budget.seconds)
        return Request(order.method, _wire_url(url), headers, body, connect, read)

    def _keep_cookies(self, url: str, answer: Response) -> None:
        jar = self._cookies.setdefault(urlsplit(url).netloc, SimpleCookie())
        for name, value in answer.headers:
            if name.lower() == "set-cookie":
                _load(jar, value)

    def _cookie_header(self, url: str) -> Headers:
        jar = self._cookies.get(urlsplit(_wire_url(url)).netloc, SimpleCookie())
        pairs = "; ".join(f"{name}={morsel.value}" for name, morsel in jar.items())
        return (("Cookie", pairs),) if pairs else ()


def _refusal(url: str, answer: Response) -> Failure:
    """With the last line of a plain body: that of an application's traceback says what is wrong."""
    is_plain = answer.header("Content-Type").startswith("text/plain")
    lines = answer.body.decode(errors="replace").strip().splitlines() if is_plain else []
    reason = ": ".join([f"HTTP {answer.status}", *lines[-1:]])
    return Failure(11200, url, reason, "4xx" if answer.status < 500 else "5xx")


def _load(jar: SimpleCookie, header: str) -> None:
    try:
        jar.load(header)
    except CookieError:
        return


def _in_time(answer: Response | Failure, url: str, limit: float) -> Response | Failure:
    if isinstance(answer, Response) and answer.seconds > limit:
        return Failure(11200, url, f"no answer within {limit:g} s", "rt", limit)
    return answer


def _redirected(order: Order, answer: Response) -> Order:
    """Where a 3xx leads. As browsers do, 301 to 303 turn a POST into a GET without its parameters."""
    url = urljoin(order.url, answer.header("Location"))
    if answer.status in {307, 308}:
        return Order(url, order.method, order.parameters)
    return Order(url, "GET")


def _full_url(order: Order) -> str:
    """The URL with a GET's parameters in its query, still with fragment and credentials."""
    if order.method == "POST" or not order.parameters:
        return order.url
    bare, fragment = urldefrag(order.url)
    joined = bare + ("&" if "?" in bare else "?") + urlencode(order.parameters)
    return f"{joined}#{fragment}" if fragment else joined


def _wire_url(url: str) -> str:
    parts = urlsplit(url)
    return urlunsplit((parts.scheme, parts.netloc.rpartition("@")[2], parts.path, parts.query, ""))


def _credentials(url: str) -> str:
    return unquote(urlsplit(url).netloc.rpartition("@")[0])


def _authorization(url: str) -> Headers:
    """Twilio asks without credentials first and again after a 401. (Twilio: usage/security)"""
    return (("Authorization", "Basic " + b64encode(_credentials(url).encode()).decode()),)
