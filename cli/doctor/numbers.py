"""Are the account's numbers set as docs/operations.md prints it, and do the lines list just those?"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import parse_qsl

from carrier.inspecting import Hook, OwnNumber
from cli.doctor.addresses import differences, differing, shown
from cli.doctor.findings import Findings, Found, Grade, Kind
from cli.doctor.patient import AtTwilio, Patient
from directory.findings import listed
from directory.numbers import Number
from ivr.moment import World
from webhooks.links import OVERRIDES, ROOT, STATUS

OURS = "/webhooks/"
TABLE = "“Twilio” in docs/operations.md"

UNLISTED = Kind(
    "number-unlisted",
    Grade.FAILS,
    "The number {number} leads to Dutyline, and no line lists it: its callers hear fixed words and reach nobody.",
    "List it under its line, or take the address off it at Twilio.",
)
STRANGE = Kind(
    "number-elsewhere",
    Grade.KNOW,
    "The account has numbers that no line lists and that do not lead to Dutyline: {numbers}.",
    "If one of them is printed as a duty line, give it the address of Dutyline and list it; else leave it.",
)
MISSING = Kind(
    "number-missing",
    Grade.FAILS,
    "The line {line} lists {number}, which the account does not have: nobody reaches the line by it.",
    "Buy or port the number, or correct the list of the line.",
)
SHOWN = Kind(
    "caller-id-refused",
    Grade.FAILS,
    "The line {line} shows {number} when it rings phones by itself, and the account neither has it nor has it verified: such calls fail.",
    "Put a number of the account first in the list of the line, or verify this one as a caller ID at Twilio.",
)
NO_NUMBER = Kind(
    "line-unanswered",
    Grade.KNOW,
    "The line {line} has no number: nobody can ring it.",
    "List its number, or take the line out of force.",
)
DUMB = Kind(
    "number-without-voice",
    Grade.FAILS,
    "The number {number} takes no calls: {why}.",
    "Set it to voice at Twilio, or exchange it for one that has voice.",
)
TRUNK = Kind(
    "number-on-trunk",
    Grade.FAILS,
    "The number {number} is given to a SIP trunk, so that Twilio never asks Dutyline.",
    "Take it off the trunk.",
)
NO_VOICE_URL = Kind(
    "voice-url-none",
    Grade.FAILS,
    "The number {number} has no address under “A call comes in”: its callers hear Twilio's error.",
    "Enter {right}, HTTP POST.",
)
VOICE_URL = Kind(
    "voice-url-differs",
    Grade.FAILS,
    "“A call comes in” of {number} is {url}: {parts}. Its callers hear Twilio's error.",
    "Enter {right}, HTTP POST.",
)
VOICE_METHOD = Kind(
    "voice-method",
    Grade.FAILS,
    "“A call comes in” of {number} uses HTTP {method}, which Dutyline refuses.",
    "Set HTTP POST.",
)
VOICE_RETRIES = Kind(
    "voice-retries",
    Grade.SOON,
    "“A call comes in” of {number} lacks our connection overrides ({lacking}): Twilio does not try again after a slow reply or a 5xx.",
    "Enter {right}.",
)
STATUS_URL = Kind(
    "status-url",
    Grade.KNOW,
    "“Call status changes” of {number} is {url}: how its calls end is not recorded.",
    "Enter {right}, HTTP POST.",
)
STATUS_RETRIES = Kind(
    "status-retries",
    Grade.KNOW,
    "“Call status changes” of {number} lacks our connection overrides ({lacking}): a report that fails once is lost.",
    "Enter {right}.",
)


@dataclass(frozen=True, slots=True)
class Lines:
    """Which line lists which number, and which are in force."""

    by_number: Mapping[str, str]
    numbers: Mapping[str, tuple[Number, ...]]
    names: Mapping[str, str]


def look(patient: Patient) -> Findings:
    """Each number's settings, then numbers and lines against each other."""
    twilio, world = patient.at_twilio, patient.world
    owned = twilio.numbers()
    lines = lines_of(world) if world else Lines({}, {}, {})
    for number in owned:
        if number.number in lines.by_number or leads_to_us(number, patient.config.public_url):
            yield from _of_number(number, patient.config.public_url)
    yield from _unlisted(owned, lines, patient.config.public_url)
    yield from _missing(twilio, owned, lines)


