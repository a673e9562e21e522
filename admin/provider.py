"""Which OpenID Connect provider signs people in, and which of its roles are which of ours?"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from store.keys import Role

LOOPBACK = ("127.0.0.1", "::1", "localhost")
CLAIMS = ("roles", "groups")
"""Entra ID's shape: app roles in ``roles``, groups (as their object ids) in ``groups``; each a list of texts."""

STRONGEST_FIRST = (Role.ADMIN, Role.EDITOR, Role.HANDLER, Role.AUDITOR, Role.VIEWER)
PAIR = re.compile(r"(?P<claim>.+)=\s*(?P<role>[a-z]+)(@(?P<authority>[a-z0-9-]+))?")


class ProviderError(ValueError):
    """Settings that cannot be used: every problem, each with its remedy."""


@dataclass(frozen=True, slots=True)
class Grant:
    """What one value of a claim grants; ``authority`` limits what may be changed (empty: no limit)."""

    role: Role
    authority: str = ""


@dataclass(frozen=True, slots=True)
class Granted:
    """What somebody's claims come to: one role, and the authorities that it is limited to (none: no limit)."""

    role: Role
    authorities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Provider:
    """A provider, as the deployment's settings name it."""

    issuer: str
    client: str
    secret: str = field(repr=False)
    grants: Mapping[str, tuple[Grant, ...]]

    def granted(self, claims: Mapping[str, Any]) -> Granted | None:
        """The strongest role that the claims grant; nothing where they grant none."""
        found = [grant for value in _values(claims) for grant in self.grants.get(value, ())]
        role = next((role for role in STRONGEST_FIRST if any(grant.role is role for grant in found)), None)
        if role is None:
            return None
        authorities = {grant.authority for grant in found if grant.role is role}
        return Granted(role, () if "" in authorities else tuple(sorted(authorities)))


def _values(claims: Mapping[str, Any]) -> Iterable[str]:
    for name in CLAIMS:
        given = claims.get(name, ())
        values = [given] if isinstance(given, str) else given if isinstance(given, list | tuple) else ()
        yield from (value for value in values if isinstance(value, str))


def provider_from(issuer: str, client: str, secret: str, roles: str) -> Provider | None:
    """The provider of these settings; nothing where none is set. Raises ``ProviderError`` with every problem."""
    if not (issuer or client or secret or roles):
        return None
    grants, problems = _grants(roles)
    problems = [*_of_issuer(issuer), *_of_client(client), *problems]
    if problems:
        raise ProviderError("\n".join(problems))
    return Provider(issuer.rstrip("/"), client, secret, grants)


def _of_issuer(issuer: str) -> Iterable[str]:
    url = urlsplit(issuer)
    safe = url.scheme == "https" or (url.scheme == "http" and url.hostname in LOOPBACK)
    if not safe or not url.hostname or url.query or url.fragment:
        yield f"DUTYLINE_OIDC_ISSUER: “{issuer}” is not an https address; copy the issuer from the provider."


def _of_client(client: str) -> Iterable[str]:
    if not client:
        yield "DUTYLINE_OIDC_CLIENT_ID: nothing is given; copy the application's id from the provider."


def _grants(text: str) -> tuple[dict[str, tuple[Grant, ...]], list[str]]:
    """``value=role`` or ``value=role@authority``, separated by commas; where nothing is given, our roles' own names."""
    grants: dict[str, tuple[Grant, ...]] = {}
    problems = []
    for pair in filter(None, map(str.strip, (text or ",".join(f"{role}={role}" for role in Role)).split(","))):
        found = PAIR.fullmatch(pair)
        if found is None or found["role"] not in set(Role):
            problems.append(
                f"DUTYLINE_OIDC_ROLES: “{pair}” is not “value=role”; roles are {', '.join(Role)}, also “role@authority”."
            )
            continue
        grant = Grant(Role(found["role"]), found["authority"] or "")
        value = found["claim"].strip()
        grants[value] = (*grants.get(value, ()), grant)
    return grants, problems
