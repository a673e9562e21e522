"""Which part of the REST API is meant, may the client use it, and what goes wrong on the way?"""

import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from functools import partial
from random import Random
from typing import Literal, assert_never
from urllib.parse import unquote, urlsplit

from telephone.exchange.floor import Floor
from telephone.exchange.rest import calls, conferences, participants, queues
from telephone.exchange.rest.asking import Answer, Ask, Problem, flattened, not_found, queried
from telephone.exchange.rest.faults import Fault, RestFault
from telephone.exchange.rest.numbers import Numbers
from telephone.exchange.rest.slots import Slots

Handler = Callable[[Ask], Answer]
Route = tuple[Literal["GET", "POST", "DELETE"], str, Handler]

BASE = re.compile(r"/2010-04-01/Accounts/(?P<account>[^/]+)(?P<path>/.+)")
ONE_CALL = r"/Calls/(?P<call>[^/]+)\.json"
ONE_CONFERENCE = r"/Conferences/(?P<conference>[^/]+)\.json"
PARTICIPANTS = r"/Conferences/(?P<conference>[^/]+)/Participants\.json"
ONE_PARTICIPANT = r"/Conferences/(?P<conference>[^/]+)/Participants/(?P<participant>[^/]+)\.json"
ONE_QUEUE = r"/Queues/(?P<queue>[^/]+)\.json"
MEMBERS = r"/Queues/(?P<queue>[^/]+)/Members\.json"
ONE_MEMBER = r"/Queues/(?P<queue>[^/]+)/Members/(?P<member>[^/]+)\.json"


@dataclass(frozen=True, slots=True)
class RestRequest:
    """One request to the API. `status` is what the client saw: None where it saw nothing; `at` in virtual seconds."""

    at: float
    method: str
    path: str
    parameters: tuple[tuple[str, str], ...]
    status: int | None
    fault: Fault | None = None

    def parameter(self, name: str) -> str | None:
        """What was sent under a name; None where it was not."""
        return dict(self.parameters).get(name)


class Rest:
    """The REST API of one account."""

    def __init__(self, floor: Floor, calls_a_second: float, seed: int) -> None:
        self.requests: list[RestRequest] = []
        self._floor, self._random = floor, Random(seed)
        self._faults: list[RestFault] = []
        self.numbers = Numbers(floor.plant)
        self._routes = [*_routes(floor, calls_a_second), *_of_numbers(self.numbers)]

    def fails(self, *faults: RestFault) -> None:
        """Let requests fail from now on; the first fault that strikes a request holds."""
        self._faults.extend(faults)

    def is_well(self) -> None:
        """No request fails any more."""
        self._faults.clear()

    def request(
        self,
        method: str,
        url: str,
        data: Mapping[str, object] | None = None,
        auth: tuple[str, str] | None = None,
        headers: Mapping[str, str] | None = None,  # noqa: ARG002 - what client libraries hand over
        timeout: float | None = None,  # noqa: ARG002 - no time passes while the test's own thread waits
        params: Mapping[str, object] | None = None,
    ) -> tuple[int, str]:
        """Status and body. Raises TimeoutError where no answer comes, ConnectionResetError where the line breaks."""
        parts = urlsplit(url)
        found = BASE.fullmatch(unquote(parts.path))
        path = found["path"] if found else parts.path
        ask = Ask(method.upper(), path, queried(url) + flattened(params) + flattened(data))
        with self._floor.plant.timeline.lock:
            fault = next((each for each in self._faults if each.strikes(ask, self._random)), None)
            answer = self._meets(ask, fault, lambda: self._answered(ask, found["account"] if found else "", auth))
            status = answer.status if isinstance(answer, Answer) else None
            self.requests.append(self._record(ask, status, fault))
        if isinstance(answer, Answer):
            return answer.status, answer.text
        raise answer

    def _meets(self, ask: Ask, fault: RestFault | None, answered: Callable[[], Answer]) -> Answer | OSError:
        if fault is None:
            return answered()
        if fault.fault in {Fault.BROKEN_AFTER, Fault.LOST_REPLY}:
            answered()
        if fault.fault is Fault.SLOW:
            self._floor.plant.timeline.after(fault.seconds, answered)
        return _seen(fault.fault, f"{ask.method} {ask.path}")

    def _answered(self, ask: Ask, account: str, auth: tuple[str, str] | None) -> Answer:
        known = self._floor.plant.account
        try:
            if auth is None or account != known.sid or not _is_right(auth, (known.sid, known.token)):
                raise Problem(401, 20003, "Authenticate")
            return self._routed(ask)
        except Problem as problem:
            return _refused(problem)

    def _routed(self, ask: Ask) -> Answer:
        for method, pattern, handler in self._routes:
            found = re.fullmatch(pattern, ask.path)
            if found and method == ask.method:
                return handler(replace(ask, parts=found.groupdict()))
        raise not_found(ask.path)

    def _record(self, ask: Ask, status: int | None, fault: RestFault | None) -> RestRequest:
        now = self._floor.plant.timeline.now
        return RestRequest(now, ask.method, ask.path, ask.parameters, status, fault.fault if fault else None)


