"""How is the OpenID Connect provider asked who somebody is? Authorization code, PKCE, nonce, state; every claim is checked.

OpenID Connect Core 1.0, section 3.1.3.7 says what is checked; RFC 9700 (best current practice) why.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from threading import BoundedSemaphore
from typing import Any

from authlib.integrations.base_client import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from joserfc import jwt
from joserfc.errors import ClaimError, ExpiredTokenError, JoseError
from joserfc.jwk import KeySet
from requests import RequestException

from admin.provider import Provider

SCOPE = "openid profile email"
ALGORITHMS = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Signatures by the provider's own key: neither “none” nor those that a shared secret makes."""

SECONDS = 5
LEEWAY = 60
_TURNS = BoundedSemaphore(2)
"""A provider that hangs takes no more threads than these from callers."""


class Refusal(StrEnum):
    """Why a provider's answer lets nobody in, in words for the page."""

    AWAY = "The provider does not answer; try again in a moment, or sign in with a password."
    BUSY = "Others are signing in at this moment; try again."
    DENIED = "The provider did not sign you in; try again, or ask those who run it."
    STATE = "The answer does not belong to a sign-in that was begun in this browser; begin again."
    CODE = "The provider did not take its own code back; begin again."
    TOKEN = "The provider's answer is not signed by the provider; tell an administrator."  # noqa: S105  # a sentence
    ISSUER = "The answer comes from another provider than ours; tell an administrator."
    AUDIENCE = "The answer is meant for another application; tell an administrator."
    NONCE = "The answer was given to another sign-in; begin again."
    EXPIRED = "The answer is too old; begin again, and if it stays, have the clocks of both servers looked at."
    INCOMPLETE = "The provider's answer lacks what we need to know you by; tell an administrator."
    NO_EMAIL = "The provider does not tell your e-mail address; ask those who run it to release it to Dutyline."
    NO_ROLE = "Your organisation's account has no role in Dutyline; ask an administrator for one."
    OVERAGE = "You are in too many groups for the provider to list; ask an administrator for an application role."
    TAKEN = "An account with a password has your e-mail address; sign in with it, or ask an administrator."
    DISABLED = "Your account is disabled; ask an administrator."


OF_CLAIM = {"iss": Refusal.ISSUER, "aud": Refusal.AUDIENCE, "azp": Refusal.AUDIENCE, "nonce": Refusal.NONCE}


class RefusedError(Exception):
    """Nobody is let in."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


@dataclass(frozen=True, slots=True)
class Handshake:
    """One sign-in under way: where it comes back to, and its three secrets."""

    back: str
    state: str
    nonce: str
    verifier: str


def address(provider: Provider, handshake: Handshake) -> str:
    """Where the browser goes to sign in. Asks the provider."""
    with _Turn(), _session(provider, handshake) as http:
        endpoint = _discovered(http, provider)["authorization_endpoint"]
        secrets = {"nonce": handshake.nonce, "code_verifier": handshake.verifier}
        url: str = http.create_authorization_url(endpoint, state=handshake.state, **secrets)[0]
    return url


def claims(provider: Provider, handshake: Handshake, code: str, at: datetime) -> Mapping[str, Any]:
    """What the provider says of somebody, proved. Asks the provider; ``at`` is the moment at which the answer must hold."""
    with _Turn(), _session(provider, handshake) as http:
        found = _discovered(http, provider)
        try:
            token = http.fetch_token(found["token_endpoint"], code=code, code_verifier=handshake.verifier)
        except OAuthError as fault:
            raise RefusedError(Refusal.CODE) from fault
        keys = _json(http, found["jwks_uri"])
    return proved(str(token.get("id_token", "")), keys, provider, handshake, at)


class _Turn:
    """One of the few requests that may be under way; and what goes wrong in it, in our words."""

    def __enter__(self) -> None:
        if not _TURNS.acquire(timeout=SECONDS):
            raise RefusedError(Refusal.BUSY)

    def __exit__(self, kind: object, fault: BaseException | None, trace: object) -> None:
        _TURNS.release()
        if isinstance(fault, RequestException | KeyError | ValueError):
            raise RefusedError(Refusal.AWAY) from fault


def _session(provider: Provider, handshake: Handshake) -> OAuth2Session:
    return OAuth2Session(
        provider.client,
        provider.secret or None,
        scope=SCOPE,
        redirect_uri=handshake.back,
        code_challenge_method="S256",
        default_timeout=SECONDS,
    )


def _discovered(http: OAuth2Session, provider: Provider) -> Mapping[str, str]:
    """The provider's own description, which must be of the issuer that the settings name."""
    found: Mapping[str, str] = _json(http, f"{provider.issuer}/.well-known/openid-configuration")
    if found["issuer"].rstrip("/") != provider.issuer:
        raise RefusedError(Refusal.ISSUER)
    return found


def _json(http: OAuth2Session, url: str) -> Any:
    reply = http.request("GET", url, withhold_token=True)
    reply.raise_for_status()
    return reply.json()


def proved(token: str, keys: Any, provider: Provider, handshake: Handshake, at: datetime) -> Mapping[str, Any]:
    """The claims of an ID token, if the provider's keys signed it for us, for this sign-in, and it still holds."""
    try:
        found = jwt.decode(token, KeySet.import_key_set(keys), algorithms=ALGORITHMS).claims
        _rules(provider, handshake, at).validate(found)
    except ExpiredTokenError as fault:
        raise RefusedError(Refusal.EXPIRED) from fault
    except ClaimError as fault:
        raise RefusedError(OF_CLAIM.get(fault.claim, Refusal.INCOMPLETE)) from fault
    except (JoseError, ValueError, KeyError, TypeError) as fault:
        raise RefusedError(Refusal.TOKEN) from fault
    _check_party(found, provider)
    return found


def _rules(provider: Provider, handshake: Handshake, at: datetime) -> jwt.JWTClaimsRegistry:
    return jwt.JWTClaimsRegistry(
        now=int(at.timestamp()),
        leeway=LEEWAY,
        iss={"essential": True, "values": [provider.issuer, f"{provider.issuer}/"]},
        sub={"essential": True},
        aud={"essential": True, "value": provider.client},
        exp={"essential": True},
        iat={"essential": True},
        nonce={"essential": True, "value": handshake.nonce},
    )


def _check_party(found: Mapping[str, Any], provider: Provider) -> None:
    """A token for several audiences says to whom it was given."""
    party = found.get("azp", provider.client if not _several(found["aud"]) else None)
    if party != provider.client:
        raise RefusedError(Refusal.AUDIENCE)


def _several(audience: object) -> bool:
    return isinstance(audience, list) and len(audience) > 1
