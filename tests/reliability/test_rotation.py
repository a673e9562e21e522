"""Is anybody dropped when the auth token is replaced in the middle of their call?"""

from dataclasses import dataclass, replace
from urllib.parse import parse_qsl

import pytest

from app import Config, build
from routing.clock import FixedClock
from store.drain import drain
from store.projections import events_of
from telephone import Account, Request, Response, Telephone, WsgiTransport, signature
from tests.desk.stage import BASE
from tests.telling import at
from tests.webhooks.test_refusals import ACCOUNT

NEW = "the-token-that-takes-over"
SIGNATURE = "X-Twilio-Signature"


@dataclass
class Rotating:
    """Twilio, which signs with the new token once it has sent so many requests."""

    inner: WsgiTransport
    after: int
    sent: int = 0

    def send(self, request: Request) -> Response:
        self.sent += 1
        if self.sent <= self.after:
            return self.inner.send(request)
        signed = signature(NEW, request.url, parse_qsl(request.body.decode(), keep_blank_values=True))
        kept = tuple((name, value) for name, value in request.headers if name != SIGNATURE)
        return self.inner.send(replace(request, headers=(*kept, (SIGNATURE, signed))))


@pytest.mark.parametrize("after", [1, 2, 3, 4])
def test_whoever_is_on_the_line_notices_nothing_while_both_tokens_are_in_force(config: Config, after: int) -> None:
    both = build(replace(config, tokens=(NEW, *config.tokens)), FixedClock(at("Wed 10:00")))
    try:
        twilio = Rotating(WsgiTransport(both.flask), after)
        phone = Telephone(
            twilio, Account(ACCOUNT, config.tokens[0]), f"{BASE}/webhooks/voice", status_url=f"{BASE}/webhooks/status",
            owned=["+442079460101"],
        )  # fmt: skip
        call = phone.dial("+442079460101").presses("3").rings("0345 155 1071").no_answer()
        call.rings("0345 600 0388").answers().talks(20).callee_hangs_up().has_ended()
        assert twilio.sent > after
        assert call.warnings == ()
        drain(config.state / "journal", both.database, both.journal.own)
        with both.database.read() as connection:
            assert len(events_of(connection, call.sid)) >= 4
    finally:
        both.close()


def test_the_old_token_opens_nothing_once_it_is_taken_out(config: Config) -> None:
    only = build(replace(config, tokens=(NEW,)), FixedClock(at("Wed 10:00")))
    try:
        phone = Telephone(WsgiTransport(only.flask), Account(ACCOUNT, config.tokens[0]), f"{BASE}/webhooks/voice")
        answers = [attempt.answer for attempt in phone.dial("+442079460101").exchanges]
        assert {getattr(answer, "status", None) or getattr(answer, "kind", None) for answer in answers} <= {403, "4xx"}
    finally:
        only.close()
