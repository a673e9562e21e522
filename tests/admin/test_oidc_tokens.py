"""Which ID tokens prove nothing, whatever they say?"""

import base64
import json
from typing import Any

import pytest
from joserfc import jwt
from joserfc.jwk import KeySet, OctKey, RSAKey

from admin.oidc import Handshake, Refusal, RefusedError, proved
from admin.provider import Granted, ProviderError, provider_from
from app import ConfigError, config_from
from store.keys import Role
from tests.telling import at

ISSUER, CLIENT = "https://login.example", "dutyline-console"
MOMENT = at("Wed 10:00")
NOW = int(MOMENT.timestamp())
GOOD = {"iss": ISSUER, "aud": CLIENT, "sub": "ada", "nonce": "n", "iat": NOW, "exp": NOW + 60}
OWN, OTHER = RSAKey.generate_key(2048), RSAKey.generate_key(2048)
PUBLIC = KeySet([OWN]).as_dict(private=False)


def judged(token: str) -> Any:
    provider = provider_from(ISSUER, CLIENT, "", "")
    assert provider is not None
    return proved(token, PUBLIC, provider, Handshake("back", "s", "n", "v"), MOMENT)


def refused(token: str) -> Refusal:
    with pytest.raises(RefusedError) as fault:
        judged(token)
    return fault.value.refusal


def signed(claims: dict[str, Any], key: RSAKey = OWN) -> str:
    return jwt.encode({"alg": "RS256"}, claims, key)


def unsigned(claims: dict[str, Any]) -> str:
    parts = (
        base64.urlsafe_b64encode(json.dumps(part).encode()).decode().rstrip("=") for part in ({"alg": "none"}, claims)
    )
    return ".".join((*parts, ""))


def test_a_token_that_the_provider_signed_for_us_holds() -> None:
    assert judged(signed(GOOD)) == GOOD


def test_a_token_of_another_signer_of_none_or_of_a_shared_secret_is_refused() -> None:
    shared = OctKey.import_key("the client's secret, which the browser never sees")
    forged = [signed(GOOD, OTHER), unsigned(GOOD), jwt.encode({"alg": "HS256"}, GOOD, shared), "", "a.b.c", "ü" * 9]
    assert [refused(token) for token in forged] == [Refusal.TOKEN] * len(forged)


@pytest.mark.parametrize(("changed", "why"), [
    ({"exp": NOW - 60}, Refusal.EXPIRED), ({"iat": NOW + 3600}, Refusal.INCOMPLETE),
    ({"nonce": None}, Refusal.NONCE), ({"sub": ""}, Refusal.INCOMPLETE), ({"sub": 7}, Refusal.INCOMPLETE),
    ({"aud": [CLIENT, "other"]}, Refusal.AUDIENCE), ({"azp": "other"}, Refusal.AUDIENCE), ({"aud": []}, Refusal.AUDIENCE),
])  # fmt: skip
def test_a_claim_that_does_not_hold_is_refused(changed: dict[str, Any], why: Refusal) -> None:
    assert refused(signed({**GOOD, **changed})) is why


def test_an_answer_within_the_minute_of_its_end_is_taken() -> None:
    assert judged(signed({**GOOD, "exp": NOW - 59}))


@pytest.mark.parametrize(("claims", "granted"), [
    ({"roles": ["B"], "groups": ["A"]}, Granted(Role.ADMIN)),
    ({"roles": ["D", "E"]}, Granted(Role.EDITOR, ("derby", "devon"))),
    ({"roles": ["D", "F"]}, Granted(Role.EDITOR)),
    ({"roles": "B"}, Granted(Role.VIEWER)),
    ({"roles": [["A"], None, 1]}, None),
    ({}, None),
])  # fmt: skip
def test_claims_come_to_the_strongest_role_and_its_limits(claims: dict[str, Any], granted: Granted | None) -> None:
    provider = provider_from(ISSUER, CLIENT, "", "A=admin, B=viewer, D=editor@devon, E=editor@derby, F=editor")
    assert provider is not None
    assert provider.granted(claims) == granted


def test_every_problem_of_the_settings_is_told() -> None:
    with pytest.raises(ProviderError) as fault:
        provider_from("http://login.example", "", "", "Admins=king, nothing")
    told = str(fault.value).splitlines()
    assert [line.partition(":")[0] for line in told] == [
        "DUTYLINE_OIDC_ISSUER", "DUTYLINE_OIDC_CLIENT_ID", "DUTYLINE_OIDC_ROLES", "DUTYLINE_OIDC_ROLES",
    ]  # fmt: skip


def test_settings_that_cannot_be_used_refuse_the_start(tmp_path: Any) -> None:
    state = {"DUTYLINE_STATE_DIR": str(tmp_path)}
    assert config_from(state).provider is None
    for wrong in ({"DUTYLINE_OIDC_CLIENT_ID": "x"}, {"DUTYLINE_PROXIES": "many"}):
        with pytest.raises(ConfigError, match=next(iter(wrong))[:9]):
            config_from({**state, **wrong})
