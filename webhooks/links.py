"""How is a position written as a URL, and read back? Slugs, small integers, opaque ids and tags; nothing personal.

``/webhooks/voice/1/<digest>/<line>/<node>/<stage><hop>?x=<tries>&b=<back>&s=<subject>&t=<tags>&m=<mark>``, at most 200
characters. The number after ``voice`` is the version of this grammar; the last one is still read when a new one comes.
"""

import re
from functools import lru_cache

from ivr.legs import LegPlace, LegStage
from ivr.moment import TAG_LENGTH
from ivr.position import Position, Stage
from ivr.steps.dial_by_name import LONGEST_ID

ROOT = "/webhooks/voice"
STATUS = "/webhooks/status"
FALLBACK = "/webhooks/voice/fallback"
AFTER_FALLBACK = "/webhooks/voice/fallback/after"
ROUND_TRIP = "/webhooks/round-trip"
"""Where `dutyline doctor` knocks as Twilio would; nothing comes of it."""

OVERRIDES = "#ct=2000&rt=5000&rc=2&rp=ct,rt,5xx"
"""Twilio's retries and timeouts for our URLs: by default it would retry neither a 5xx nor a slow reply (ruling 27)."""

PATH = re.compile(rf"{ROOT}/1/([0-9a-f]{{12}})/([a-z0-9-]{{1,40}})/([a-z0-9-]{{1,40}})/([a-z])(\d{{1,3}})")
SUBJECT = re.compile(
    rf"~{{0,2}}[A-Za-z0-9_-]{{1,40}}|[A-Za-z0-9_-]{{1,{LONGEST_ID}}}(?:\.[A-Za-z0-9_-]{{1,{LONGEST_ID}}}){{1,2}}"
)
"""Somebody wanted, or a team (~), or a named role (~~), or up to three people who may be meant."""
TAGS = re.compile(rf"(?:[A-Za-z0-9_-]{{{TAG_LENGTH}}}){{1,12}}")
INDICES = re.compile(r"\d{1,3}(?:\.\d{1,3}){0,3}")
SMALL = re.compile(r"\d{1,3}")
LETTERS = frozenset(Stage)

DESK = "/webhooks/desk/1/"
LEG = re.compile(rf"{DESK}([A-Za-z0-9_-]{{16}})/([{''.join(LegStage)}])(\d{{1,3}})")
"""``/webhooks/desk/1/<party>/<stage><generation>``: a leg that the desk has placed."""


@lru_cache(maxsize=4096)
def path_of(position: Position) -> str:
    """The path and query of a position."""
    query = "&".join(f"{name}={value}" for name, value in _query(position))
    path = f"{ROOT}/1/{position.digest}/{position.line}/{position.node}/{position.stage}{position.hop}"
    return f"{path}?{query}" if query else path


def _query(position: Position) -> list[tuple[str, str]]:
    pairs = (
        ("x", str(position.tries or "")),
        ("b", ".".join(map(str, position.back))),
        ("s", position.subject),
        ("t", "".join(position.tried)),
        ("m", "" if position.mark is None else str(position.mark)),
    )
    return [(name, value) for name, value in pairs if value]


@lru_cache(maxsize=4096)
def position_at(path: str, query: str) -> Position | None:
    """The position that a path and query name, or nothing where they are not of this grammar."""
    match = PATH.fullmatch(path)
    if match is None or match[4] not in LETTERS:
        return None
    given = {name: value for name, _, value in [pair.partition("=") for pair in query.split("&")] if value}
    back, subject, tags = given.get("b", ""), given.get("s", ""), given.get("t", "")
    if not (_fits(INDICES, back) and _fits(SUBJECT, subject) and _fits(TAGS, tags)):
        return None
    if not (_fits(SMALL, given.get("x", "")) and _fits(SMALL, given.get("m", ""))):
        return None
    return Position(
        digest=match[1],
        line=match[2],
        node=match[3],
        stage=Stage(match[4]),
        hop=int(match[5]),
        tries=int(given.get("x", 0)),
        back=tuple(int(index) for index in back.split(".") if index),
        subject=subject,
        tried=tuple(tags[at : at + TAG_LENGTH] for at in range(0, len(tags), TAG_LENGTH)),
        mark=int(given["m"]) if "m" in given else None,
    )


def _fits(pattern: re.Pattern[str], text: str) -> bool:
    return not text or pattern.fullmatch(text) is not None


def leg_path_of(place: LegPlace) -> str:
    """The path of a place on a leg of the desk."""
    return f"{DESK}{place.party}/{place.stage}{place.hop}"


def leg_place_at(path: str) -> LegPlace | None:
    """The place that a path names, or nothing where it is not of this grammar."""
    match = LEG.fullmatch(path)
    return LegPlace(match[1], LegStage(match[2]), int(match[3])) if match else None
