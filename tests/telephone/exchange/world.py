"""What stands at both ends of the exchange, in its own tests? Canned documents, and a client of the REST API."""

import json
from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack

from telephone import Attempt, Delivery, Exchange, Leg, Person, ScreeningFailure, Transport, WsgiTransport
from tests.telephone.canned_twiml import ACCOUNT, HOST, LINE, THANKS, WHISPER, Application, Canned

CALLER = "+442079460999"
HANDLER = "+442079460201"
CONSULTED = "+442079460202"
THIRD = "+442079460203"

BASE = f"https://api.twilio.com/2010-04-01/Accounts/{ACCOUNT.sid}"
AUTH = (ACCOUNT.sid, ACCOUNT.token)
EVENTS = "start end join leave mute hold modify speaker announcement"

CALM = "<Response><Say>Please hold the line</Say><Pause length='2'/><Redirect method='GET'>/calm</Redirect></Response>"
DOCUMENTS: dict[str, Canned] = {
    "/calm": CALM,
    "/status": THANKS,
    "/events": THANKS,
    "/whisper": WHISPER,
    "/screened": THANKS,
    "/after": "<Response><Say>Afterwards</Say></Response>",
    "/out": "<Response><Say>Out of the room</Say><Pause length='3'/></Response>",
    "/elsewhere": "<Response><Say>Somewhere else</Say><Pause length='30'/></Response>",
    "/refused": "<Response><Hangup/></Response>",
}


class Settings(TypedDict, total=False):
    delivery: Delivery
    screening_failure: ScreeningFailure
    status_url: str
    fallback_url: str
    seed: int
    calls_a_second: float


class World:
    """An exchange whose line answers with `voice`, and its other paths with `documents`."""

    def __init__(
        self,
        voice: Canned = THANKS,
        documents: Mapping[str, Canned] | None = None,
        transport: Transport | None = None,
        **settings: Unpack[Settings],
    ) -> None:
        app = Application({**DOCUMENTS, "/voice": voice, **(documents or {})})
        wire = transport or WsgiTransport(app)
        self.exchange = Exchange(wire, ACCOUNT, f"{HOST}/voice", owned=[LINE], **settings)

    def rest(self, method: str, path: str, **parameters: object) -> tuple[int, dict[str, Any]]:
        status, text = self.exchange.rest.request(method, BASE + path, parameters, AUTH)
        return status, json.loads(text or "{}")

    def post(self, path: str, **parameters: object) -> dict[str, Any]:
        status, body = self.rest("POST", path, **parameters)
        assert status in {200, 201}, body
        return body

    def listed(self, path: str, key: str) -> list[dict[str, Any]]:
        status, body = self.rest("GET", path)
        assert status == 200, body
        found: list[dict[str, Any]] = body[key]
        return found

    def refusal(self, path: str, **parameters: object) -> tuple[int, int]:
        status, body = self.rest("POST", path, **parameters)
        return status, body["code"]

    def calls(self, number: str, url: str, **parameters: object) -> Leg:
        """Place a call by REST."""
        sid = self.post("/Calls.json", To=number, From=LINE, Url=HOST + url, **parameters)["sid"]
        return self.exchange.leg(sid)

    def asked(self, path: str) -> list[Attempt]:
        """Every request to a path, in order."""
        found = (attempt for attempt in self.exchange.attempts)
        return [each for each in found if each.request.url.partition("?")[0] == HOST + path]

    def told(self, path: str, name: str) -> list[str | None]:
        """One parameter of every request to a path."""
        return [each.parameter(name) for each in self.asked(path)]


def dials_room(attributes: str = "", name: str = "room", action: str = "/out") -> str:
    return f"<Response><Dial action='{action}'><Conference {attributes}>{name}</Conference></Dial></Response>"


class Room(World):
    """A caller and people who are called into one conference."""

    def __init__(
        self, caller: str = "", documents: Mapping[str, Canned] | None = None, **more: Unpack[Settings]
    ) -> None:
        first = f"participantLabel='caller' statusCallback='/events' statusCallbackEvent='{EVENTS}' {caller}"
        super().__init__(dials_room(first), documents, None, **more)
        self.caller = self.exchange.dial(LINE, CALLER)

    @property
    def sid(self) -> str:
        return self.exchange.rooms[0].sid

    def joins(self, number: str, attributes: str = "", presses: str = "1") -> Leg:
        """Somebody is called, answers after a second, and dials in."""
        self.exchange.phone(number).will(Person(presses, after=1))
        document = dials_room(attributes)
        sid = self.post("/Calls.json", To=number, From=LINE, Twiml=document.replace("'/", f"'{HOST}/"))["sid"]
        self.exchange.advance(3)
        return self.exchange.leg(sid)

    def updates(self, who: str, **parameters: object) -> dict[str, Any]:
        return self.post(f"/Conferences/{self.sid}/Participants/{who}.json", **parameters)

    @property
    def events(self) -> list[str | None]:
        return self.told("/events", "StatusCallbackEvent")

    def hears(self, leg: Leg) -> Sequence[Leg]:
        return self.exchange.who_hears(leg)
