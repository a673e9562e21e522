"""Which addresses of the API are taken from the settings, and when is there none?"""

from pathlib import Path

import pytest

from app import ConfigError, config_from
from carrier.account import TWILIO, Account, AddressError, api_url_from

OURS = {"TWILIO_ACCOUNT_SID": "AC" + "0" * 32, "TWILIO_AUTH_TOKEN": "an-invented-token-of-tests"}
ELSEWHERE = {"DUTYLINE_TWILIO_API_URL": "http://127.0.0.1:8010/"}


@pytest.mark.parametrize("text", ["https://api.dublin.ie1.twilio.com", "http://127.0.0.1:8010", "http://[::1]:8010"])
def test_an_address_is_taken(text: str) -> None:
    assert api_url_from(text + "/") == text


@pytest.mark.parametrize(
    "text", ["api.twilio.com", "ftp://127.0.0.1", "https://", "https://a?b=c", "https://a#b", "https://me:it@a"]
)
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(AddressError, match="is not an address; write it as"):
        api_url_from(text)


def test_the_token_is_never_sent_unencrypted_to_another_machine() -> None:
    with pytest.raises(AddressError, match="unencrypted"):
        api_url_from("http://api.example.org")


def test_resources_are_below_the_account() -> None:
    assert (
        Account("AC1", (), "http://127.0.0.1:8010/there").root == "http://127.0.0.1:8010/there/2010-04-01/Accounts/AC1"
    )


@pytest.mark.parametrize(
    ("given", "url"),
    [({}, ""), (OURS, TWILIO), (ELSEWHERE, "http://127.0.0.1:8010"), (OURS | ELSEWHERE, "http://127.0.0.1:8010")],
)
def test_without_an_account_calls_go_only_where_the_settings_say(
    given: dict[str, str], url: str, tmp_path: Path
) -> None:
    assert config_from({"DUTYLINE_STATE_DIR": str(tmp_path), **given}).twilio_api_url == url


def test_a_wrong_address_refuses_the_start(tmp_path: Path) -> None:
    environ = {"DUTYLINE_STATE_DIR": str(tmp_path), "DUTYLINE_TWILIO_API_URL": "api.twilio.com"}
    with pytest.raises(ConfigError, match=r"^DUTYLINE_TWILIO_API_URL: .* is not an address"):
        config_from(environ)
