"""Is an account read from the right place, once, and never for longer than its seconds?"""

from time import monotonic

import pytest

from carrier.account import Account
from carrier.inspecting import Inspector, voice_home
from carrier.port import Busy, Refused, Unknown
from tests.carrier.stand_in import SILENCE, answering

TOKEN = "an-invented-token-of-tests"


@pytest.mark.parametrize(
    ("api", "voice"),
    [
        ("https://api.twilio.com", "https://voice.twilio.com"),
        ("https://api.dublin.ie1.twilio.com", "https://voice.dublin.ie1.twilio.com"),
        ("http://127.0.0.1:8010", "http://127.0.0.1:8010"),
    ],
)
def test_permissions_are_another_products_of_the_same_region(api: str, voice: str) -> None:
    assert voice_home(api) == voice


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        (SILENCE, Unknown),
        ((503, "{}"), Unknown),
        ((200, "<html>"), Unknown),
        ((429, '{"code": 20429}'), Busy),
        ((401, '{"code": 20003}'), Refused),
    ],
)
def test_every_question_ends_in_its_seconds(answer: tuple[int, str], kind: type) -> None:
    with answering(answer) as server:
        inspector = Inspector(Account("AC1", (TOKEN,), server.url), 0.3)
        begun = monotonic()
        found = inspector.balance()
        assert (type(found), monotonic() - begun < 2) == (kind, True)
        inspector.close()


def test_pages_that_lead_elsewhere_are_not_followed() -> None:
    page = '{"content": [], "meta": {"next_page_url": "http://elsewhere.invalid/v1/x"}}'
    with answering((200, page)) as server:
        inspector = Inspector(Account("AC1", (TOKEN,), server.url), 2)
        assert inspector.countries() == ()
        assert [path for _, path, _ in server.asked] == ["/v1/DialingPermissions/Countries?PageSize=1000"]
        inspector.close()


def test_no_token_is_shown_in_what_is_kept() -> None:
    with answering((200, '{"status": "active", "type": "Full", "auth_token": "0123456789abcdef"}')) as server:
        inspector = Inspector(Account("AC1", (TOKEN,), server.url), 2)
        assert "0123456789abcdef" not in repr(inspector.standing(TOKEN))
        inspector.close()