def _of_numbers(numbers: Numbers) -> list[Route]:
    return [
        ("GET", r"/IncomingPhoneNumbers\.json", numbers.listed),
        ("GET", r"/OutgoingCallerIds\.json", numbers.verified),
        ("GET", r"/Applications/(?P<application>[^/]+)\.json", numbers.application),
        ("POST", r"/IncomingPhoneNumbers/(?P<number>[^/]+)\.json", numbers.update),
    ]


def _routes(floor: Floor, calls_a_second: float) -> list[Route]:
    """Method, path, and who answers. Calls and participants have starts of their own."""
    slots = Slots(floor.plant.timeline, calls_a_second)
    seats = Slots(floor.plant.timeline, calls_a_second)
    return [
        ("POST", r"/Calls\.json", partial(calls.create, floor, slots)),
        ("GET", r"/Calls\.json", partial(calls.listed, floor)),
        ("GET", ONE_CALL, partial(calls.fetch, floor)),
        ("POST", ONE_CALL, partial(calls.update, floor)),
        ("GET", r"/Conferences\.json", partial(conferences.listed, floor)),
        ("GET", ONE_CONFERENCE, partial(conferences.fetch, floor)),
        ("POST", ONE_CONFERENCE, partial(conferences.update, floor)),
        ("POST", PARTICIPANTS, partial(participants.create, floor, seats)),
        ("GET", PARTICIPANTS, partial(participants.listed, floor)),
        ("GET", ONE_PARTICIPANT, partial(participants.fetch, floor)),
        ("POST", ONE_PARTICIPANT, partial(participants.update, floor)),
        ("DELETE", ONE_PARTICIPANT, partial(participants.remove, floor)),
        ("GET", r"/Queues\.json", partial(queues.listed, floor)),
        ("GET", ONE_QUEUE, partial(queues.fetch, floor)),
        ("GET", MEMBERS, partial(queues.members, floor)),
        ("GET", ONE_MEMBER, partial(queues.member, floor)),
        ("POST", ONE_MEMBER, partial(queues.dequeue, floor)),
    ]


def _seen(fault: Fault, what: str) -> Answer | OSError:
    """What the client sees of a fault."""
    match fault:
        case Fault.TOO_MANY:
            return _refused(Problem(429, 20429, "Too Many Requests"))
        case Fault.BROKEN | Fault.BROKEN_AFTER:
            return _refused(Problem(500, 20500, "Internal Server Error"))
        case Fault.HUNG | Fault.SLOW:
            return TimeoutError(f"{what}: no answer in time")
        case Fault.RESET | Fault.LOST_REPLY:
            return ConnectionResetError(f"{what}: the connection was reset")
        case _:
            assert_never(fault)


def _refused(problem: Problem) -> Answer:
    return Answer(problem.status, problem.body)


def _is_right(given: tuple[str, str], known: tuple[str, str]) -> bool:
    return hmac.compare_digest(":".join(given).encode(), ":".join(known).encode())
