"""How long does Twilio wait for this URL, and what does it try again?"""

from dataclasses import dataclass
from urllib.parse import parse_qs, urlsplit

CEILING_SECONDS = 15.0
"""No request for a call's next step takes longer, whatever the fragment says."""

RETRYABLE = frozenset({"ct", "rt", "4xx", "5xx"})


@dataclass(frozen=True, slots=True)
class Overrides:
    """Connection overrides of one URL; seconds. (Twilio: usage/webhooks/webhooks-connection-overrides)

    `retry_on` names what is tried again: ct (connect and TLS failures), rt (read timeouts), 4xx, 5xx.
    """

    connect: float = 5.0
    read: float = 15.0
    total: float = CEILING_SECONDS
    retries: int = 1
    retry_on: frozenset[str] = frozenset({"ct"})


def overrides(url: str) -> Overrides:
    """What the fragment `#ct=2000&rt=5000&tt=9000&rc=2&rp=ct,rt,5xx` asks for, within Twilio's bounds.

    Milliseconds; values out of range are brought to the nearest bound, unreadable ones ignored.
    """
    found = parse_qs(urlsplit(url).fragment)
    return Overrides(
        connect=_bounded(found, "ct", 100, 10_000, 5_000) / 1000,
        read=_bounded(found, "rt", 100, 15_000, 15_000) / 1000,
        total=_bounded(found, "tt", 100, int(CEILING_SECONDS * 1000), 15_000) / 1000,
        retries=_bounded(found, "rc", 0, 5, 1),
        retry_on=_policy(found),
    )


def _bounded(found: dict[str, list[str]], key: str, least: int, most: int, default: int) -> int:
    written = found.get(key, [""])[0]
    return min(max(int(written), least), most) if written.isdigit() else default


def _policy(found: dict[str, list[str]]) -> frozenset[str]:
    named = frozenset(found.get("rp", ["ct"])[0].split(","))
    return RETRYABLE if "all" in named else named & RETRYABLE
