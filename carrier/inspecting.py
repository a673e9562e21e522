"""What does an account look like from Twilio's side? Read only: its standing, its balance, its numbers and where it may ring."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal, InvalidOperation
from email.utils import parsedate_to_datetime
from time import monotonic
from typing import TypeVar
from urllib.parse import quote, urlsplit

from requests import Response, Session

from carrier.account import Account
from carrier.answers import Failure, Resource, failure
from carrier.api import Api, UnansweredError, body_of, rows_of
from carrier.patience import Patience
from carrier.port import Unknown

T = TypeVar("T")
SECONDS = 8.0
MOST_ON_A_PAGE = {"PageSize": "1000"}


@dataclass(frozen=True, slots=True)
class Standing:
    """An account: ``status`` is active, suspended or closed, ``kind`` Trial or Full. ``at`` is the clock of Twilio's reply, ``token``
    the account's own where Twilio shows it."""

    status: str
    kind: str
    owner: str
    at: datetime | None
    token: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class Balance:
    """What is left, in a currency (ISO 4217)."""

    left: Decimal
    currency: str


@dataclass(frozen=True, slots=True)
class Hook:
    """An address that Twilio asks, and the method; an empty address is none."""

    url: str
    method: str = "POST"


@dataclass(frozen=True, slots=True)
class OwnNumber:
    """A number of the account (E.164) and whom Twilio asks when it rings. A ``trunk`` or an ``application`` goes before the hooks."""

    number: str
    voice: Hook
    fallback: Hook
    status: Hook
    speaks: bool = True
    receives: str = "voice"
    trunk: str = ""
    application: str = ""
    sid: str = ""


@dataclass(frozen=True, slots=True)
class Country:
    """Where the account may ring: ordinary numbers, special (premium) ones, and those known for toll fraud."""

    code: str
    name: str
    ordinary: bool
    special: bool
    fraudulent: bool


class Inspector:
    """Reads an account. Every question ends within its seconds, in what was asked for or in a failure."""

    def __init__(self, account: Account, seconds: float = SECONDS) -> None:
        self._account, self._patience = account, Patience(seconds)

    def close(self) -> None:
        """Ask nothing more."""
        self._patience.close()

    def standing(self, token: str) -> Standing | Failure:
        """The account, as Twilio shows it to whoever holds this token."""
        return self._asked(lambda reads: reads.standing(), replace(self._account, tokens=(token,)))

    def balance(self) -> Balance | Failure:
        """What is left. Only an account of its own has a balance."""
        return self._asked(lambda reads: _balance(reads.resource("Balance")))

    def numbers(self) -> tuple[OwnNumber, ...] | Failure:
        """Every number of the account; the hooks of an application in place of those that it makes void."""
        return self._asked(lambda reads: tuple(reads.numbers()))

    def verified(self) -> frozenset[str] | Failure:
        """The numbers beside its own that the account may show (E.164)."""
        return self._asked(
            lambda reads: frozenset(
                _text(row, "phone_number")
                for row in reads.rows("OutgoingCallerIds", "outgoing_caller_ids", MOST_ON_A_PAGE)
            )
        )

    def countries(self) -> tuple[Country, ...] | Failure:
        """The account's geographic permissions."""
        return self._asked(lambda reads: tuple(map(_country, reads.countries())))

    def _asked(self, asking: "Callable[[Reads], T]", account: Account | None = None) -> T | Failure:
        until = monotonic() + self._patience.seconds

        def visit() -> T | Failure:
            with Session() as session:
                try:
                    return asking(Reads(account or self._account, session, until))
                except UnansweredError as fault:
                    return fault.result

        return self._patience.within(visit)


class Reads(Api):
    """What is only read, beyond the lists that whoever places calls needs, too."""

    def resource(self, path: str) -> Resource:
        """One resource of the account."""
        return self._asked("GET", f"{self._account.root}/{path}.json", {})

    def standing(self) -> Standing:
        """The account itself, with the clock of the reply."""
        reply = self._accepted("GET", f"{self._account.root}.json", {})
        found = body_of(reply)
        if found is None or reply.status_code != 200:
            raise UnansweredError(failure(reply.status_code, found))
        return Standing(
            _text(found, "status"), _text(found, "type"), _text(found, "owner_account_sid"), _date(reply),
            _text(found, "auth_token"),
        )  # fmt: skip

    def numbers(self) -> Iterator[OwnNumber]:
        """Every number, as it really is answered."""
        for row in self.rows("IncomingPhoneNumbers", "incoming_phone_numbers", MOST_ON_A_PAGE):
            number = _own(row, _text(row, "phone_number"))
            if number.application and not number.trunk:
                app = self.resource(f"Applications/{quote(number.application, safe='')}")
                number = replace(number, voice=_hook(app, "voice"), fallback=_hook(app, "voice_fallback"),
                                 status=_hook(app, "status_callback", ""))  # fmt: skip
            yield number

    def countries(self) -> Iterator[Resource]:
        """The list of another product of Twilio's, whose pages follow one another by whole addresses."""
        home = voice_home(self._account.url)
        url, form = f"{home}/v1/DialingPermissions/Countries", dict[str, str | list[str]](MOST_ON_A_PAGE)
        while url.startswith(f"{home}/"):
            page = self._asked("GET", url, form)
            yield from rows_of(page, "content")
            meta = page.get("meta")
            url, form = str((meta if isinstance(meta, dict) else {}).get("next_page_url") or ""), {}


def voice_home(url: str) -> str:
    """``voice.twilio.com`` for ``api.twilio.com``, in each region; elsewhere everything is at one place."""
    parts = urlsplit(url)
    if not parts.netloc.startswith("api."):
        return url
    return parts._replace(netloc=f"voice.{parts.netloc.removeprefix('api.')}").geturl()


def _own(row: Resource, number: str) -> OwnNumber:
    able = row.get("capabilities")
    speaks = bool(able.get("voice", True)) if isinstance(able, dict) else True
    return OwnNumber(
        number, _hook(row, "voice"), _hook(row, "voice_fallback"), _hook(row, "status_callback", ""), speaks,
        _text(row, "voice_receive_mode") or "voice", _text(row, "trunk_sid"), _text(row, "voice_application_sid"),
        _text(row, "sid"),
    )  # fmt: skip


def _hook(row: Resource, name: str, ending: str = "_url") -> Hook:
    return Hook(_text(row, f"{name}{ending}"), _text(row, f"{name}_method").upper() or "POST")


def _country(row: Resource) -> Country:
    allowed = (
        row.get(f"{kind}_enabled") is True
        for kind in ("low_risk_numbers", "high_risk_special_numbers", "high_risk_tollfraud_numbers")
    )
    return Country(_text(row, "iso_code"), _text(row, "name"), *allowed)


def _balance(row: Resource) -> Balance:
    try:
        return Balance(Decimal(_text(row, "balance")), _text(row, "currency"))
    except InvalidOperation as fault:
        raise UnansweredError(Unknown()) from fault


def _text(row: Resource, name: str) -> str:
    value = row.get(name)
    return value if isinstance(value, str) else ""


def _date(reply: Response) -> datetime | None:
    try:
        return parsedate_to_datetime(reply.headers.get("Date", ""))
    except ValueError:
        return None
