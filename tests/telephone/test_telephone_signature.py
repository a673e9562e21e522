"""Does an application's validator agree that a request is Twilio's?"""

from urllib.parse import parse_qsl

import pytest
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from telephone import signature
from telephone.signature import signed_url
from tests.telephone.canned_twiml import ACCOUNT, HOST, LINE, telephone

VECTOR = [("CallSid", "CA1234567890ABCDE"), ("Digits", "1234"), ("To", "+18005551212")]


@pytest.mark.parametrize(
    ("url", "number", "expected"),
    [
        ("https://example.com/myapp.php?foo=1&bar=2", "+14158675310", "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        ("https://mycompany.com/myapp.php?foo=1&bar=2", "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ],
)
def test_twilios_own_examples(url: str, number: str, expected: str) -> None:
    assert signature("12345", url, [*VECTOR, ("Caller", number), ("From", number)]) == expected


@pytest.mark.parametrize(
    "posted",
    [
        [],
        [("Blank", ""), ("A", " untrimmed ")],
        [("a", "lower"), ("B", "upper first")],
        [("Twice", "2"), ("Twice", "1"), ("Twice", "2")],
        [("Body", "Grüße & +44")],
    ],
)
@pytest.mark.parametrize("url", [f"{HOST}/voice?line=a%20b&empty=", "https://host.example:8443/voice"])
def test_the_libraries_validator_agrees(url: str, posted: list[tuple[str, str]]) -> None:
    assert RequestValidator("12345").validate(url, MultiDict(posted), signature("12345", url, posted))


def test_fragment_credentials_and_the_port_of_https_are_not_signed() -> None:
    assert signed_url("https://user:pass@host.example:8443/v?a=1#rc=2") == "https://host.example/v?a=1"
    assert signed_url("http://user:pass@127.0.0.1:8000/v") == "http://127.0.0.1:8000/v"
    assert signed_url("https://[2001:db8::1]:8443/v") == "https://[2001:db8::1]/v"


def test_each_request_of_a_call_validates_whether_posted_or_got() -> None:
    documents = {"/next": "<Response/>"}
    call = telephone('<Response><Redirect method="GET">/next#rc=1</Redirect></Response>', documents).dial(LINE)
    for exchange in call.exchanges:
        sent = dict(exchange.request.headers)["X-Twilio-Signature"]
        form = MultiDict(parse_qsl(exchange.request.body.decode(), keep_blank_values=True))
        assert RequestValidator(ACCOUNT.token).validate(exchange.request.url, form, sent)
    assert call.exchanges[1].request.url.rpartition("#")[0] == ""
