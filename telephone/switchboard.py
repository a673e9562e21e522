"""What do all legs of one call share?

The clock, the wire, the transcript and the debugger; later also the rooms in which legs of several calls meet.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from enum import Enum

from telephone.account import Account, Sids
from telephone.clock import Clock
from telephone.delivery import Delivery, Postbag
from telephone.document import Document, Element, Unreadable, read
from telephone.errors import Circling
from telephone.fetching import Failure, Fetched, Fetcher, Order, Purpose
from telephone.transcript import Line, Warned, Who
from telephone.transport import Transport

BEGAN = datetime(2026, 1, 5, 9, 0, tzinfo=UTC)
"""When virtual second 0 is, where nobody says."""

MOST_DOCUMENTS = 500
"""More documents than this without anybody being needed are a loop."""


class ScreeningFailure(Enum):
    """What becomes of a call whose whisper document fails; Twilio's own behaviour is not known."""

    DROPS = "the person called is cut off"
    CONNECTS = "the person called is connected without a whisper"


@dataclass(frozen=True, slots=True)
class Settings:
    """How a number is set up at Twilio. URLs may carry connection overrides in their fragments."""

    voice_url: str
    fallback_url: str | None = None
    status_url: str | None = None
    voice_method: str = "POST"
    fallback_method: str = "POST"
    owned: frozenset[str] = frozenset()
    screening_failure: ScreeningFailure = ScreeningFailure.DROPS
    began: datetime = BEGAN


@dataclass(slots=True)
class Switchboard:
    """One call's surroundings."""

    account: Account
    settings: Settings
    clock: Clock
    sids: Sids
    transport: Transport
    delivery: Delivery
    lines: list[Line] = field(default_factory=list)
    warnings: list[Warned] = field(default_factory=list)
    documents: int = 0
    fetcher: Fetcher = field(init=False)
    postbag: Postbag = field(init=False)

    def __post_init__(self) -> None:
        self.fetcher = Fetcher(self.transport, self.account, self.clock, self.sids)
        self.postbag = Postbag(self.clock, self.delivery, self._call_back)

    def note(self, who: Who, text: str) -> None:
        """Write a line into the transcript."""
        self.lines.append(Line(self.clock.now, who, text))

    def warn(self, code: int, text: str) -> None:
        """Write into the debugger."""
        self.warnings.append(Warned(code, text))

    def timestamp(self) -> str:
        """Now, as status callbacks give it (RFC 2822)."""
        return format_datetime(self.settings.began + timedelta(seconds=self.clock.now))

    def request(self, order: Order, purpose: Purpose) -> Fetched | Failure:
        """Request one webhook, after the callbacks that are due."""
        self.postbag.deliver()
        found = self.fetcher.fetch(order, purpose)
        if isinstance(found, Failure):
            self.warn(found.code, f"{found.url}: {found.reason}")
        return found

    def open(self, order: Order, purpose: Purpose) -> Document | Failure:
        """Request the next document of a leg and read it. Raises Circling."""
        self.documents += 1
        if self.documents > MOST_DOCUMENTS:
            raise Circling(f"{MOST_DOCUMENTS} documents in a row needed nobody; the last was {order.url}")
        found = self.request(order, purpose)
        return found if isinstance(found, Failure) else self._read(found)

    def _read(self, found: Fetched) -> Document | Failure:
        document = understood(found)
        if isinstance(document, Unreadable):
            self.warn(document.code, f"{found.url}: {document.reason}")
            return Failure(document.code, found.url, document.reason)
        self.warnings.extend(document.warnings)
        return document

    def _call_back(self, order: Order) -> None:
        found = self.fetcher.fetch(order, "status")
        if isinstance(found, Failure):
            self.warn(found.code, f"{found.url}: {found.reason}")
        elif not thanks(found):
            self.warn(12300, f"{found.url}: a status callback is answered with 204, or with TwiML")


def understood(found: Fetched) -> Document | Unreadable:
    """A response by its content type: TwiML, a recording to play, or text to read aloud. (Twilio: voice/twiml)"""
    kind = found.response.header("Content-Type").partition(";")[0].strip().lower()
    if kind in {"text/xml", "application/xml", "text/html"}:
        return read(found.response.body, found.url)
    if kind == "text/plain":
        return _plain(found)
    if kind.startswith("audio/"):
        return Document(found.url, (Element("Play", found.url, content=(found.url,)),))
    return Unreadable(f"the content type is {kind or 'missing'}", 12300)


def _plain(found: Fetched) -> Document:
    document = read(found.response.body, found.url)
    if isinstance(document, Document):
        return document
    words = found.response.body.decode(errors="replace")
    return Document(found.url, (Element("Say", found.url, content=(words,)),))


def thanks(found: Fetched) -> bool:
    """Whether Twilio takes this for the answer to a status callback. (Twilio: voice/twiml)"""
    return found.response.status == 204 or (
        found.response.header("Content-Type").startswith(("text/xml", "application/xml"))
        and isinstance(read(found.response.body, found.url), Document)
    )