def lines_of(world: World) -> Lines:
    """The lines in force, with their numbers."""
    plans = [plan for plan in map(world.plans.of_line, world.plans.current) if plan]
    known = {plan.line: world.directory.lines.get(plan.line) for plan in plans}
    numbers = {slug: line.numbers if line else () for slug, line in known.items()}
    by_number = {number.e164: slug for slug, own in numbers.items() for number in own}
    return Lines(by_number, numbers, {plan.line: plan.name for plan in plans})


def leads_to_us(number: OwnNumber, public_url: str) -> bool:
    """Whether a number leads to Dutyline, or was meant to."""
    return OURS in number.voice.url or number.voice.url.startswith(public_url)


def national(number: str) -> str:
    """A number as people write it."""
    return Number(number).national


def _of_number(number: OwnNumber, public_url: str) -> Iterator[Found]:
    name = national(number.number)
    if not number.speaks or number.receives != "voice":
        why = f"it receives {number.receives}" if number.speaks else "it has no voice"
        yield DUMB.found(number=name, why=why)
    if number.trunk:
        yield TRUNK.found(number=name)
        return
    yield from _of_voice(name, number.voice, public_url)
    yield from _of_status(name, number.status, public_url)


def _of_voice(name: str, hook: Hook, public_url: str) -> Iterator[Found]:
    right = f"{public_url}{ROOT}{OVERRIDES}"
    if not hook.url:
        yield NO_VOICE_URL.found(number=name, right=right)
        return
    parts = _parts(hook.url, public_url, ROOT)
    if parts:
        yield VOICE_URL.found(number=name, url=shown(hook.url), parts=parts, right=right)
    if hook.method != "POST":
        yield VOICE_METHOD.found(number=name, method=hook.method)
    if lacking := lacking_overrides(hook.url):
        yield VOICE_RETRIES.found(number=name, lacking=lacking, right=right)


def _of_status(name: str, hook: Hook, public_url: str) -> Iterator[Found]:
    right = f"{public_url}{STATUS}{OVERRIDES}"
    if not hook.url or hook.method != "POST" or _parts(hook.url, public_url, STATUS):
        url = f"{shown(hook.url)}, HTTP {hook.method}" if hook.url else "empty"
        yield STATUS_URL.found(number=name, url=url, right=right)
    elif lacking := lacking_overrides(hook.url):
        yield STATUS_RETRIES.found(number=name, lacking=lacking, right=right)


def _parts(url: str, public_url: str, path: str) -> str:
    """What of an address differs from ours, in words; nothing where it is ours."""
    bare = url.partition("#")[0]
    if not bare.endswith(path):
        base, _, rest = bare.partition(OURS)
        found = list(map(str, differences(base, public_url))) if rest else []
        return listed([*found, f"it does not end with {path}"])
    return differing(differences(bare.removesuffix(path), public_url))


def lacking_overrides(url: str) -> str:
    """The connection overrides of ours that an address lacks."""
    have, ours = (dict(parse_qsl(text.partition("#")[2])) for text in (url, OVERRIDES))
    return ", ".join(f"{name}={value}" for name, value in ours.items() if have.get(name) != value)


def _unlisted(owned: tuple[OwnNumber, ...], lines: Lines, public_url: str) -> Iterator[Found]:
    strangers = [number for number in owned if number.number not in lines.by_number]
    for number in strangers:
        if leads_to_us(number, public_url):
            yield UNLISTED.found(number=national(number.number))
    others = [national(number.number) for number in strangers if not leads_to_us(number, public_url)]
    if others:
        yield STRANGE.found(numbers=listed(others))


def _missing(twilio: AtTwilio, owned: tuple[OwnNumber, ...], lines: Lines) -> Iterator[Found]:
    here = {number.number for number in owned}
    may_show = here | twilio.verified()
    for slug, numbers in lines.numbers.items():
        name = lines.names[slug]
        if not numbers:
            yield NO_NUMBER.found(line=name)
            continue
        yield from (MISSING.found(line=name, number=one.national) for one in numbers if one.e164 not in here)
        if numbers[0].e164 not in may_show and any(one.e164 in here for one in numbers):
            yield SHOWN.found(line=name, number=numbers[0].national)
