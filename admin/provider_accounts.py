"""Whose account is it that a provider signed in? Known by the provider's subject; role and name are the provider's to say."""

import hashlib
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from admin.oidc import Refusal, RefusedError
from admin.ports import desk, now
from admin.provider import Granted, Provider
from store.accounts import Account, by_email, by_subject, change, create, new_account
from store.directory import Author

EMAIL = ("email", "preferred_username", "upn")
"""Where Entra ID has somebody's address, the best first."""

LONGEST_EMAIL, LONGEST_NAME = 254, 120
OVERAGE = ("_claim_names", "hasgroups")
"""Entra ID's marks of somebody who is in more groups than a token lists."""


def account_of(claims: Mapping[str, Any], provider: Provider) -> Account:
    """The account of proved claims, made at the first sign-in and brought up to date at each. Raises ``RefusedError``."""
    granted = provider.granted(claims)
    if granted is None:
        raise RefusedError(Refusal.OVERAGE if any(mark in claims for mark in OVERAGE) else Refusal.NO_ROLE)
    subject = hashlib.sha256(f"{provider.issuer} {claims['sub']}".encode()).hexdigest()
    author, at = Author("OpenID Connect", "sign-in"), now()
    with desk().database.write_in_order() as connection:
        known = by_subject(connection, subject)
        found = known or by_email(connection, _email(claims))
        if found is None:
            fresh = _told(new_account(_email(claims), "", granted.role, at), claims, granted)
            return create(connection, replace(fresh, subject=subject), author, at)
        told = replace(_told(_usable(found, known, claims), claims, granted), subject=subject)
        if told != found:
            change(connection, told, "change", author, at)
        return told


def _usable(found: Account, known: Account | None, claims: Mapping[str, Any]) -> Account:
    """Only a provider that vouches for the address may take over an account that was made with it."""
    if known is None and (found.subject or claims.get("email_verified") is not True):
        raise RefusedError(Refusal.TAKEN)
    if found.disabled_at is not None:
        raise RefusedError(Refusal.DISABLED)
    return found


def _told(account: Account, claims: Mapping[str, Any], granted: Granted) -> Account:
    """The account with the provider's name and role; limits that an administrator set stay where it tells none."""
    name = str(claims.get("name") or account.name or account.email)[:LONGEST_NAME]
    return replace(account, name=name, role=granted.role, authorities=granted.authorities or account.authorities)


def _email(claims: Mapping[str, Any]) -> str:
    given = (claims.get(name) for name in EMAIL)
    found = next((text for text in given if isinstance(text, str) and "@" in text), "")
    if not found or len(found) > LONGEST_EMAIL or not found.isprintable():
        raise RefusedError(Refusal.NO_EMAIL)
    return found
