"""How does the REST API show the account's numbers, and set whom they ask? (Twilio: phone-numbers/api/incomingphonenumber-resource)

What is set here is shown again, and no more: calls go on by what the exchange was set up with.
"""

from telephone.exchange.plant import Plant
from telephone.exchange.rest.asking import Answer, Ask, Json, JsonValue, Problem, not_found, page

URLS = {"VoiceUrl": "voice_url", "VoiceFallbackUrl": "voice_fallback_url", "StatusCallback": "status_callback"}
METHODS = {
    "VoiceMethod": "voice_method",
    "VoiceFallbackMethod": "voice_fallback_method",
    "StatusCallbackMethod": "status_callback_method",
}
OTHERS = {"VoiceApplicationSid": "voice_application_sid", "TrunkSid": "trunk_sid"}


class Numbers:
    """The numbers of one account, by their sids; each is as Twilio sells it until somebody sets it. ``applications`` are what a test
    puts there, by their sids."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self.applications: dict[str, Json] = {}
        owned = sorted(plant.settings.owned)
        self.rows: dict[str, Json] = {f"PN{at:032x}": _fresh(f"PN{at:032x}", number) for at, number in enumerate(owned)}

    def listed(self, ask: Ask) -> Answer:
        """Every number."""
        return page(ask, "incoming_phone_numbers", self.rows.values(), self._plant.account.sid)

    def verified(self, ask: Ask) -> Answer:
        """The numbers beside these that may be shown: none."""
        return page(ask, "outgoing_caller_ids", (), self._plant.account.sid)

    def application(self, ask: Ask) -> Answer:
        """An application, whose addresses go before a number's own."""
        found = self.applications.get(ask.parts["application"])
        if found is None:
            raise not_found(ask.path)
        return Answer(200, found)

    def update(self, ask: Ask) -> Answer:
        """Set some of it; what is not named stays."""
        row = self.rows.get(ask.parts["number"])
        if row is None:
            raise not_found(ask.path)
        row.update(_read(ask))
        return Answer(200, row)


def _fresh(sid: str, number: str) -> Json:
    empty: dict[str, JsonValue] = dict.fromkeys((*URLS.values(), *OTHERS.values()), "")
    able: JsonValue = {"voice": True, "sms": False}
    posts: dict[str, JsonValue] = dict.fromkeys(METHODS.values(), "POST")
    return {"sid": sid, "phone_number": number, "capabilities": able, "voice_receive_mode": "voice", **empty, **posts}


def _read(ask: Ask) -> Json:
    found: Json = {}
    for name, column in {**URLS, **METHODS, **OTHERS}.items():
        if not ask.has(name):
            continue
        said = ask.value(name)
        if name in URLS and said and not said.startswith(("http://", "https://")):
            raise Problem(400, 21502, f"{name} is not a valid URL: {said}")
        if name in METHODS and said not in ("GET", "POST"):
            raise Problem(400, 21403, f"{name} is not a valid method: {said}")
        found[column] = said
    return found
