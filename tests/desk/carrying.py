"""How do the tests reach the emulator's REST API, in process? Twilio's answers become results as the carrier's do."""

import json
from collections.abc import Container, Mapping
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from carrier.port import NOBODYS, Busy, Done, Gone, Refused, Result, RingOrder, Seen, Unknown
from directory.numbers import Number
from telephone import Account, Exchange

GONE = frozenset((20404, 21220))
TOO_MANY = 429


class Interrupted(Exception):  # noqa: N818  # not an error: a worker that is gone
    """The worker is gone before it heard the answer."""


@dataclass(slots=True)
class ExchangeCarrier:
    """A carrier whose telephone company is an emulator; ``exchange`` is plugged in when it is there."""

    account: Account
    exchange: Exchange | None = None
    interrupts: bool = False

    def ring(self, order: RingOrder) -> Result:
        asked = {
            "To": order.to.e164, "From": order.caller_id.e164, "Url": order.url, "Timeout": order.seconds,
            "StatusCallback": order.status_url,
            "StatusCallbackEvent": ["initiated", "ringing", "answered", "completed"],
        }  # fmt: skip
        placed = self._asked("POST", "/Calls.json", asked)
        if self.interrupts:
            self.interrupts = False
            raise Interrupted
        return placed

    def find_ring(self, to: Number, since: datetime, but: Container[str] = NOBODYS) -> Result:
        try:
            status, body = self._sent("GET", f"/Calls.json?To={to.e164.replace('+', '%2B')}", {})
        except OSError:
            return Unknown()
        if status != 200:
            return Unknown()
        made = (call for call in body["calls"] if parsedate_to_datetime(call["date_created"]) >= since)
        found = next((call["sid"] for call in made if call["sid"] not in but), None)
        return Done(found) if found else Gone()

    def look_up(self, sid: str) -> Seen | Gone | Refused | Busy | Unknown:
        try:
            status, body = self._sent("GET", f"/Calls/{sid}.json", {})
        except OSError:
            return Unknown()
        if status != 200:
            others: dict[int, Gone | Busy] = {404: Gone(), TOO_MANY: Busy()}
            return others.get(status, Unknown())
        ended = parsedate_to_datetime(body["end_time"]) if body["end_time"] else None
        return Seen(body["status"], ended, int(body["duration"]) if body["duration"] else None)

    def end(self, sid: str) -> Result:
        return self._asked("POST", f"/Calls/{sid}.json", {"Status": "completed"})

    def redirect(self, sid: str, url: str) -> Result:
        return self._asked("POST", f"/Calls/{sid}.json", {"Url": url, "Method": "POST"})

    def dequeue(self, queue: str, sid: str, url: str) -> Result:
        found = self._found("/Queues.json", "queues", queue)
        if not isinstance(found, str):
            return found
        return self._asked("POST", f"/Queues/{found}/Members/{sid}.json", {"Url": url, "Method": "POST"})

    def hold(self, room: str, who: str, url: str) -> Result:
        return self._participant(room, who, {"Hold": "true", "HoldUrl": url, "HoldMethod": "POST"})

    def unhold(self, room: str, who: str) -> Result:
        return self._participant(room, who, {"Hold": "false"})

    def owner(self, room: str, who: str, *, ends: bool) -> Result:
        return self._participant(room, who, {"EndConferenceOnExit": str(ends).lower()})

    def announce(self, room: str, who: str, url: str) -> Result:
        return self._participant(room, who, {"AnnounceUrl": url, "AnnounceMethod": "POST"})

    def mute(self, room: str, who: str, *, muted: bool) -> Result:
        return self._participant(room, who, {"Muted": str(muted).lower()})

    def remove(self, room: str, who: str) -> Result:
        return self._participant(room, who, {}, "DELETE")

    def end_room(self, room: str) -> Result:
        found = self._conference(room)
        if not isinstance(found, str):
            return found
        return self._asked("POST", f"/Conferences/{found}.json", {"Status": "completed"})

    def _participant(self, room: str, who: str, asked: Mapping[str, object], method: str = "POST") -> Result:
        found = self._conference(room)
        if not isinstance(found, str):
            return found
        return self._asked(method, f"/Conferences/{found}/Participants/{who}.json", asked)

    def _conference(self, room: str) -> str | Result:
        return self._found(f"/Conferences.json?FriendlyName={room}&Status=in-progress", "conferences", room)

    def _found(self, path: str, key: str, name: str) -> str | Result:
        try:
            status, body = self._sent("GET", path, {})
        except OSError:
            return Unknown()
        if status != 200:
            return Busy() if status == TOO_MANY else Unknown()
        return next((row["sid"] for row in body[key] if row["friendly_name"] == name), Gone())

    def _asked(self, method: str, path: str, asked: Mapping[str, object]) -> Result:
        try:
            status, body = self._sent(method, path, asked)
        except OSError:
            return Unknown()
        if status < 300:
            return Done(body.get("sid") or body.get("call_sid", ""))
        if status == TOO_MANY:
            return Busy()
        if status >= 500:
            return Unknown()
        return Gone() if body["code"] in GONE else Refused(body["code"], body["message"])

    def _sent(self, method: str, path: str, asked: Mapping[str, object]) -> tuple[int, dict[str, Any]]:
        assert self.exchange is not None
        url = f"https://api.twilio.com/2010-04-01/Accounts/{self.account.sid}{path}"
        status, text = self.exchange.rest.request(method, url, asked, (self.account.sid, self.account.token))
        try:
            return status, json.loads(text or "{}")
        except json.JSONDecodeError:
            return 500, {}
