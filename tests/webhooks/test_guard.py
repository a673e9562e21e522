"""Does the guard come to the verdict of Twilio's own validator?"""

from collections.abc import Sequence

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from twilio.request_validator import RequestValidator
from werkzeug.datastructures import MultiDict

from webhooks.guard import Guard, TokenRefusedError

TOKEN, OLD_TOKEN = "0123456789abcdef0123456789abcdef", "fedcba9876543210fedcba9876543210"
Pairs = list[tuple[str, str]]

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
names = st.sampled_from(["CallSid", "From", "To", "Digits", "digits", "A", "B", "AB"]) | texts
forms = st.lists(st.tuples(names, texts | st.just("") | st.just(" untrimmed ")), max_size=8)
hosts = st.sampled_from(["calls.example.org", "127.0.0.1", "localhost", "Calls.Example.org"])
ports = st.sampled_from(["", ":443", ":80", ":8000", ":8443"])
publics = st.builds(
    lambda scheme, host, port, prefix: f"{scheme}://{host}{port}{prefix}",
    st.sampled_from(["http", "https"]), hosts, ports, st.sampled_from(["", "/ivr", "/a/b"]),
)  # fmt: skip
targets = st.builds(
    lambda path, query: path + query,
    st.sampled_from(["/webhooks/voice", "/webhooks/status", "/webhooks/voice/1/0123456789ab/devon/mash/d3"]),
    st.sampled_from(["", "?x=1&b=2.3", "?t=abcd", "?m=4&x=1", "?a=b%20c&empty="]),
)
VECTOR = [("CallSid", "CA1234567890ABCDE"), ("Digits", "1234"), ("To", "+18005551212")]


def verdict(url: str, pairs: Sequence[tuple[str, str]], signature: str) -> bool:
    """What the library says of a request."""
    return bool(RequestValidator(TOKEN).validate(url, MultiDict(pairs), signature))


def library(url: str, pairs: Sequence[tuple[str, str]]) -> str:
    """The library's signature."""
    return str(RequestValidator(TOKEN).compute_signature(url, MultiDict(pairs)))


def joined(pairs: Pairs) -> str:
    """What Twilio signs of a form."""
    return "".join(name + value for name, value in sorted({*pairs}))


@settings(max_examples=800, deadline=None, database=None)
@given(public=publics, target=targets, pairs=forms)
@example("https://calls.example.org", "/webhooks/voice", [("Twice", "2"), ("Twice", "1"), ("Twice", "2"), ("B", "")])
def test_what_the_library_signs_is_admitted_and_what_we_sign_the_library_admits(
    public: str, target: str, pairs: Pairs
) -> None:
    guard = Guard([TOKEN], public)
    assert guard.admits(library(public + target, pairs), target, pairs)
    assert verdict(public + target, pairs, guard.signature(target, pairs))


@settings(max_examples=800, deadline=None, database=None)
@given(public=publics, signed_for=publics, targets=st.tuples(targets, targets), sent=forms, signed=forms)
def test_the_two_agree_on_any_signature_for_any_request(
    public: str, signed_for: str, targets: tuple[str, str], sent: Pairs, signed: Pairs
) -> None:
    signature = library(signed_for + targets[0], signed)
    admitted = Guard([TOKEN], public).admits(signature, targets[1], sent)
    assert admitted == verdict(public + targets[1], sent, signature)


@settings(max_examples=500, deadline=None, database=None)
@given(pairs=forms.filter(bool), at=st.integers(0, 7), more=texts.filter(bool), tampering=st.integers(0, 6))
def test_a_request_of_which_any_part_was_altered_is_refused_by_both(
    pairs: Pairs, at: int, more: str, tampering: int
) -> None:
    public, target = "https://calls.example.org/ivr", "/webhooks/voice?x=1"
    signature = library(public + target, pairs)
    at %= len(pairs)
    name, value = pairs[at]
    altered = [
        (target, [*pairs[:at], (name, value + more), *pairs[at + 1 :]], signature),
        (target, [*pairs[:at], (name + more, value), *pairs[at + 1 :]], signature),
        (target, [*pairs, ("Unheard-of" + more, "")], signature),
        (target + "1", pairs, signature),
        (target.replace("voice", "status"), pairs, signature),
        (target, pairs, signature[::-1]),
        (target, pairs, signature[:-1]),
    ]
    path, fields, given_signature = altered[tampering]
    admitted = Guard([TOKEN], public).admits(given_signature, path, fields)
    assert admitted == verdict(public + path, fields, given_signature)
    assert not admitted or joined(fields) == joined(pairs)  # the borders between fields are not signed


@pytest.mark.parametrize(
    ("base", "number", "printed"),
    [
        ("https://example.com", "+14158675310", "L/OH5YylLD5NRKLltdqwSvS0BnU="),
        ("https://mycompany.com", "+14158675309", "RSOYDt4T1cUTdK1PDd93/VVr8B8="),
    ],
)
def test_the_requests_of_twilios_documentation_are_admitted(base: str, number: str, printed: str) -> None:
    pairs, target = [*VECTOR, ("Caller", number), ("From", number)], "/myapp.php?foo=1&bar=2"
    assert RequestValidator("12345").compute_signature(base + target, MultiDict(pairs)) == printed
    # Their token of five characters would keep nobody out and is refused, so the same requests stand under one of ours.
    assert Guard([TOKEN], base).signature(target, pairs) == library(base + target, pairs)
    assert not Guard([TOKEN], base).admits(printed, target, pairs)


def test_while_a_token_is_rotated_the_old_and_the_new_are_admitted() -> None:
    pairs, target = [("CallSid", "CA1")], "/webhooks/voice"
    public = "https://calls.example.org"
    guard = Guard([TOKEN, OLD_TOKEN], public)
    for token in (TOKEN, OLD_TOKEN):
        assert guard.admits(Guard([token], public).signature(target, pairs), target, pairs)
    assert not guard.admits(Guard(["another-token-entirely"], public).signature(target, pairs), target, pairs)


@pytest.mark.parametrize("signature", ["", " ", "é", "\x00", "=" * 28, "x" * 10_000])
def test_a_signature_that_is_none_is_refused_without_a_fault(signature: str) -> None:
    assert not Guard([TOKEN], "https://calls.example.org").admits(signature, "/webhooks/voice", [])


@pytest.mark.parametrize("tokens", [[], [""], ["short"], ["x" * 15], [TOKEN, ""], [TOKEN, "short"]])
def test_a_token_that_keeps_nobody_out_is_refused_at_the_start(tokens: list[str]) -> None:
    with pytest.raises(TokenRefusedError, match="at least 16"):
        Guard(tokens, "https://calls.example.org")
