"""How does somebody sign in with their organisation's account?"""

import hmac
import secrets
from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, abort, redirect, request, session, url_for

from admin.oidc import Handshake, Refusal, RefusedError, address, claims
from admin.ports import desk, now
from admin.provider import Provider
from admin.provider_accounts import account_of
from admin.sign_in import Mistake, local, refusal, signed_in

STATE, ONWARD = "state", "next"
LONGEST_CODE = 4096

blueprint = Blueprint("provider", __name__, url_prefix="/admin/sign-in/provider")


@blueprint.get("")
def begin() -> Response:
    """Send the browser to the provider. Its cookie keeps one random text; the other secrets are made from that, here."""
    state = secrets.token_urlsafe(32)
    session[STATE], session[ONWARD] = state, local(request.args.get("next", ""))
    try:
        return cast("Response", redirect(address(_provider(), _handshake(state)), HTTPStatus.SEE_OTHER))
    except RefusedError as fault:
        return _refused(fault.refusal)


@blueprint.get("/back")
def back() -> Response:
    """The browser comes back with a code, or with the provider's refusal."""
    state, onward = session.pop(STATE, ""), session.pop(ONWARD, "")
    provider = _provider()
    try:
        code = _code(state)
        found = claims(provider, _handshake(state), code, now())
        account = account_of(found, provider)
    except RefusedError as fault:
        return _refused(fault.refusal)
    return signed_in(account, "provider", onward)


def _code(state: str) -> str:
    given, code = request.args.get("state", ""), request.args.get("code", "")
    if not state or not hmac.compare_digest(given.encode(), state.encode()):
        raise RefusedError(Refusal.STATE)
    if not code or len(code) > LONGEST_CODE or "error" in request.args:
        raise RefusedError(Refusal.DENIED)
    return code


def _handshake(state: str) -> Handshake:
    nonce, verifier = (desk().keyed(f"sign-in {what} {state}").rstrip("=") for what in ("nonce", "verifier"))
    return Handshake(f"{desk().public_url}{url_for('provider.back')}", state, nonce, verifier)


def _provider() -> Provider:
    provider = desk().provider
    if provider is None:
        abort(HTTPStatus.NOT_FOUND)
    return provider


def _refused(why: Refusal) -> Response:
    return refusal([Mistake("", why.value)], HTTPStatus.FORBIDDEN)
