"""How is each thing asked of Twilio? (Twilio: voice/api; ADR 0011)"""

from collections.abc import Callable, Container, Iterable
from datetime import datetime
from email.utils import parsedate_to_datetime
from itertools import takewhile
from time import monotonic
from typing import TypeVar
from urllib.parse import quote

from requests import Session

from carrier.account import Account
from carrier.answers import NOT_A_DESTINATION, NOT_THERE, Failure, Resource, refusal
from carrier.api import Api, Form, UnansweredError
from carrier.patience import Patience
from carrier.port import NOBODYS, Done, Gone, Result, RingOrder, Seen, Unknown
from directory.numbers import E164, Number
from directory.policy import is_never_dialled

T = TypeVar("T")
SECONDS = 3.0
PROGRESS = ["initiated", "ringing", "answered", "completed"]
PLACED_BY_US = "outbound-api"
MOST_ON_A_PAGE = "1000"


class Twilio:
    """The carrier behind Twilio's REST API; see ``carrier.port.Carrier``. Rooms and queues are given by name, safe for many threads."""

    def __init__(self, account: Account, seconds: float = SECONDS) -> None:
        self._account, self._patience = account, Patience(seconds)

    def close(self) -> None:
        """Ask nothing more."""
        self._patience.close()

    def ring(self, order: RingOrder) -> Result:
        """Place a call. It is dialled at once or in its turn, one a second. What is never dialled is not asked for."""
        if is_never_dialled(order.to) or not E164.fullmatch(order.caller_id.e164):
            return refusal(NOT_A_DESTINATION)
        result = self._asked(lambda api: Done(_sid(api.post("Calls", _ringing(order)))))
        return refusal(NOT_THERE) if isinstance(result, Gone) else result

    def find_ring(self, to: Number, since: datetime, but: Container[str] = NOBODYS) -> Result:
        """The newest call to a number that we placed. A call that is still queued has no start time, so ours is compared here."""
        return self._asked(lambda api: Done(_newest(api.rows("Calls", "calls", {"To": to.e164}), since, but)))

    def look_up(self, sid: str) -> Seen | Failure:
        """A call's own resource. (Twilio: voice/api/call-resource)"""
        return self._asked(lambda api: _seen(api.one(_call(sid)(api))))

    def end(self, sid: str) -> Result:
        """``completed`` ends a ringing call too. (Twilio: voice/tutorials/change-call-state)"""
        return self._changed({"Status": "completed"}, _call(sid))

    def redirect(self, sid: str, url: str) -> Result:
        """Only a call that is in progress can be sent elsewhere."""
        return self._changed({"Url": url, "Method": "POST"}, _call(sid))

    def dequeue(self, queue: str, sid: str, url: str) -> Result:
        """A second time it is too late: ``Gone``."""
        member = quote(sid, safe="")
        return self._changed(
            {"Url": url, "Method": "POST"}, lambda api: f"Queues/{_queue(api, queue)}/Members/{member}"
        )

    def hold(self, room: str, who: str, url: str) -> Result:
        """Isolates both ways."""
        return self._changed({"Hold": "true", "HoldUrl": url, "HoldMethod": "POST"}, _participant(room, who))

    def unhold(self, room: str, who: str) -> Result:
        """Without harm where nobody is held."""
        return self._changed({"Hold": "false"}, _participant(room, who))

    def owner(self, room: str, who: str, *, ends: bool) -> Result:
        """``EndConferenceOnExit`` of somebody who is in the room already."""
        return self._changed({"EndConferenceOnExit": str(ends).lower()}, _participant(room, who))

    def announce(self, room: str, who: str, url: str) -> Result:
        """The others do not hear it."""
        return self._changed({"AnnounceUrl": url, "AnnounceMethod": "POST"}, _participant(room, who))

    def mute(self, room: str, who: str, *, muted: bool) -> Result:
        """The participant hears the others all the same."""
        return self._changed({"Muted": str(muted).lower()}, _participant(room, who))

    def remove(self, room: str, who: str) -> Result:
        """A second time nobody is there: ``Gone``."""
        path = _participant(room, who)

        def removal(api: Api) -> Result:
            api.delete(path(api))
            return Done()

        return self._asked(removal)

    def end_room(self, room: str) -> Result:
        """Only a live conference has the name."""
        return self._changed({"Status": "completed"}, lambda api: f"Conferences/{_room(api, room)}")

    def _changed(self, form: Form, path: Callable[[Api], str]) -> Result:
        """Change what stands at a path, which may have to be looked up first."""

        def change(api: Api) -> Result:
            api.post(path(api), form)
            return Done()

        return self._asked(change)

    def _asked(self, asking: Callable[[Api], T]) -> T | Failure:
        """A connection for each, so that none has been closed by the other side meanwhile: a POST on such a one is lost."""
        until = monotonic() + self._patience.seconds

        def visit() -> T | Failure:
            with Session() as session:
                try:
                    return asking(Api(self._account, session, until))
                except UnansweredError as fault:
                    return fault.result

        return self._patience.within(visit)


def _ringing(order: RingOrder) -> Form:
    return {
        "To": order.to.e164,
        "From": order.caller_id.e164,
        "Url": order.url,
        "Method": "POST",
        "StatusCallback": order.status_url,
        "StatusCallbackMethod": "POST",
        "StatusCallbackEvent": PROGRESS,
        "Timeout": str(order.seconds),
    }


def _call(sid: str) -> Callable[[Api], str]:
    return lambda _: f"Calls/{quote(sid, safe='')}"


def _participant(room: str, who: str) -> Callable[[Api], str]:
    return lambda api: f"Conferences/{_room(api, room)}/Participants/{quote(who, safe='')}"


def _room(api: Api, name: str) -> str:
    """The live conference of a name; participants are reached by its sid only."""
    rows = api.rows("Conferences", "conferences", {"FriendlyName": name})
    return _first(row for row in rows if row.get("status") != "completed")


def _queue(api: Api, name: str) -> str:
    """Queues are listed in full: there is no filter."""
    rows = api.rows("Queues", "queues", {"PageSize": MOST_ON_A_PAGE})
    return _first(row for row in rows if row.get("friendly_name") == name)


def _newest(calls: Iterable[Resource], since: datetime, but: Container[str]) -> str:
    """Moments of calls are whole seconds. Legs of a Dial to the same number are not ours, nor are those of ``but``."""
    whole = since.replace(microsecond=0)
    recent = takewhile(lambda call: _created(call) >= whole, calls)
    return _first(call for call in recent if call.get("direction") == PLACED_BY_US and call.get("sid") not in but)


def _created(call: Resource) -> datetime:
    return _moment(call, "date_created")


def _moment(call: Resource, name: str) -> datetime:
    try:
        return parsedate_to_datetime(str(call.get(name)))
    except ValueError as fault:
        raise UnansweredError(Unknown()) from fault


def _seen(call: Resource) -> Seen:
    """A call that is under way has neither an end nor seconds."""
    status, seconds = call.get("status"), str(call.get("duration"))
    if not isinstance(status, str):
        raise UnansweredError(Unknown())
    ended = _moment(call, "end_time") if call.get("end_time") else None
    return Seen(status, ended, int(seconds) if seconds.isdecimal() else None)


def _first(rows: Iterable[Resource]) -> str:
    row = next(iter(rows), None)
    if row is None:
        raise UnansweredError(Gone())
    return _sid(row)


def _sid(row: Resource) -> str:
    sid = row.get("sid")
    if not isinstance(sid, str) or not sid:
        raise UnansweredError(Unknown())
    return sid
